import fc from "fast-check";
import { expect } from "vitest";
import type { StepGraph } from "../../src/planning/order/used-prerequisites.ts";

/** Steps of which each needs some of those before it; some take no time. */
export const stepGraph = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat()), { minLength: 1, maxLength: 8 })
  .map((steps): StepGraph => {
    const usedBy: number[][] = steps.map(() => []);
    const needs = steps.map(([, bits], step) => {
      // Every second bit, so that about a quarter of the pairs are uses.
      const found = [...steps.keys()].filter((before) => before < step && (bits >> (2 * before)) % 4 === 0);
      for (const before of found) usedBy[before]!.push(step);
      return found;
    });
    return { cost: steps.map(([cost]) => cost * 100), needs, usedBy };
  });

/** Expects all steps, each after those that it needs. */
export function expectLearnable({ needs }: StepGraph, order: readonly number[]): void {
  expect([...order].sort((a, b) => a - b)).toEqual([...needs.keys()]);
  const placeOf = new Map(order.map((step, place) => [step, place]));
  for (const step of order)
    for (const before of needs[step]!) expect(placeOf.get(before)!).toBeLessThan(placeOf.get(step)!);
}
