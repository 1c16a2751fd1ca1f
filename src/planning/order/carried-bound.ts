import { sumOf } from "./densest-beginning.ts";
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
      const costs = others.map((other) => cost[other]!).sort((a, b) => a - b);
      costs.forEach((_, nth) => {
        twice += sumOf([...costs.keys()].slice(0, nth), costs);
      });
    }
  return Math.ceil(twice / 2);
}
