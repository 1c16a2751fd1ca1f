import fc from "fast-check";
import { expect, test } from "vitest";
import { Evaluation } from "../../../src/planning/search/evaluation.ts";
import { BARRED, FREE, SearchSpace, TAKEN } from "../../../src/planning/search/space.ts";
import {
  allPlans,
  isPlan,
  problemsOf,
  smallQuestion,
  weighedNodes,
  weightOf,
} from "../../support/choice-problems.ts";
import { runToEnd } from "../../support/run-to-end.ts";

test("bounds what is open, finds plans, and names nodes that are out of the question or worth a decision", () => {
  let dear = 0;
  let doubtful = 0;
  const decisions = fc.array(fc.constantFrom(FREE, FREE, FREE, TAKEN, BARRED), {
    minLength: 40,
    maxLength: 40,
  });
  fc.assert(
    fc.property(smallQuestion(), fc.array(decisions, { maxLength: 3 }), (asked, nodesOfSearch) => {
      for (const problem of problemsOf(asked)) {
        const space = new SearchSpace(problem, Number.POSITIVE_INFINITY);
        const evaluation = new Evaluation(space);
        const plans = allPlans(problem);
        for (const decided of [[FREE], ...nodesOfSearch]) {
          evaluation.taken.length = 0;
          for (const node of weighedNodes(problem)) {
            space.status[node] = decided[node % decided.length]!;
            if (space.status[node] === TAKEN) evaluation.taken.push(node);
          }
          const { taken } = evaluation;
          const possible = plans.filter(
            (plan) => plan.every((node) => space.status[node] !== BARRED) && isPlan(problem, plan, taken),
          );
          const least = Math.min(...possible.map((plan) => weightOf(problem, plan)));
          evaluation.wanted = [...taken];
          evaluation.restart(Number.POSITIVE_INFINITY);
          const bound = runToEnd(evaluation.evaluate(Number.POSITIVE_INFINITY));
          expect(bound).toBeLessThanOrEqual(least);
          const { incumbent, upper } = evaluation;
          expect(incumbent !== undefined).toBe(possible.length > 0);
          if (incumbent === undefined) continue;
          expect(isPlan(problem, incumbent, taken)).toBe(true);
          expect(weightOf(problem, incumbent)).toBe(upper);
          expect(upper).toBeGreaterThanOrEqual(least);
          for (const node of weighedNodes(problem)) {
            if (space.status[node] !== FREE || !evaluation.isTooDear(node)) continue;
            dear++;
            for (const plan of possible)
              if (plan.includes(node)) expect(weightOf(problem, plan)).toBeGreaterThanOrEqual(upper);
          }
          const node = evaluation.mostOverpaid();
          if (bound >= upper) continue;
          doubtful++;
          expect(incumbent).toContain(node);
          expect(space.status[node]).toBe(FREE);
        }
      }
    }),
    { numRuns: 1_000 },
  );
  expect(dear).toBeGreaterThan(500);
  expect(doubtful).toBeGreaterThan(20);
});
