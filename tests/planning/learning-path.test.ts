import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import { stepReasons } from "../../src/planning/explain/because.ts";
import { learningPathSearch } from "../../src/planning/learning-path.ts";
import { bruteForcePath, isMet } from "../support/brute-force-path.ts";
import { hardGraphs } from "../support/hard-graphs.ts";
import { type AskedGraph, askedGraph, interlockedQuestion, withMerits } from "../support/random-questions.ts";
import { solveLearningPath } from "../support/solve.ts";

/** Random graphs that each property is tried on. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 3000);

/** What every path must be, whatever its cost. */
function expectPath(asked: AskedGraph, skills: readonly number[], stages: readonly number[]): void {
  const { question, owners, skillCount } = asked;
  const have = new Set(question.known);
  const stageOf = new Map(question.known.map((skill) => [skill, -1]));
  skills.forEach((skill, position) => {
    expect(have.has(skill)).toBe(false);
    const requirement = owners[skill]!.requirement;
    expect(isMet(requirement, (s) => have.has(s))).toBe(true);
    let stage = 0;
    const inPath = new Map(skills.map((s, at) => [s, stages[at]!]));
    while (!isMet(requirement, (s) => (stageOf.get(s) ?? inPath.get(s) ?? stage) < stage)) stage++;
    expect(stages[position]).toBe(stage);
    have.add(skill);
  });
  for (const goal of [...question.goals, ...question.choose])
    expect(goal < skillCount ? have.has(goal) : isMet(owners[goal]!.requirement, (s) => have.has(s))).toBe(
      true,
    );
  for (const skill of question.avoid)
    if (!question.known.includes(skill)) expect(skills).not.toContain(skill);
}

function matchesBruteForce(asked: AskedGraph): void {
  const best = bruteForcePath(asked);
  const answer = solveLearningPath(asked.graph, asked.question);
  if (best === undefined) {
    expect(answer.kind).toBe("unreachable");
    return;
  }
  if (answer.kind !== "path") throw new Error("expected a path");
  expect({ cost: answer.cost, skills: [...answer.skills].sort((a, b) => a - b) }).toEqual(best);
  expect(answer.lowerBound).toBe(best.cost);
  expect(answer.isOptimal).toBe(true);
  expectPath(asked, answer.skills, answer.stages);
}

describe("solveLearningPath", () => {
  it("finds the same path as trying every set of skills", () => {
    fc.assert(fc.property(askedGraph(8), matchesBruteForce), { numRuns: RUNS });
    fc.assert(fc.property(askedGraph(11), matchesBruteForce), { numRuns: RUNS / 5 });
    fc.assert(fc.property(interlockedQuestion(9), matchesBruteForce), { numRuns: RUNS / 5 });
  });

  it("finds the same path where merits decide between those of equal cost", () => {
    fc.assert(fc.property(withMerits(askedGraph(8)), matchesBruteForce), { numRuns: RUNS / 2 });
    fc.assert(fc.property(withMerits(interlockedQuestion(9)), matchesBruteForce), { numRuns: RUNS / 5 });
  });

  it("gives a path and a true bound when the work runs out, the same each time", () => {
    const budget = fc.constantFrom(0, 10, 100, 1_000, 10_000).map((maxWork) => ({ maxWork }));
    fc.assert(
      fc.property(fc.oneof(askedGraph(9), interlockedQuestion(9)), budget, (asked, { maxWork }) => {
        const answer = solveLearningPath(asked.graph, asked.question, { maxWork });
        expect(solveLearningPath(asked.graph, asked.question, { maxWork })).toEqual(answer);
        const best = bruteForcePath(asked);
        expect(answer.kind === "path").toBe(best !== undefined);
        if (answer.kind !== "path" || best === undefined) return;
        expectPath(asked, answer.skills, answer.stages);
        expect(answer.cost).toBe(answer.skills.reduce((sum, skill) => sum + asked.owners[skill]!.cost, 0));
        expect(answer.cost).toBeGreaterThanOrEqual(best.cost);
        expect(answer.lowerBound).toBeLessThanOrEqual(best.cost);
        expect(answer.isOptimal).toBe(answer.lowerBound === answer.cost);
      }),
      { numRuns: RUNS / 2 },
    );
  });

  it("keeps hard searches within their work, and pauses them often", () => {
    for (const { graph, goal } of hardGraphs()) {
      const question = { goals: [goal], known: [], choose: [], avoid: [] };
      const search = learningPathSearch(graph, question, { maxWork: 2_000_000 });
      let pauses = 0;
      let step = search.next();
      for (; !step.done; step = search.next()) pauses++;
      const path = step.value;
      if (path.kind !== "path") throw new Error("expected a path");
      expect(pauses).toBeGreaterThan(10);
      expect(path.lowerBound).toBeGreaterThan(0);
      expect(path.lowerBound).toBeLessThanOrEqual(path.cost);
      for (const { goals } of stepReasons(graph, question, path)) expect(goals).toEqual([goal]);
    }
  });

  it("solves a chain of 100,000 skills", () => {
    const length = 100_000;
    const owners = Array.from({ length }, (_, at) => ({
      cost: 100,
      requirement: at === 0 ? undefined : { skill: at - 1 },
    }));
    const graph = buildPrerequisiteGraph(length, owners);
    const path = solveLearningPath(graph, { goals: [length - 1], known: [], choose: [], avoid: [] });
    if (path.kind !== "path") throw new Error("expected a path");
    expect(path.skills).toEqual(owners.map((_, at) => at));
    expect(path).toMatchObject({ cost: 100 * length, isOptimal: true });
  });
});
