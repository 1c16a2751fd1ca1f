import { setImmediate as turn } from "node:timers/promises";
import type { PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";

/** How many integers are copied between two turns of the event loop: a millisecond, mostly of fresh memory. */
const INTEGERS_AT_ONCE = 500_000;

/** A graph with its arrays in memory that all threads see. */
export interface SharedGraph {
  /** By which threads know it again: each task brings another object, and searches remember by the object. */
  readonly id: number;
  readonly graph: PrerequisiteGraph;
}

const shared = new WeakMap<PrerequisiteGraph, Promise<SharedGraph>>();
let lastId = 0;

/**
 * The graph in shared memory, so that a task carries a dozen references and no arrays. Made when the first task of a graph is handed over, and kept as long as the graph.
 *
 * Why not from the start: V8 does not count shared memory as garbage in waiting, and a graph that is patched a
 * hundred times a second would pile up. One copy of each graph asked a hard question is 2 ms at 14,000 skills.
 * Time and memory O(graph), a part in each turn of the event loop.
 */
export function sharedGraph(graph: PrerequisiteGraph): Promise<SharedGraph> {
  let copy = shared.get(graph);
  if (copy === undefined) {
    copy = share(graph);
    // A failure is not kept: the next task tries again.
    copy.catch(() => shared.delete(graph));
    shared.set(graph, copy);
  }
  return copy;
}

async function share(graph: PrerequisiteGraph): Promise<SharedGraph> {
  let left = INTEGERS_AT_ONCE;
  const copy = async (array: Int32Array): Promise<Int32Array> => {
    const bytes = new SharedArrayBuffer(array.length * Int32Array.BYTES_PER_ELEMENT);
    const to = new Int32Array(bytes);
    for (let from = 0; from < array.length; ) {
      if (left <= 0) {
        await turn();
        left = INTEGERS_AT_ONCE;
      }
      const end = Math.min(array.length, from + left);
      to.set(array.subarray(from, end), from);
      left -= end - from;
      from = end;
    }
    return to;
  };
  const copies = {
    ...graph,
    cost: await copy(graph.cost),
    requirement: await copy(graph.requirement),
    groupNeed: await copy(graph.groupNeed),
    groupStart: await copy(graph.groupStart),
    members: await copy(graph.members),
    groupParent: await copy(graph.groupParent),
    usedByStart: await copy(graph.usedByStart),
    usedByEnd: await copy(graph.usedByEnd),
    usedBy: await copy(graph.usedBy),
  };
  return { id: ++lastId, graph: copies };
}
