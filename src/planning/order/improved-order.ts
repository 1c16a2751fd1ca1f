import { IntList, MarkedValues } from "../../graph/model/integers.ts";
import type { LinkedJobs } from "./least-order.ts";

/** How long two stretches may be together that are exchanged: with longer ones, 60 to 300 steps gain nothing. */
const MAX_LENGTH = 32;
/** From how many places exchanges are looked for, each some microseconds: a path takes four to six for each of its steps. */
const MAX_LOOKED_AT = 20_000;
/** Lists for more steps are not kept for the next order. */
const MAX_KEPT = 5_000;
/** The search pauses after so many. */
const LOOKED_AT_AT_ONCE = 500;

/**
 * An order of which the sum of weight times end is no more, by exchanging neighbouring stretches of jobs that do not need
 * one another: from each place on the exchange that gains most, until none gains. Mostly the least or some percent above
 * it. `order` must be allowed; needs of jobs that are not in it are left aside. O(places looked at × MAX_LENGTH²).
 */
export function* improvedOrder(
  jobs: LinkedJobs,
  order: readonly number[],
): Generator<void, readonly number[]> {
  const { length } = order;
  const exchange = spare.pop() ?? new Exchange();
  exchange.begin(jobs, order);
  /** The places where nothing gains, until something changes within reach. */
  const isSettled = new Uint8Array(length);
  let lookedAt = 0;
  for (let from = 0, settled = 0; settled < length && lookedAt < MAX_LOOKED_AT; from = (from + 1) % length) {
    settled++;
    if (isSettled[from]) continue;
    if (++lookedAt % LOOKED_AT_AT_ONCE === 0) yield;
    const end = exchange.improveAt(from);
    isSettled[from] = 1;
    if (end === undefined) continue;
    isSettled.fill(0, Math.max(0, from - MAX_LENGTH), end);
    settled = 0;
  }
  const improved = exchange.order();
  if (order.length <= MAX_KEPT) spare.push(exchange);
  return improved;
}

const numberOf = new MarkedValues();
/** Those that no order is being improved with: an order may pause while another begins. */
const spare: Exchange[] = [];

/** Stands for a first need that is not known. */
const UNKNOWN = -1;

/** The jobs are numbered by their places in the order given. Lists are kept for the next order, and may be longer than this one. */
class Exchange {
  private given: readonly number[] = [];
  private length = 0;
  private capacity = 0;
  private current = new Int32Array(0);
  private placeOf = new Int32Array(0);
  /** Per place the sums of weights and times before it. */
  private weights = new Float64Array(1);
  private times = new Float64Array(1);
  private weight = new Float64Array(0);
  private time = new Float64Array(0);
  /** What each job needs: that of job j begins at `needStart[j]`. */
  private needStart = new Int32Array(1);
  private readonly needed = new IntList();
  /** Per place the first place from `lookedFrom` on that it needs, or some place before that: see `firstNeedAt`. */
  private firstNeed = new Int32Array(0);
  private lookedFrom = 0;

  begin({ weight, time, needs }: LinkedJobs, given: readonly number[]): void {
    const { length } = given;
    const { needed } = this;
    this.given = given;
    this.length = length;
    this.reserve(length);
    numberOf.begin(time.length);
    needed.clear();
    this.firstNeed.fill(UNKNOWN, 0, length);
    this.lookedFrom = 0;
    for (let number = 0; number < length; number++) {
      const id = given[number]!;
      numberOf.set(id, number);
      const before = needs[id]!;
      for (let i = 0; i < before.length; i++) {
        const other = numberOf.get(before[i]!);
        if (other >= 0) needed.push(other);
      }
      this.needStart[number + 1] = needed.length;
      this.current[number] = number;
      this.weight[number] = weight[id]!;
      this.time[number] = time[id]!;
    }
    this.update(0, length);
  }

  private reserve(length: number): void {
    if (length <= this.capacity) return;
    this.capacity = Math.max(length, 2 * this.capacity);
    this.current = new Int32Array(this.capacity);
    this.placeOf = new Int32Array(this.capacity);
    this.needStart = new Int32Array(this.capacity + 1);
    this.firstNeed = new Int32Array(this.capacity);
    this.weight = new Float64Array(this.capacity);
    this.time = new Float64Array(this.capacity);
    this.weights = new Float64Array(this.capacity + 1);
    this.times = new Float64Array(this.capacity + 1);
  }

  order(): readonly number[] {
    const { current, given } = this;
    const order: number[] = new Array(given.length);
    for (let place = 0; place < order.length; place++) order[place] = given[current[place]!]!;
    return order;
  }

  /** Exchanges a stretch from this place on with the one behind it, where that gains most. Returns the end of both, or nothing. */
  improveAt(from: number): number | undefined {
    const { weights, times, current, firstNeed } = this;
    const last = Math.min(this.length, from + MAX_LENGTH);
    if (from < this.lookedFrom) firstNeed.fill(UNKNOWN, 0, this.length);
    this.lookedFrom = from;
    const weightBefore = weights[from]!;
    const timeBefore = times[from]!;
    let least = 0;
    let bestMiddle = 0;
    let bestEnd = 0;
    for (let middle = from + 1; middle < last; middle++) {
      if (this.firstNeedAt(middle) < middle) continue;
      const weight = weights[middle]! - weightBefore;
      const time = times[middle]! - timeBefore;
      const now = weight * times[middle]! - weights[middle]! * time;
      // The second stretch ends before the first step that needs one of the first.
      for (let at = middle; at < last && this.firstNeedAt(at) >= middle; at++) {
        const gain = weight * times[at + 1]! - weights[at + 1]! * time - now;
        if (gain >= least) continue;
        least = gain;
        bestMiddle = middle;
        bestEnd = at + 1;
      }
    }
    if (least === 0) return undefined;
    const moved = current.slice(from, bestMiddle);
    current.copyWithin(from, bestMiddle, bestEnd);
    current.set(moved, from + bestEnd - bestMiddle);
    this.update(from, bestEnd);
    firstNeed.fill(UNKNOWN, 0, this.length);
    return bestEnd;
  }

  /**
   * The first place from `lookedFrom` on that the job at a place needs; the number of places if it needs none. What was
   * found from an earlier place on still holds unless it lies before: most places are looked at again from the next on.
   */
  private firstNeedAt(at: number): number {
    const before = this.firstNeed[at]!;
    if (before >= this.lookedFrom) return before;
    const { placeOf, needStart, lookedFrom } = this;
    const needs = this.needed.items;
    const job = this.current[at]!;
    const last = needStart[job + 1]!;
    let first = this.length;
    for (let i = needStart[job]!; i < last; i++) {
      const place = placeOf[needs[i]!]!;
      if (place >= lookedFrom && place < first) first = place;
    }
    this.firstNeed[at] = first;
    return first;
  }

  private update(from: number, end: number): void {
    const { current, placeOf, weights, times, weight, time } = this;
    for (let at = from; at < end; at++) {
      const job = current[at]!;
      placeOf[job] = at;
      weights[at + 1] = weights[at]! + weight[job]!;
      times[at + 1] = times[at]! + time[job]!;
    }
  }
}
