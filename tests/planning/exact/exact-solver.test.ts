import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PrerequisiteGraph } from "../../../src/graph/model/prerequisite-graph.ts";
import { ExactSolver, loadHighs } from "../../../src/planning/exact/exact-solver.ts";
import type { PathQuestion, SolvedPath } from "../../../src/planning/path-question.ts";
import { choicesOf } from "../../../src/planning/problem/split.ts";
import { bruteForcePath } from "../../support/brute-force-path.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { hardGraphs, interlockedGroups, interlockedLayers } from "../../support/hard-graphs.ts";
import {
  type AskedGraph,
  askedGraph,
  interlockedQuestion,
  withMerits,
} from "../../support/random-questions.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { solveLearningPath } from "../../support/solve.ts";

const highs = await loadHighs();
const MUCH_WORK = 1e12;

interface Solved {
  readonly skills: readonly number[];
  readonly cost: number;
  readonly steps: number;
  /** How many groups of choices the solver had to solve, and those of them with loops. */
  readonly parts: number;
  readonly loops: number;
}

/** What the exact solver finds when it is told a plan, but nothing of how good it is. */
function solveExactly(graph: PrerequisiteGraph, question: PathQuestion): Solved | undefined {
  const choices = choicesOf(graph, question);
  if (choices === undefined) return undefined;
  const skills = [...choices.necessary];
  let loops = 0;
  for (const part of choices.subproblems) {
    const known = { ...runToEnd(part.cheapest({ maxWork: 0 })).outcome, lowerBound: 0 };
    const { plan, weight, lowerBound } = new ExactSolver(highs, MUCH_WORK).improve(part.problem, known);
    expect(lowerBound).toBe(weight);
    skills.push(...part.skillsOf(plan!));
    if (part.problem.hasLoop) loops++;
  }
  const cost = skills.reduce((sum, skill) => sum + graph.cost[skill]!, 0);
  return { skills, cost, steps: skills.length, parts: choices.subproblems.length, loops };
}

function expectPath(path: ReturnType<typeof solveLearningPath>): SolvedPath {
  if (path.kind !== "path") throw new Error("expected a path");
  return path;
}

describe("ExactSolver", () => {
  it("finds what trying every set of skills finds, with loops and at-least-k", () => {
    let parts = 0;
    let loops = 0;
    const matches = (asked: AskedGraph) => {
      const best = bruteForcePath(asked);
      const solved = solveExactly(asked.graph, asked.question);
      expect(solved === undefined).toBe(best === undefined);
      if (solved === undefined || best === undefined) return;
      expect([solved.cost, solved.steps]).toEqual([best.cost, best.skills.length]);
      // The steps alone lead to the goals.
      const others = Array.from({ length: asked.skillCount }, (_, skill) => skill).filter(
        (skill) => !solved.skills.includes(skill),
      );
      const alone = solveLearningPath(asked.graph, { ...asked.question, avoid: others });
      expect(expectPath(alone).cost).toBe(solved.cost);
      parts += solved.parts;
      loops += solved.loops;
    };
    for (const question of [askedGraph(8), interlockedQuestion(9), choiceQuestion(10)])
      fc.assert(fc.property(question, matches), { numRuns: Number(process.env.PROPERTY_RUNS ?? 150) });
    expect(parts).toBeGreaterThan(100);
    expect(loops).toBeGreaterThan(30);
  });

  it("proves what the quick search does not", () => {
    for (const { name, graph, goal } of [
      interlockedGroups(60, 90, 3, 1),
      interlockedGroups(80, 80, 4, 2),
      interlockedLayers(5, 16, 3),
    ]) {
      const question = { goals: [goal], known: [], choose: [], avoid: [] };
      const quick = expectPath(solveLearningPath(graph, question, { maxWork: 10_000 }));
      const { cost, steps } = solveExactly(graph, question)!;
      expect(quick.isOptimal, name).toBe(false);
      expect(cost, name).toBeLessThanOrEqual(quick.cost);
      expect(cost, name).toBeGreaterThanOrEqual(quick.lowerBound);
      expect(steps, name).toBeGreaterThan(0);
    }
  });

  it("decides ties by merits as trying every set of skills does, with loops and at-least-k", () => {
    let parts = 0;
    let changed = 0;
    const matches = (asked: AskedGraph) => {
      const { graph, question } = asked;
      const best = bruteForcePath(asked);
      // A copy, for which nothing is remembered. The quick search may not even begin.
      const solver = new ExactSolver(highs, MUCH_WORK);
      const found = solveLearningPath({ ...graph }, question, { maxWork: 0 }, solver);
      expect(found.kind === "path").toBe(best !== undefined);
      if (found.kind !== "path" || best === undefined) return;
      expect(found).toMatchObject({ isOptimal: true, isPreferred: true });
      const figures = (skills: readonly number[]) => [
        ...graph.merits.map((merit) =>
          skills.reduce((sum, each) => sum + merit[each]! * graph.cost[each]!, 0),
        ),
        skills.length,
      ];
      expect([found.cost, ...figures(found.skills)]).toEqual([best.cost, ...figures(best.skills)]);
      parts += choicesOf(graph, question)!.subproblems.length;
      const byCost = solveLearningPath({ ...graph, merits: [] }, question, { maxWork: 0 }, solver);
      if (String(figures(expectPath(byCost).skills)) !== String(figures(found.skills))) changed++;
    };
    for (const question of [askedGraph(8), interlockedQuestion(9), choiceQuestion(10)])
      fc.assert(fc.property(withMerits(question), matches), {
        numRuns: Number(process.env.PROPERTY_RUNS ?? 100),
      });
    expect(parts).toBeGreaterThan(50);
    expect(changed).toBeGreaterThan(5);
  });

  it("decides ties of what the quick search does not prove, one merit after the other, with the work that is left", () => {
    const { graph, goal } = interlockedGroups(60, 90, 3, 1);
    const figures = Array.from({ length: graph.skillCount }, (_, at) => [
      (at * 5) % 3 === 0 ? 1 : 0,
      (at * 3) % 7,
    ]);
    const even = { ...graph, cost: graph.cost.map((cost) => Math.min(cost, 300)) };
    const path = (merits: readonly (readonly number[])[], maxWork = MUCH_WORK) => {
      const weighed = { ...even, merits: merits.map((each) => Int32Array.from(each)) };
      const question = { goals: [goal], known: [], choose: [], avoid: [] };
      return expectPath(
        solveLearningPath(weighed, question, { maxWork: 10_000 }, new ExactSolver(highs, maxWork)),
      );
    };
    const sums = ({ skills, cost }: SolvedPath) => [
      cost,
      ...[0, 1].map((nth) =>
        skills.reduce((sum, skill) => sum + figures[skill]![nth]! * even.cost[skill]!, 0),
      ),
    ];
    const both = [0, 1].map((nth) => figures.map((each) => each[nth]!));
    const found = path(both);
    expect(found).toMatchObject({ isOptimal: true, isPreferred: true });
    // In one number, the first so much weightier that the second never comes to as much.
    const asOne = path([figures.map(([first, second]) => 1_000 * first! + second!)]);
    expect(sums(found)).toEqual(sums(asOne));
    const withFirst = sums(path(both.slice(0, 1)));
    const [cost, first, second] = sums(found);
    expect([cost, first]).toEqual(withFirst.slice(0, 2));
    expect(second).toBeGreaterThan(withFirst[2]!);
    expect(first).toBeGreaterThan(sums(path([]))[1]!);
    expect(path(both, 1)).toMatchObject({ isOptimal: false, isPreferred: false });
  });

  it("stops when its work is used up, with a true bound, the same each time", () => {
    const { graph, goal } = hardGraphs()[2]!;
    const question = { goals: [goal], known: [], choose: [], avoid: [] };
    const solve = (maxWork: number) => {
      // A copy, for which nothing is remembered.
      const part = choicesOf({ ...graph }, { ...question })!.subproblems[0]!;
      const known = runToEnd(part.cheapest({ maxWork: 200_000 })).outcome;
      const outcome = new ExactSolver(highs, maxWork).improve(part.problem, known);
      return { known, outcome };
    };
    const perCheckpoint = 5e6;
    const { known, outcome } = solve(60 * perCheckpoint);
    expect(outcome.lowerBound).toBeGreaterThan(known.lowerBound);
    expect(outcome.lowerBound).toBeLessThan(outcome.weight);
    expect(outcome.weight).toBeLessThanOrEqual(known.weight);
    expect(solve(60 * perCheckpoint).outcome).toEqual(outcome);
    expect(solve(perCheckpoint).outcome).toEqual(known);
  });

  it("remembers what it proved, but only for those who have as much work left", () => {
    const { graph, goal } = interlockedGroups(60, 90, 3, 1);
    const part = choicesOf(graph, { goals: [goal], known: [], choose: [], avoid: [] })!.subproblems[0]!;
    const known = runToEnd(part.cheapest({ maxWork: 100_000 })).outcome;
    const proved = new ExactSolver(highs, MUCH_WORK).improve(part.problem, known);
    expect(proved.lowerBound).toBe(proved.weight);
    expect(new ExactSolver(highs, MUCH_WORK / 2).improve(part.problem, known)).toBe(proved);
    expect(new ExactSolver(highs, 1).improve(part.problem, known)).toBe(known);
  });
});
