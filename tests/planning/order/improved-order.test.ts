import fc from "fast-check";
import { test } from "vitest";
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
