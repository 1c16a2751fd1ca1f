import fc from "fast-check";
import { expect, test } from "vitest";
import { improvedOrder } from "../../../src/planning/order/improved-order.ts";
import { carriedCost, type StepGraph } from "../../../src/planning/order/used-prerequisites.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { expectLearnable } from "../../support/step-graph.ts";

/** Steps of which each needs some of the dozen before it. */
const longGraph = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 })),
    {
      ...{ minLength: 20, maxLength: 60, size: "max" },
    },
  )
  .map((steps): StepGraph => {
    const usedBy: number[][] = steps.map(() => []);
    const needs = steps.map(([, back], step) => {
      const found = [...new Set(back.map((by) => step - by))].filter((before) => before >= 0);
      for (const before of found) usedBy[before]!.push(step);
      return found;
    });
    return { cost: steps.map(([cost]) => cost * 100), needs, usedBy };
  });

/** The orders with two neighbouring stretches, 32 steps long together, exchanged, where none of the one needs one of the other. */
function* exchanged({ needs }: StepGraph, order: readonly number[]): Generator<readonly number[]> {
  for (let from = 0; from < order.length; from++)
    for (let middle = from + 1; middle < Math.min(order.length, from + 32); middle++) {
      const first = order.slice(from, middle);
      for (let end = middle + 1; end <= Math.min(order.length, from + 32); end++) {
        if (needs[order[end - 1]!]!.some((before) => first.includes(before))) break;
        yield [...order.slice(0, from), ...order.slice(middle, end), ...first, ...order.slice(end)];
      }
    }
}

test("no exchange of two neighbouring stretches carries less than an improved order", () => {
  fc.assert(
    fc.property(longGraph, (graph) => {
      const weight = graph.needs.map((needs, step) => needs.length - graph.usedBy[step]!.length);
      const order = runToEnd(improvedOrder({ ...graph, weight, time: graph.cost }, [...graph.cost.keys()]));
      expectLearnable(graph, order);
      const carried = carriedCost(graph, order);
      for (const other of exchanged(graph, order))
        if (carriedCost(graph, other) < carried) throw new Error(`${other} carries less than ${order}`);
    }),
    { numRuns: 40 },
  );
});

test("orders that are improved in turn, and after one that was given up, are what each is alone", () => {
  const STEPS = 300;
  const jobsOf = (factor: number) => {
    const needs = Array.from({ length: STEPS }, (_, step) =>
      [...new Set([1 + ((step * factor) % 12), 1 + ((step * 5) % 12)])]
        .map((back) => step - back)
        .filter((before) => before >= 0),
    );
    const usedBy: number[][] = needs.map(() => []);
    needs.forEach((list, step) => {
      for (const before of list) usedBy[before]!.push(step);
    });
    const weight = needs.map((list, step) => list.length - usedBy[step]!.length);
    return { needs, usedBy, weight, time: needs.map((_, step) => 100 * (1 + ((step * 37 * factor) % 41))) };
  };
  const places = [...Array(STEPS).keys()];
  const begin = (factor: number) => improvedOrder(jobsOf(factor), places);
  const alone = [3, 7].map((factor) => runToEnd(begin(factor)));
  expect(begin(3).next().done).toBe(false);
  const searches = [3, 7].map((factor) => ({ search: begin(factor), order: places as readonly number[] }));
  let left = new Set(searches);
  while (left.size > 0)
    left = new Set(
      [...left].filter((each) => {
        const step = each.search.next();
        if (step.done) each.order = step.value;
        return !step.done;
      }),
    );
  expect(searches.map(({ order }) => order)).toEqual(alone);
});
