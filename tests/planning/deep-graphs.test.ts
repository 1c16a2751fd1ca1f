import { describe, expect, it } from "vitest";
import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import { learningOrder } from "../../src/graph/walk/learning-order.ts";
import { cheapestChoicesSearch } from "../../src/planning/explain/cheapest-choices.ts";
import { DEFAULT_SEARCH_BUDGET } from "../../src/planning/limits.ts";
import { choicesOf } from "../../src/planning/problem/split.ts";
import { runToEnd } from "../support/run-to-end.ts";
import { rejectedAlternatives, solveLearningPath } from "../support/solve.ts";

const WIDTH = 5;

/** Layers of five skills, each of which needs three of the five before; the goal needs three of the last. */
function deepGraph(layers: number) {
  const threeOf = (layer: number) => ({
    atLeast: 3,
    of: Array.from({ length: WIDTH }, (_, at) => ({ skill: layer * WIDTH + at })),
  });
  const skills = Array.from({ length: layers * WIDTH }, (_, skill) => {
    const layer = Math.floor(skill / WIDTH);
    return {
      cost: 100 * (1 + ((layer * 7 + (skill % WIDTH) * (13 + layer)) % 9)),
      requirement: layer === 0 ? undefined : threeOf(layer - 1),
    };
  });
  const graph = buildPrerequisiteGraph(layers * WIDTH, [
    ...skills,
    { cost: 0, requirement: threeOf(layers - 1) },
  ]);
  return { graph, question: { goals: [layers * WIDTH], known: [], choose: [], avoid: [] } };
}

describe.each([400, 1000])("%i layers, each skill needing three of the five before", (layers) => {
  const { graph, question } = deepGraph(layers);
  const path = solveLearningPath(graph, question);

  it("has a path, found with little more work than it may take", () => {
    if (path.kind === "unreachable") throw new Error("expected a path");
    expect(learningOrder(graph, path.skills).left).toHaveLength(0);
    expect(path.skills).toHaveLength(3 * layers);
    const maxWork = 1_000_000;
    const [subproblem] = choicesOf({ ...graph }, { ...question })!.subproblems;
    const { work, cost, lowerBound } = runToEnd(subproblem!.cheapest({ maxWork }));
    expect(lowerBound).toBeLessThanOrEqual(cost);
    expect(work).toBeLessThan(2 * maxWork);
  });

  it("has alternatives, as many as the work reaches", () => {
    if (path.kind === "unreachable") throw new Error("expected a path");
    const maxWork = 5_000_000;
    const alternatives = rejectedAlternatives(graph, question, path, { maxWork }).flat();
    expect(alternatives).toHaveLength(2 * path.skills.length);
    const priced = alternatives.filter(({ extraCost }) => extraCost !== undefined);
    expect(priced.length).toBeGreaterThan(0);
    // What was not searched is not called impossible.
    for (const { extraCost, isExact } of alternatives) expect(isExact && extraCost === undefined).toBe(false);
  });

  it("has other choices", () => {
    const budget = { maxWork: DEFAULT_SEARCH_BUDGET.maxWork / 1000 };
    const choices = runToEnd(cheapestChoicesSearch(graph, question, { budget, steps: [0, 1, 2, 3, 4] }));
    if (choices.kind === "unreachable") throw new Error("expected choices");
    expect(choices.choices.length).toBeGreaterThan(0);
    // The first swap takes all that may be spent.
    expect(choices.isComplete).toBe(false);
    for (const { path } of choices.choices) expect(learningOrder(graph, path.skills).left).toHaveLength(0);
  });
});
