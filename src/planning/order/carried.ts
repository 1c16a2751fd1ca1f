import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { TeachingOrder } from "./teaching-order.ts";
import { carriedCost, type StepGraph, usedPrerequisites } from "./used-prerequisites.ts";

/** What an order of a path makes the learner remember, in hundredths of an hour. */
export interface Carried {
  readonly carried: number;
  /** No order of the path by the same chapters and groups carries less. */
  readonly carriedLowerBound: number;
  /** How many prerequisites the path uses. */
  readonly uses: number;
}

/** What an order of `teachingOrderSearch` carries. `path` is the one that was put in order. */
export function carriedBy(
  graph: PrerequisiteGraph,
  path: readonly number[],
  { order, isProved }: TeachingOrder,
): Carried {
  const steps = usedPrerequisites(graph, path);
  const carried = carriedCost(steps, order);
  return {
    carried,
    carriedLowerBound: isProved ? carried : carriedBound(steps, [...path.keys()]),
    uses: steps.needs.reduce((sum, { length }) => sum + length, 0),
  };
}

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
