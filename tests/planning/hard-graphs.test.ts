import { expect, test } from "vitest";
import { canBeMet } from "../../src/graph/facts/learnability.ts";
import { ExactSolver, loadHighs } from "../../src/planning/exact/exact-solver.ts";
import { DEFAULT_SEARCH_BUDGET, EXACT_WORK } from "../../src/planning/limits.ts";
import { hardGraphs } from "../support/hard-graphs.ts";
import { solveLearningPath } from "../support/solve.ts";

test.each(hardGraphs())(
  "$name: a path within the budget, with a true bound, the same each time",
  ({ graph, goal }) => {
    const question = { goals: [goal], known: [], choose: [], avoid: [] };
    const budget = { maxWork: 5_000_000 };
    const path = solveLearningPath(graph, question, budget);
    if (path.kind !== "path") throw new Error("expected a path");
    expect(path.cost).toBe(path.skills.reduce((sum, skill) => sum + graph.cost[skill]!, 0));
    expect(path.lowerBound).toBeGreaterThan(0);
    expect(path.lowerBound).toBeLessThanOrEqual(path.cost);
    expect(path.isOptimal).toBe(path.lowerBound === path.cost);
    // The steps alone lead to the goal: all other skills are barred.
    const others = Array.from({ length: graph.skillCount }, (_, skill) => skill).filter(
      (skill) => !path.skills.includes(skill),
    );
    expect(canBeMet(graph, goal, { avoided: others })).toBe(true);

    // More work never makes it worse, and what more work proves no bound may contradict.
    const longer = solveLearningPath(graph, question, { maxWork: 20_000_000 });
    if (longer.kind !== "path") throw new Error("expected a path");
    expect(longer.cost).toBeGreaterThanOrEqual(path.lowerBound);
    expect(longer.lowerBound).toBeLessThanOrEqual(path.cost);
    expect(solveLearningPath(graph, question, budget)).toEqual(path);
  },
);

test.each([
  [0, 91_600],
  [1, 104_800],
  [2, 53_600],
])("case %d is proved to cost %d with normal effort", async (nth, cost) => {
  const { graph, goal } = hardGraphs()[nth]!;
  const solver = new ExactSolver(await loadHighs(), EXACT_WORK.NORMAL);
  const question = { goals: [goal], known: [], choose: [], avoid: [] };
  const path = solveLearningPath(graph, question, DEFAULT_SEARCH_BUDGET, solver);
  expect(path).toMatchObject({ kind: "path", cost, lowerBound: cost, isOptimal: true });
});
