import { setImmediate as turn } from "node:timers/promises";
import type { PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";

/** How many integers are copied in one turn of the event loop. That takes a millisecond, mostly to get new memory. */
const INTEGERS_AT_ONCE = 500_000;

/** A graph whose arrays are in memory that all threads share. */
export interface SharedGraph {
  /** Identifies the graph. Each message carries a new object, while searches remember by the object. */
  readonly id: number;
  readonly graph: PrerequisiteGraph;
}

const shared = new WeakMap<PrerequisiteGraph, Promise<SharedGraph>>();
let lastId = 0;

/**
 * A copy of the graph in shared memory, so that a message carries references instead of arrays. It is made for the
 * first task of a graph and kept as long as the graph.
 *
 * Graphs are not built in shared memory in the first place, because V8 does not count it when it decides to collect
 * garbage: with a hundred small writes a second, old graphs would pile up. Copying takes 2 ms at 14,000 skills.
 * Time and memory O(graph), spread over turns of the event loop.
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
  const merits: Int32Array[] = [];
  for (const merit of graph.merits) merits.push(await copy(merit));
  const copies = {
    ...graph,
    merits,
    cost: await copy(graph.cost),
    requirement: await copy(graph.requirement),
    groupNeed: await copy(graph.groupNeed),
    groupStart: await copy(graph.groupStart),
    members: await copy(graph.members),
    groupParent: await copy(graph.groupParent),
    usedByStart: await copy(graph.usedByStart),
    usedBy: await copy(graph.usedBy),
  };
  return { id: ++lastId, graph: copies };
}
