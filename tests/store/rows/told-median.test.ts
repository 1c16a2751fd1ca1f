import fc from "fast-check";
import { expect, test } from "vitest";
import { LEAST_LEARNERS_TOLD, PRIVACY_LOSS } from "../../../src/store/limits.ts";
import { medianChances, STEPS, stepOf, toldMedian } from "../../../src/store/rows/told-median.ts";

const steps = fc.array(fc.nat(STEPS.length - 1), { minLength: 1, maxLength: 40 });
const countsOf = (at: readonly number[]) => STEPS.map((_, step) => at.filter((each) => each === step).length);

test("whatever one learner has recorded, and whoever made up the others, no step becomes likelier than promised", () => {
  fc.assert(
    fc.property(steps, fc.nat(STEPS.length - 1), (others, victim) => {
      const chances = medianChances(countsOf([...others, victim]));
      expect(chances.reduce((sum, chance) => sum + chance)).toBeCloseTo(1, 9);
      for (let other = 0; other < STEPS.length; other++)
        for (const [step, chance] of medianChances(countsOf([...others, other])).entries())
          expect(chance / chances[step]!).toBeLessThanOrEqual(Math.exp(PRIVACY_LOSS) + 1e-9);
    }),
  );
});

test("made-up learners on both sides of one do not show where he is", () => {
  const around = [0, 0, 0, 0, 0, 7, 7, 7, 7];
  const told = [2, 5].map((victim) => medianChances(countsOf([...around, victim])));
  // Rounded alone, it would be his step for certain.
  for (const [nth, victim] of [2, 5].entries()) expect(told[nth]![victim]).toBeLessThan(0.3);
});

test("what most say is told nearly always, and the more the surer", () => {
  const ofSame = (count: number) => medianChances(countsOf(Array(count).fill(3)))[3]!;
  expect(ofSame(5)).toBeLessThan(0.66);
  expect(ofSame(LEAST_LEARNERS_TOLD)).toBeGreaterThan(0.95);
  expect(ofSame(2 * LEAST_LEARNERS_TOLD)).toBeGreaterThan(0.999);
});

test("hours count as the nearest step, and beyond all as the last", () => {
  const stepFor = (hours: number) => STEPS[stepOf(hours, 10)];
  expect([0.01, 3, 6, 9, 12, 13, 17, 10_000].map(stepFor)).toEqual([0.25, 0.25, 0.5, 1, 1, 1.5, 1.5, 4]);
  expect(toldMedian(Array(10).fill(9), 10, 0.5)).toBe(10);
  expect(toldMedian(Array(10).fill(9), 10, 0)).toBe(2.5);
  expect(toldMedian(Array(10).fill(9), 10, 1 - 1e-12)).toBe(40);
});
