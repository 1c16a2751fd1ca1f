import { MarkedValues } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { workDone } from "../search/work-done.ts";
import { type LeastOrder, type LinkedJobs, leastOrder } from "./least-order.ts";

/** The orders that are remembered for one graph; each takes some hundred bytes. */
const MAX_REMEMBERED = 5_000;
const remembered = new WeakMap<PrerequisiteGraph, Map<string, LeastOrder>>();

/**
 * `leastOrder`, once for jobs of equal content: learners with one goal have most chapters in common. In the memory, jobs
 * are numbered by their places in `ids`.
 */
export function* rememberedOrder(
  graph: PrerequisiteGraph,
  jobs: LinkedJobs,
  ids: readonly number[],
  maxWork: number,
): Generator<void, LeastOrder> {
  if (ids.length < 2) return { order: ids, isProved: true, work: 0 };
  let memory = remembered.get(graph);
  if (memory === undefined || memory.size >= MAX_REMEMBERED) {
    memory = new Map();
    remembered.set(graph, memory);
  }
  const key = contentOf(jobs, ids, maxWork);
  let answer = memory.get(key);
  if (answer === undefined) {
    const found = yield* leastOrder(jobs, ids, maxWork);
    const places = new Map(ids.map((id, nth) => [id, nth]));
    answer = { ...found, order: found.order.map((id) => places.get(id)!) };
    memory.set(key, answer);
  }
  workDone.total += answer.work;
  return { ...answer, order: answer.order.map((nth) => ids[nth]!) };
}

const nthOf = new MarkedValues();

function contentOf({ needs, weight, time }: LinkedJobs, ids: readonly number[], maxWork: number): string {
  nthOf.begin(needs.length);
  let content = `${maxWork}`;
  ids.forEach((id, nth) => {
    content += `;${weight[id]},${time[id]}`;
    for (const before of needs[id]!) if (nthOf.has(before)) content += `,${nthOf.get(before)}`;
    nthOf.set(id, nth);
  });
  return content;
}
