import type { LinkedJobs } from "./least-order.ts";

/** How long a stretch may be that is exchanged: with twice as long ones, 60 to 300 steps gain nothing, and take twice as long. */
const MAX_STRETCH = 16;
/** Exchanges, and uses that limit them, that are looked at: a hundred steps take some ten thousands, a millisecond. */
const MAX_EXCHANGES = 1_000_000;

/**
 * An order of which the sum of weight times end is no more, by exchanging neighbouring stretches of jobs that do not need
 * one another: from each place on the exchange that gains most, until none gains. Mostly the least or some percent above
 * it. `order` must be allowed; needs of jobs that are not in it are left aside. O(gains × jobs × stretch²) at worst.
 */
export function improvedOrder(jobs: LinkedJobs, order: readonly number[]): readonly number[] {
  const { length } = order;
  const exchange = new Exchange(jobs, order);
  for (let from = 0, unchanged = 0; unchanged < length; from = (from + 1) % length) {
    if (exchange.lookedAt > MAX_EXCHANGES) break;
    unchanged = exchange.improveAt(from) ? 0 : unchanged + 1;
  }
  return exchange.order();
}

/** The jobs are numbered by their places in the order given. */
class Exchange {
  lookedAt = 0;
  private readonly current: Int32Array;
  private readonly placeOf: Int32Array;
  /** Per place the sums of weights and times before it. */
  private readonly weights: Float64Array;
  private readonly times: Float64Array;
  private readonly weight: readonly number[];
  private readonly time: readonly number[];
  private readonly users: readonly (readonly number[])[];

  constructor(
    jobs: LinkedJobs,
    private readonly given: readonly number[],
  ) {
    const { length } = given;
    const numberOf = new Map(given.map((id, number) => [id, number]));
    this.current = Int32Array.from(given.keys());
    this.placeOf = new Int32Array(length);
    this.weights = new Float64Array(length + 1);
    this.times = new Float64Array(length + 1);
    this.weight = given.map((id) => jobs.weight[id]!);
    this.time = given.map((id) => jobs.time[id]!);
    this.users = given.map((id) => jobs.usedBy[id]!.flatMap((user) => numberOf.get(user) ?? []));
    this.update(0, length);
  }

  order(): readonly number[] {
    return Array.from(this.current, (number) => this.given[number]!);
  }

  /** Exchanges a stretch from this place on with the one behind it that gains most; false if none gains. */
  improveAt(from: number): boolean {
    const { weights, times, current } = this;
    const { length } = current;
    let least = 0;
    let bestMiddle = 0;
    let bestEnd = 0;
    let firstUse = length;
    for (let middle = from + 1; middle < length && middle - from <= MAX_STRETCH; middle++) {
      // The step that joins the first stretch may be what limited the second.
      if (firstUse === middle - 1) firstUse = this.firstUse(from, middle);
      else firstUse = Math.min(firstUse, this.firstUse(middle - 1, middle));
      const weight = weights[middle]! - weights[from]!;
      const time = times[middle]! - times[from]!;
      const last = Math.min(firstUse, middle + MAX_STRETCH);
      this.lookedAt += Math.max(0, last - middle);
      for (let end = middle + 1; end <= last; end++) {
        const gain = weight * (times[end]! - times[middle]!) - (weights[end]! - weights[middle]!) * time;
        if (gain >= least) continue;
        least = gain;
        bestMiddle = middle;
        bestEnd = end;
      }
    }
    if (least === 0) return false;
    const moved = current.slice(from, bestMiddle);
    current.copyWithin(from, bestMiddle, bestEnd);
    current.set(moved, from + bestEnd - bestMiddle);
    this.update(from, bestEnd);
    return true;
  }

  /** The first place from `end` on of a step that needs one of the stretch. */
  private firstUse(from: number, end: number): number {
    let first = this.current.length;
    for (let at = from; at < end; at++) {
      const users = this.users[this.current[at]!]!;
      this.lookedAt += users.length;
      for (const user of users) {
        const place = this.placeOf[user]!;
        if (place >= end && place < first) first = place;
      }
    }
    return first;
  }

  private update(from: number, end: number): void {
    for (let at = from; at < end; at++) {
      const step = this.current[at]!;
      this.placeOf[step] = at;
      this.weights[at + 1] = this.weights[at]! + this.weight[step]!;
      this.times[at + 1] = this.times[at]! + this.time[step]!;
    }
  }
}
