import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChoiceProblem } from "../../../src/planning/problem/choice-problem.ts";
import { BranchAndBound } from "../../../src/planning/search/branch.ts";
import { SearchSpace } from "../../../src/planning/search/space.ts";
import { mostPreferred } from "../../../src/planning/search/tie-break.ts";
import { leastCostByHighs } from "../../bench/highs.ts";
import {
  allPlans,
  isPlan,
  problemsOf,
  smallQuestion,
  weighedNodes,
  weightOf,
} from "../../support/choice-problems.ts";
import { interlockedGroups, interlockedLayers } from "../../support/hard-graphs.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { solveLearningPath } from "../../support/solve.ts";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 1_000);
const MUCH_WORK = 1e9;

const leastOf = (problem: ChoiceProblem, plans: readonly number[][]) =>
  Math.min(...plans.map((plan) => weightOf(problem, plan)));

describe("BranchAndBound", () => {
  it("finds what trying every plan finds, also with wanted and barred nodes", () => {
    fc.assert(
      fc.property(smallQuestion(), fc.nat({ max: 1_000 }), fc.nat({ max: 1_000 }), (asked, want, bar) => {
        for (const problem of problemsOf(asked)) {
          const plans = allPlans(problem);
          const all = weighedNodes(problem);
          const search = new BranchAndBound(new SearchSpace(problem, MUCH_WORK));
          const { plan, weight, lowerBound } = runToEnd(search.least());
          expect([weight, lowerBound]).toEqual([leastOf(problem, plans), weight]);
          expect(isPlan(problem, plan!)).toBe(true);

          const wanted = all[want % all.length]!;
          const barred = all[bar % all.length]!;
          if (wanted === barred) continue;
          const possible = plans.filter(
            (other) => !other.includes(barred) && isPlan(problem, other, [wanted]),
          );
          const swapped = runToEnd(search.leastWith([wanted], [barred]));
          expect([swapped.weight, swapped.lowerBound]).toEqual([leastOf(problem, possible), swapped.weight]);
          // Nothing of it is left behind.
          expect(runToEnd(search.least()).weight).toBe(weight);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("gives a plan and a true bound with hardly any work", () => {
    fc.assert(
      fc.property(smallQuestion(), fc.constantFrom(0, 10, 100, 1_000), (asked, maxWork) => {
        for (const problem of problemsOf(asked)) {
          const search = new BranchAndBound(new SearchSpace(problem, maxWork));
          const { plan, weight, lowerBound } = runToEnd(search.least());
          expect(isPlan(problem, plan!)).toBe(true);
          expect(weightOf(problem, plan!)).toBe(weight);
          expect(lowerBound).toBeLessThanOrEqual(leastOf(problem, allPlans(problem)));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("agrees with an integer programme on larger questions without loops", async () => {
    const leastCost = await leastCostByHighs();
    let proved = 0;
    for (let seed = 1; seed <= 4; seed++)
      for (const { name, graph, goal } of [
        interlockedGroups(30, 30, 3, seed),
        interlockedGroups(40, 30, 4, seed),
        interlockedLayers(3, 10, seed),
      ]) {
        const path = solveLearningPath(graph, { goals: [goal], known: [], choose: [], avoid: [] });
        if (path.kind !== "path") throw new Error("expected a path");
        const least = leastCost(graph, goal);
        expect(path.lowerBound, `${name}, seed ${seed}`).toBeLessThanOrEqual(least);
        expect(path.cost, `${name}, seed ${seed}`).toBeGreaterThanOrEqual(least);
        if (path.isOptimal) proved++;
      }
    expect(proved).toBeGreaterThanOrEqual(8);
  });
});

describe("mostPreferred", () => {
  it("takes the first of the plans of least weight in the order of preference", () => {
    let ties = 0;
    fc.assert(
      fc.property(smallQuestion(), (asked) => {
        for (const problem of problemsOf(asked)) {
          const rank = new Map(problem.preference.map((node, at) => [node, at]));
          const ranks = (plan: readonly number[]) =>
            plan.map((node) => rank.get(node)!).sort((a, b) => a - b);
          const search = new BranchAndBound(new SearchSpace(problem, MUCH_WORK));
          const { plan, weight } = runToEnd(search.least());
          const best = allPlans(problem)
            .filter((other) => weightOf(problem, other) === weight)
            .map(ranks)
            .sort(firstDifference);
          if (best.length > 1) ties++;
          expect(ranks(runToEnd(mostPreferred(search, plan!, weight)))).toEqual(best[0]);
        }
      }),
      { numRuns: RUNS },
    );
    expect(ties).toBeGreaterThan(5);
  });
});

function firstDifference(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, index) => rank !== b[index]);
  return at < 0 ? 0 : a[at]! - (b[at] ?? Number.POSITIVE_INFINITY);
}
