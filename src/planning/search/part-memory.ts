import type { IntList } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { MAX_REMEMBERED_PARTS_SIZE } from "../limits.ts";
import { OpenPart } from "../problem/open-part.ts";

const memories = new WeakMap<PrerequisiteGraph, PartMemory>();

/** The memory of a graph, which goes when the graph goes. */
export function partMemory(graph: PrerequisiteGraph): PartMemory {
  let memory = memories.get(graph);
  if (memory === undefined) {
    memory = new PartMemory(graph);
    memories.set(graph, memory);
  }
  return memory;
}

/**
 * The open parts that questions on a graph have come to, so that what was proved of one helps the next question
 * that leads to the same. Bounded by `MAX_REMEMBERED_PARTS_SIZE`: when that is reached, all are forgotten, and
 * those that are still asked for come back.
 *
 * Measured on the core query, every learner knowing something else: a third of the time for path and alternatives.
 */
export class PartMemory {
  private readonly graph: PrerequisiteGraph;
  private readonly parts = new Map<number, OpenPart[]>();
  private size = 0;

  constructor(graph: PrerequisiteGraph) {
    this.graph = graph;
  }

  /** The part of such content. O(length of the content). */
  find(content: IntList): OpenPart {
    const hash = hashOf(content);
    const alike = this.parts.get(hash);
    if (alike !== undefined) for (const part of alike) if (part.has(content)) return part;
    if (this.size + content.length > MAX_REMEMBERED_PARTS_SIZE) {
      this.parts.clear();
      this.size = 0;
    }
    const part = new OpenPart(this.graph, content.toArray());
    this.size += content.length;
    const list = this.parts.get(hash);
    if (list === undefined) this.parts.set(hash, [part]);
    else list.push(part);
    return part;
  }
}

/** FNV-1a over whole integers. */
function hashOf({ items, length }: IntList): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ items[i]!, 0x01000193);
  return hash;
}
