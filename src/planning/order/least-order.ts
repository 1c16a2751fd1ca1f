import { Marks } from "../../graph/model/integers.ts";
import { densestBeginning, type Jobs, type Work } from "./densest-beginning.ts";
import { improvedOrder } from "./improved-order.ts";
import { connectedParts, type StepGraph } from "./used-prerequisites.ts";

/** Jobs of which each is also told what needs it. */
export interface LinkedJobs extends Jobs, Pick<StepGraph, "usedBy"> {}

/** Steps as jobs: the least sum of weight times end is the least carried. */
export function jobsOf({ cost, needs, usedBy }: StepGraph): LinkedJobs {
  const weight: number[] = new Array(needs.length);
  for (let step = 0; step < weight.length; step++) weight[step] = needs[step]!.length - usedBy[step]!.length;
  return { needs, usedBy, weight, time: cost };
}

/** An order of some jobs. */
export interface LeastOrder {
  readonly order: readonly number[];
  /** Whether it is proved that no order is better. */
  readonly isProved: boolean;
  /** What the search took. */
  readonly work: number;
}

/** More jobs are ordered without a proof: their numbers would not be exact, and their proof would not end. */
const MAX_EXACT_JOBS = 250;
/**
 * A piece of more jobs that does not fall apart is not branched on: none of more than 18 was ever proved within `ORDER_WORK`, of
 * the courses of a catalogue nor of what learners know of the shipped roles.
 */
export const MAX_BRANCHED_JOBS = 24;

/**
 * The order of jobs of which the sum of weight times end is least, each after those that it needs of them: one machine
 * under precedence constraints, 1|prec|Σ wⱼCⱼ. With needs less uses as weights that is the order that carries least.
 *
 * Sidney (1975): some best order begins with a densest beginning, ordered for itself. A part that is its own densest
 * beginning is branched on: which job comes first, or which comes last, whichever leaves fewer choices; what is left falls
 * apart again. That alone is exact in polynomial time on trees and other series-parallel pieces; equal pieces are solved
 * once.
 *
 * `ids` in an order that is allowed; where the work does not suffice, what was found is improved by exchanges. Among orders
 * that are as good, one with fewer jobs between needs and uses is preferred. The search pauses between pieces. Equal
 * arguments give equal answers.
 */
export function* leastOrder(
  jobs: LinkedJobs,
  ids: readonly number[],
  maxWork: number,
): Generator<void, LeastOrder> {
  if (ids.length > MAX_EXACT_JOBS || isUnbranchedPiece(jobs, ids)) {
    return { order: yield* improvedOrder(jobs, ids), isProved: false, work: 0 };
  }
  const { weight, time } = jobs;
  // Jobs that take no time need a density, too: each takes less than any difference of the sum.
  const unit = ids.reduce((sum, id) => sum + Math.abs(weight[id]!), 0) * ids.length + 1;
  const timed: number[] = [];
  for (const id of ids) timed[id] = time[id]! * unit + 1;
  const search = new BranchedSearch({ ...jobs, time: timed }, maxWork);
  const order = yield* search.order(ids);
  const { isSpent, work } = search;
  return { order: isSpent ? yield* improvedOrder(jobs, order) : order, isProved: !isSpent, work: work.done };
}

const reached = new Marks();

/**
 * Whether jobs are known to be a piece that is not branched on, without a cut: too many of them, that hang together, and whose weights
 * are their needs less their uses among one another. A beginning then weighs as much as there are uses of it by
 * the rest, less than 0, and all of them weigh 0: they are their own densest beginning. So are the steps of a path
 * without topics. O(jobs + needs).
 */
function isUnbranchedPiece({ needs, usedBy, weight }: LinkedJobs, ids: readonly number[]): boolean {
  if (ids.length <= MAX_BRANCHED_JOBS) return false;
  reached.begin(needs.length);
  reached.add(ids[0]!);
  const found = [ids[0]!];
  for (const id of found) {
    if (weight[id] !== needs[id]!.length - usedBy[id]!.length) return false;
    for (const other of needs[id]!) if (reached.add(other)) found.push(other);
    for (const other of usedBy[id]!) if (reached.add(other)) found.push(other);
    if (found.length > ids.length) return false;
  }
  return found.length === ids.length && ids.every((id) => reached.has(id));
}

class BranchedSearch {
  isSpent = false;
  readonly work: Work = { done: 0 };
  /** The best orders of pieces, by their jobs. */
  private readonly solved = new Map<string, readonly number[]>();

  constructor(
    private readonly jobs: LinkedJobs,
    private readonly maxWork: number,
  ) {}

  /** The best order of any jobs: densest beginnings one after the other. */
  *order(ids: readonly number[]): Generator<void, readonly number[]> {
    if (ids.length < 2) return ids;
    const order: number[] = [];
    let rest = ids;
    while (rest.length > 0) {
      const beginning = densestBeginning(this.jobs, rest, this.work);
      for (const piece of connectedParts(beginning, this.jobs)) order.push(...(yield* this.piece(piece)));
      const done = new Set(beginning);
      rest = rest.filter((id) => !done.has(id));
    }
    return order;
  }

  /** The best order of a piece that hangs together and is its own densest beginning. */
  private *piece(ids: readonly number[]): Generator<void, readonly number[]> {
    if (ids.length < 2) return ids;
    if (ids.length > MAX_BRANCHED_JOBS || this.work.done > this.maxWork) {
      this.isSpent = true;
      return ids;
    }
    const key = ids.join();
    const before = this.solved.get(key);
    if (before !== undefined) return before;
    yield;
    const inside = new Set(ids);
    const without = (lists: StepGraph["needs"]) =>
      ids.filter((id) => !lists[id]!.some((other) => inside.has(other)));
    const first = without(this.jobs.needs);
    const last = without(this.jobs.usedBy);
    const isForward = first.length <= last.length;
    let best: readonly number[] = ids;
    let least = Number.POSITIVE_INFINITY;
    for (const chosen of isForward ? first : last) {
      const rest = yield* this.order(ids.filter((id) => id !== chosen));
      const order = isForward ? [chosen, ...rest] : [...rest, chosen];
      const value = this.value(order);
      if (value >= least) continue;
      least = value;
      best = order;
    }
    this.solved.set(key, best);
    return best;
  }

  private value(order: readonly number[]): number {
    let end = 0;
    let value = 0;
    for (const id of order) {
      end += this.jobs.time[id]!;
      value += this.jobs.weight[id]! * end;
    }
    return value;
  }
}
