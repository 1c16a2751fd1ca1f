import type { StepGraph } from "./used-prerequisites.ts";

/**
 * What every order of the steps carries at least. Of the uses of one step, all but the first wait for others; of the
 * prerequisites of one step, all but the last wait for others: the shortest ones, at best. Every use stands in both
 * sums, so half of each counts. O(uses · log uses).
 */
export function carriedBound({ cost, needs, usedBy }: StepGraph, steps: readonly number[]): number {
  let twice = 0;
  for (const step of steps)
    for (const others of [needs[step]!, usedBy[step]!]) {
      if (others.length < 2) continue;
      let before = 0;
      for (const time of others.map((other) => cost[other]!).sort((a, b) => a - b)) {
        twice += before;
        before += time;
      }
    }
  return Math.ceil(twice / 2);
}
