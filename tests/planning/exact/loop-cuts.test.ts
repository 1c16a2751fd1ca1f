import fc from "fast-check";
import { expect, test } from "vitest";
import { loopCuts } from "../../../src/planning/exact/loop-cuts.ts";
import { allPlans, isPlan, problemsOf, smallQuestion } from "../../support/choice-problems.ts";

test("cuts exclude the choice that they are made for, and no choice that meets the goals", () => {
  let cutCount = 0;
  fc.assert(
    fc.property(smallQuestion(), fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (asked, flags) => {
      for (const problem of problemsOf(asked)) {
        const plans = allPlans(problem);
        const isTaken = Uint8Array.from(problem.weight, (weight, v) => (weight > 0 && flags[v] ? 1 : 0));
        const cuts = loopCuts(problem, isTaken);
        const taken = Array.from(isTaken.keys()).filter((v) => isTaken[v] === 1);
        expect(cuts.length === 0).toBe(isPlan(problem, taken));
        for (const { indices, values, lower } of cuts) {
          cutCount++;
          expect(values).toEqual(indices.map(() => 1));
          const held = (plan: readonly number[]) => plan.filter((v) => indices.includes(v)).length;
          expect(held(taken)).toBeLessThan(lower);
          for (const plan of plans) expect(held(plan)).toBeGreaterThanOrEqual(lower);
        }
      }
    }),
    { numRuns: 500 },
  );
  expect(cutCount).toBeGreaterThan(200);
});
