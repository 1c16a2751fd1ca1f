import { IntList, MarkedValues } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { workDone } from "../search/work-done.ts";
import { type LeastOrder, type LinkedJobs, leastOrder } from "./least-order.ts";

/** The orders that are remembered for one graph; each takes some hundred bytes. */
const MAX_REMEMBERED = 5_000;

interface Remembered {
  /** What the jobs were: see `readContent`. */
  readonly content: Int32Array;
  readonly answer: LeastOrder;
  /** Another with the same hash. */
  readonly next: Remembered | undefined;
}

/** The orders by the hash of their content. */
interface Memory {
  readonly orders: Map<number, Remembered>;
  count: number;
}
const memories = new WeakMap<PrerequisiteGraph, Memory>();

/** Jobs of which no order is remembered: their content, and its hash. */
interface NewJobs {
  readonly content: Int32Array;
  readonly hash: number;
}

/**
 * What `leastOrder` gives, where it has been asked for jobs of equal content: learners with one goal have most chapters in
 * common. In the memory, jobs are numbered by their places in `ids`. Otherwise what `newOrder` takes.
 */
export function rememberedOrder(
  graph: PrerequisiteGraph,
  jobs: LinkedJobs,
  ids: readonly number[],
  maxWork: number,
): LeastOrder | NewJobs {
  if (ids.length < 2) return { order: ids, isProved: true, work: 0 };
  const hash = readContent(jobs, ids, maxWork);
  const remembered = find(memoryOf(graph), hash);
  if (remembered === undefined) return { content: content.toArray(), hash };
  const { order: places, isProved, work } = remembered.answer;
  workDone.total += work;
  const order: number[] = new Array(places.length);
  for (let at = 0; at < places.length; at++) order[at] = ids[places[at]!]!;
  return { order, isProved, work };
}

/** `leastOrder`, for `rememberedOrder` to know from then on. */
export function* newOrder(
  graph: PrerequisiteGraph,
  { content, hash }: NewJobs,
  jobs: LinkedJobs,
  ids: readonly number[],
  maxWork: number,
): Generator<void, LeastOrder> {
  const found = yield* leastOrder(jobs, ids, maxWork);
  workDone.total += found.work;
  nthOf.begin(jobs.needs.length);
  for (let nth = 0; nth < ids.length; nth++) nthOf.set(ids[nth]!, nth);
  const answer = { ...found, order: found.order.map((id) => nthOf.get(id)) };
  const memory = memoryOf(graph);
  memory.orders.set(hash, { content, answer, next: memory.orders.get(hash) });
  memory.count++;
  return found;
}

function memoryOf(graph: PrerequisiteGraph): Memory {
  let memory = memories.get(graph);
  if (memory === undefined || memory.count >= MAX_REMEMBERED) {
    memory = { orders: new Map(), count: 0 };
    memories.set(graph, memory);
  }
  return memory;
}

function find({ orders }: Memory, hash: number): Remembered | undefined {
  let remembered = orders.get(hash);
  while (remembered !== undefined && !isContent(remembered.content)) remembered = remembered.next;
  return remembered;
}

/** Where the second word of a time begins: chapters of a large graph may take more than fits one. */
const TWO_WORDS = 2 ** 32;
const content = new IntList();
const nthOf = new MarkedValues();

/**
 * Writes into `content` what decides the order of some jobs: the work, and per job its weight, its time and which of
 * them it needs. Returns a hash (FNV-1a) of it.
 */
function readContent({ needs, weight, time }: LinkedJobs, ids: readonly number[], maxWork: number): number {
  content.clear();
  nthOf.begin(needs.length);
  content.push(maxWork);
  for (let nth = 0; nth < ids.length; nth++) {
    const id = ids[nth]!;
    content.push(weight[id]!);
    const whole = time[id]!;
    content.push(whole);
    content.push(whole < TWO_WORDS ? 0 : Math.floor(whole / TWO_WORDS));
    const at = content.length;
    content.push(0);
    for (const before of needs[id]!) if (nthOf.has(before)) content.push(nthOf.get(before));
    content.items[at] = content.length - at;
    nthOf.set(id, nth);
  }
  let hash = 0x811c9dc5;
  for (let at = 0; at < content.length; at++) hash = Math.imul(hash ^ content.items[at]!, 0x01000193);
  return hash;
}

function isContent(other: Int32Array): boolean {
  if (other.length !== content.length) return false;
  for (let at = 0; at < other.length; at++) if (other[at] !== content.items[at]) return false;
  return true;
}
