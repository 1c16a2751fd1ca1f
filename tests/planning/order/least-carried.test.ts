import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carriedBound } from "../../../src/planning/order/carried-bound.ts";
import { improvedOrder } from "../../../src/planning/order/improved-order.ts";
import { leastCarriedPart } from "../../../src/planning/order/least-carried.ts";
import { teachingOrderSearch } from "../../../src/planning/order/teaching-order.ts";
import {
  carriedCost,
  connectedParts,
  type StepGraph,
  usedPrerequisites,
} from "../../../src/planning/order/used-prerequisites.ts";
import { leastCarriedBySets, MAX_STEPS_BY_SETS } from "../../support/least-carried-by-sets.ts";
import { quatalog, quatalogAbsent } from "../../support/quatalog.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { solveLearningPath } from "../../support/solve.ts";

/** Steps of which each needs some of those before it; some take no time. */
const stepGraph = fc
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

function expectLearnable({ needs }: StepGraph, order: readonly number[]): void {
  expect([...order].sort((a, b) => a - b)).toEqual([...needs.keys()]);
  const placeOf = new Map(order.map((step, place) => [step, place]));
  for (const step of order)
    for (const before of needs[step]!) expect(placeOf.get(before)!).toBeLessThan(placeOf.get(step)!);
}

const all = (graph: StepGraph) => [...graph.cost.keys()];
const best = (graph: StepGraph, maxWork: number) => {
  const parts = connectedParts(all(graph), graph).map((part) =>
    runToEnd(leastCarriedPart(graph, part, maxWork)),
  );
  return {
    order: parts.flatMap(({ order }) => order),
    carried: parts.reduce((sum, { carried }) => sum + carried, 0),
    lowerBound: parts.reduce((sum, { lowerBound }) => sum + lowerBound, 0),
  };
};

describe("the order that carries least", () => {
  test("is what going through all sets finds", () => {
    fc.assert(
      fc.property(stepGraph, (graph) => {
        const { order, carried, lowerBound } = best(graph, 1e9);
        expectLearnable(graph, order);
        expect(carried).toBe(carriedCost(graph, order));
        expect(carried).toBe(leastCarriedBySets(graph));
        expect(lowerBound).toBe(carried);
      }),
      { numRuns: 500 },
    );
  });

  test("is no worse than the order given when there is no time for a proof, and the bound is true", () => {
    fc.assert(
      fc.property(stepGraph, (graph) => {
        const { order, carried, lowerBound } = best(graph, -1);
        expectLearnable(graph, order);
        const least = leastCarriedBySets(graph);
        expect(lowerBound).toBeLessThanOrEqual(least);
        expect(carried).toBeGreaterThanOrEqual(least);
        expect(carried).toBeLessThanOrEqual(carriedCost(graph, all(graph)));
        expect(carriedBound(graph, all(graph))).toBeLessThanOrEqual(least);
        expectLearnable(graph, improvedOrder(graph, all(graph)));
      }),
      { numRuns: 500 },
    );
  });

  test("begins with the steps that are to come first, and carries least after them", () => {
    fc.assert(
      fc.property(stepGraph, fc.nat(), (graph, nth) => {
        const steps = all(graph);
        const found = new Set([nth % steps.length]);
        for (const step of found) for (const before of graph.needs[step]!) found.add(before);
        const beginning = steps.filter((step) => found.has(step));
        for (const maxWork of [1e9, -1]) {
          const { order, carried, lowerBound } = runToEnd(leastCarriedPart(graph, steps, maxWork, beginning));
          expectLearnable(graph, order);
          expect(new Set(order.slice(0, beginning.length))).toEqual(found);
          expect(carried).toBe(carriedCost(graph, order));
          const least = leastCarriedBySets(graph, beginning);
          if (maxWork > 0) expect([carried, lowerBound]).toEqual([least, least]);
          else expect(lowerBound).toBeLessThanOrEqual(least);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("puts the longest prerequisite of a step first and its shortest use first", () => {
    const needs = [[], [], [], [0, 1, 2], [3], [3]];
    const graph: StepGraph = {
      cost: [1, 9, 5, 2, 8, 3],
      needs,
      usedBy: [[3], [3], [3], [4, 5], [], []],
    };
    expect(best(graph, 1e9).order).toEqual([1, 2, 0, 3, 5, 4]);
  });
});

describe.skipIf(quatalogAbsent !== undefined)("the orders of a university's courses", () => {
  test("are proved for 95 % of the courses, and what going through all sets finds for a hundred", () => {
    const { graph, targets } = quatalog();
    let proved = 0;
    let checked = 0;
    for (const { skill } of targets) {
      const path = solveLearningPath(graph, { goals: [skill], known: [], choose: [], avoid: [] });
      if (path.kind !== "path") throw new Error(`expected a path to course ${skill}`);
      const found = runToEnd(
        teachingOrderSearch(graph, path.skills, { topicOf: new Map(), roadmaps: [] }, 30_000),
      );
      const steps = usedPrerequisites(graph, path.skills);
      expectLearnable(steps, found.order);
      const isProved = found.carried === found.carriedLowerBound;
      if (isProved) proved++;
      const { length } = path.skills;
      if (!isProved || checked >= 120 || length < 6 || length > MAX_STEPS_BY_SETS - 4) continue;
      checked++;
      expect(found.carried).toBe(leastCarriedBySets(steps));
    }
    expect(checked).toBeGreaterThanOrEqual(100);
    expect(proved).toBeGreaterThanOrEqual(0.95 * targets.length);
  });
});
