import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GreedyPlans } from "../../../src/planning/search/improve.ts";
import { withoutIdle } from "../../../src/planning/search/plan.ts";
import { BARRED, SearchSpace } from "../../../src/planning/search/space.ts";
import {
  allPlans,
  isPlan,
  problemsOf,
  smallQuestion,
  weighedNodes,
  weightOf,
} from "../../support/choice-problems.ts";
import { runToEnd } from "../../support/run-to-end.ts";

const number = fc.nat({ max: 1_000 });

describe("withoutIdle", () => {
  it("leaves a plan that can spare none of its nodes", () => {
    let dropped = 0;
    fc.assert(
      fc.property(smallQuestion(), number, (asked, pick) => {
        for (const problem of problemsOf(asked)) {
          const all = weighedNodes(problem);
          const wanted = all.filter((_, at) => at === pick % (2 * all.length));
          const plan = withoutIdle(new SearchSpace(problem, 0), all, wanted);
          expect(isPlan(problem, plan, wanted)).toBe(true);
          for (const node of plan)
            expect(
              isPlan(
                problem,
                plan.filter((other) => other !== node),
                wanted,
              ),
            ).toBe(false);
          dropped += all.length - plan.length;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(dropped).toBeGreaterThan(1_000);
  });
});

describe("GreedyPlans", () => {
  it("makes plans with the wanted and without the barred, and only ever improves them", () => {
    let best = 0;
    let tried = 0;
    fc.assert(
      fc.property(smallQuestion(), number, number, (asked, pick, bar) => {
        for (const problem of problemsOf(asked)) {
          const all = weighedNodes(problem);
          const wanted = all.filter((_, at) => at === pick % (3 * all.length));
          const barred = all.filter((node, at) => at === bar % (2 * all.length) && !wanted.includes(node));
          const space = new SearchSpace(problem, 0);
          for (const node of barred) space.status[node] = BARRED;
          const greedy = new GreedyPlans(space);
          const possible = allPlans(problem).filter(
            (plan) => isPlan(problem, plan, wanted) && !barred.some((node) => plan.includes(node)),
          );
          const light = greedy.light(wanted);
          if (light === undefined) {
            // It looks along one order only, in which a loop may lead nowhere.
            if (!problem.hasLoop) expect(possible).toEqual([]);
            continue;
          }
          const improved = runToEnd(greedy.improved(light, wanted, Number.POSITIVE_INFINITY));
          for (const plan of [light, improved]) {
            expect(isPlan(problem, plan, wanted)).toBe(true);
            expect(plan.filter((node) => barred.includes(node))).toEqual([]);
          }
          expect(weightOf(problem, improved)).toBeLessThanOrEqual(weightOf(problem, light));
          expect(runToEnd(greedy.improved(light, wanted, 0))).toBe(light);
          tried++;
          const least = Math.min(...possible.map((plan) => weightOf(problem, plan)));
          if (weightOf(problem, improved) === least) best++;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(best / tried).toBeGreaterThan(0.9);
  });
});
