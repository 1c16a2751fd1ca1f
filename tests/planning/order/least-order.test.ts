import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadHighs } from "../../../src/planning/exact/exact-solver.ts";
import { ORDER_WORK } from "../../../src/planning/limits.ts";
import { carriedBound, carriedBy } from "../../../src/planning/order/carried.ts";
import { densestBeginning } from "../../../src/planning/order/densest-beginning.ts";
import { improvedOrder } from "../../../src/planning/order/improved-order.ts";
import { leastOrder } from "../../../src/planning/order/least-order.ts";
import { teachingOrderSearch } from "../../../src/planning/order/teaching-order.ts";
import {
  carriedCost,
  type StepGraph,
  usedPrerequisites,
} from "../../../src/planning/order/used-prerequisites.ts";
import { leastCarriedByHighs } from "../../support/least-order-by-highs.ts";
import { leastCarriedBySets, MAX_STEPS_BY_SETS } from "../../support/least-order-by-sets.ts";
import { quatalog, quatalogAbsent } from "../../support/quatalog.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { solveLearningPath } from "../../support/solve.ts";
import { expectLearnable, stepGraph } from "../../support/step-graph.ts";

const all = (graph: StepGraph) => [...graph.cost.keys()];
const best = (graph: StepGraph, maxWork: number) => {
  const weight = graph.needs.map((needs, step) => needs.length - graph.usedBy[step]!.length);
  return runToEnd(leastOrder({ ...graph, weight, time: graph.cost }, all(graph), maxWork));
};

describe("the order that carries least", () => {
  test("is what going through all sets finds", () => {
    fc.assert(
      fc.property(stepGraph, (graph) => {
        const { order, isProved } = best(graph, 1e9);
        expectLearnable(graph, order);
        expect(isProved).toBe(true);
        expect(carriedCost(graph, order)).toBe(leastCarriedBySets(graph));
      }),
      { numRuns: 500 },
    );
  });

  test("is no worse than the order given when there is no time for a proof, and the bound is true", () => {
    fc.assert(
      fc.property(stepGraph, (graph) => {
        const { order, isProved } = best(graph, -1);
        expectLearnable(graph, order);
        const least = leastCarriedBySets(graph);
        const carried = carriedCost(graph, order);
        if (isProved) expect(carried).toBe(least);
        expect(carried).toBeLessThanOrEqual(carriedCost(graph, all(graph)));
        expect(carriedBound(graph, all(graph))).toBeLessThanOrEqual(least);
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

describe("many steps", () => {
  /** So many steps, each but the first needing some of those before it; those of the second half none of the first if `apart`. */
  const longGraph = (isApart: boolean) =>
    fc
      .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.array(fc.nat(), { minLength: 1, maxLength: 3 })), {
        ...{ minLength: 15, maxLength: 20, size: "max" },
      })
      .map((half): StepGraph => {
        const cost = [...half, ...half].map(([cost]) => cost);
        const usedBy: number[][] = cost.map(() => []);
        const needs = [...half, ...half].map(([, picks], step) => {
          const first = isApart && step >= half.length ? half.length : 0;
          const found = step === first ? [] : picks.map((pick) => first + (pick % (step - first)));
          for (const before of new Set(found)) usedBy[before]!.push(step);
          return [...new Set(found)];
        });
        return { cost, needs, usedBy };
      });

  test("that hang together are their own densest beginning", () => {
    fc.assert(
      fc.property(longGraph(false), (graph) => {
        const weight = graph.needs.map((needs, step) => needs.length - graph.usedBy[step]!.length);
        const jobs = { ...graph, weight, time: graph.cost.map((cost) => cost + 1) };
        expect(densestBeginning(jobs, all(graph), { done: 0 })).toEqual(all(graph));
        const found = best(graph, 1e9);
        expect(found.order).toEqual(runToEnd(improvedOrder({ ...jobs, time: graph.cost }, all(graph))));
        expect(found.isProved).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  test("that fall apart are proved part by part", () => {
    fc.assert(
      fc.property(longGraph(true), (graph) => {
        const { order, isProved } = best(graph, 1e9);
        expectLearnable(graph, order);
        expect(isProved).toBe(true);
      }),
      { numRuns: 10 },
    );
  });
});

describe.skipIf(quatalogAbsent !== undefined)("the orders of a university's courses", () => {
  test("are proved for 95 % of the courses, and what all sets and an integer programme find for a hundred", async () => {
    const highs = await loadHighs();
    const { graph, targets } = quatalog();
    let proved = 0;
    let checked = 0;
    for (const { skill } of targets) {
      const path = solveLearningPath(graph, { goals: [skill], known: [], choose: [], avoid: [] });
      if (path.kind !== "path") throw new Error(`expected a path to course ${skill}`);
      const found = runToEnd(
        teachingOrderSearch(graph, path.skills, { topicOf: new Map(), roadmaps: [] }, ORDER_WORK.NORMAL),
      );
      const steps = usedPrerequisites(graph, path.skills);
      expectLearnable(steps, found.order);
      const { carried, carriedLowerBound } = carriedBy(graph, path.skills, found);
      const isProved = carried === carriedLowerBound;
      if (isProved) proved++;
      const { length } = path.skills;
      if (!isProved || checked >= 120 || length < 6 || length > MAX_STEPS_BY_SETS - 4) continue;
      checked++;
      expect(carried).toBe(leastCarriedBySets(steps));
      expect(carried).toBe(leastCarriedByHighs(highs, steps));
    }
    expect(checked).toBeGreaterThanOrEqual(100);
    expect(proved).toBeGreaterThanOrEqual(0.95 * targets.length);
  });
});
