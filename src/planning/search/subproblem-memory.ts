import type { IntList } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { MAX_REMEMBERED_SIZE } from "../limits.ts";
import { Subproblem } from "./subproblem.ts";

/**
 * The subproblems that questions on a graph have come to, so that what was proved of one helps the next question
 * that leads to the same. Bounded by `MAX_REMEMBERED_SIZE`: when that is reached, all are forgotten, and those that
 * are still asked for come back.
 *
 * Measured on the core query, every learner knowing something else: a third of the time for path and alternatives.
 */
export class SubproblemMemory {
  private readonly graph: PrerequisiteGraph;
  private readonly byHash = new Map<number, Subproblem[]>();
  private size = 0;

  constructor(graph: PrerequisiteGraph) {
    this.graph = graph;
  }

  /** The subproblem of such content. O(length of the content). */
  find(content: IntList): Subproblem {
    const hash = hashOf(content);
    const alike = this.byHash.get(hash);
    if (alike !== undefined) for (const known of alike) if (known.has(content)) return known;
    if (this.size + content.length > MAX_REMEMBERED_SIZE) {
      this.byHash.clear();
      this.size = 0;
    }
    const subproblem = new Subproblem(this.graph, content.toArray());
    this.size += content.length;
    const list = this.byHash.get(hash);
    if (list === undefined) this.byHash.set(hash, [subproblem]);
    else list.push(subproblem);
    return subproblem;
  }
}

const memories = new WeakMap<PrerequisiteGraph, SubproblemMemory>();

/** The memory of a graph, which goes when the graph goes. */
export function subproblemMemory(graph: PrerequisiteGraph): SubproblemMemory {
  let memory = memories.get(graph);
  if (memory === undefined) {
    memory = new SubproblemMemory(graph);
    memories.set(graph, memory);
  }
  return memory;
}

/** FNV-1a over whole integers. */
function hashOf({ items, length }: IntList): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ items[i]!, 0x01000193);
  return hash;
}
