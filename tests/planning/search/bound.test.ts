import fc from "fast-check";
import { expect, test } from "vitest";
import { LandmarkBound } from "../../../src/planning/search/bound.ts";
import { BARRED, SearchSpace, TAKEN } from "../../../src/planning/search/space.ts";
import {
  allPlans,
  isPlan,
  metBy,
  problemsOf,
  smallQuestion,
  weightOf,
} from "../../support/choice-problems.ts";

/** What becomes of a node: mostly nothing. */
const decisions = fc.array(fc.constantFrom(0, 0, 0, 0, TAKEN, BARRED), { minLength: 40, maxLength: 40 });

test("holds for every plan that agrees with the decisions, after any number of ascents", () => {
  let exact = 0;
  let tried = 0;
  fc.assert(
    fc.property(
      smallQuestion(),
      fc.array(decisions, { minLength: 1, maxLength: 4 }),
      (asked, nodesOfSearch) => {
        for (const problem of problemsOf(asked)) {
          const space = new SearchSpace(problem, Number.POSITIVE_INFINITY);
          const bound = new LandmarkBound(space);
          const plans = allPlans(problem);
          // One bound for several nodes of a search, so that landmarks of one are charged at the next.
          for (const decided of nodesOfSearch) {
            const taken: number[] = [];
            for (let v = 0; v < problem.nodeCount; v++) {
              space.status[v] = problem.weight[v]! > 0 ? decided[v % decided.length]! : 0;
              if (space.status[v] === TAKEN) taken.push(v);
            }
            const possible = plans.filter(
              (plan) =>
                plan.every((v) => space.status[v] !== BARRED) &&
                taken.every((v) => plan.includes(v)) &&
                isPlan(problem, plan, taken),
            );
            const least = Math.min(...possible.map((plan) => weightOf(problem, plan)));
            bound.begin(taken, Number.POSITIVE_INFINITY);
            expect(bound.advance(Number.POSITIVE_INFINITY)).toBe(true);
            expect(bound.value).toBeLessThanOrEqual(least);
            tried++;
            if (bound.value === least) exact++;
            if (bound.value === Number.POSITIVE_INFINITY) continue;
            // The nodes without residual contain a plan, and any other node adds its residual.
            const free = Array.from(space.residual.keys()).filter((v) => space.residual[v] === 0);
            expect(isPlan(problem, free, taken)).toBe(true);
            for (const plan of possible)
              for (const v of plan)
                expect(weightOf(problem, plan)).toBeGreaterThanOrEqual(bound.value + space.residual[v]!);
          }
          const { landmarks } = bound;
          for (let l = 0; l < landmarks.count; l++) {
            const nodes = landmarks.nodes.items.subarray(
              landmarks.start.items[l]!,
              landmarks.start.items[l + 1]!,
            );
            const condition = landmarks.condition.items[l]!;
            for (const plan of plans)
              if (condition < 0 || metBy(problem, plan).has(condition))
                expect(plan.filter((v) => nodes.includes(v)).length).toBeGreaterThanOrEqual(
                  landmarks.need.items[l]!,
                );
          }
        }
      },
    ),
    { numRuns: 1_000 },
  );
  // A bound of zero would hold as well.
  expect(tried).toBeGreaterThan(1_000);
  expect(exact / tried).toBeGreaterThan(0.8);
});

test("can be stopped and goes on from there", () => {
  fc.assert(
    fc.property(smallQuestion(), (asked) => {
      for (const problem of problemsOf(asked)) {
        const bounds = [1, Number.POSITIVE_INFINITY].map((workAtOnce) => {
          const space = new SearchSpace(problem, Number.POSITIVE_INFINITY);
          const bound = new LandmarkBound(space);
          bound.begin([], Number.POSITIVE_INFINITY);
          while (!bound.advance(space.work + workAtOnce)) expect(bound.value).toBeGreaterThanOrEqual(0);
          return bound.value;
        });
        expect(bounds[0]).toBe(bounds[1]);
      }
    }),
    { numRuns: 300 },
  );
});
