import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solveLearningPath } from "../../src/planning/learning-path.ts";
import { bruteForcePath, isMet } from "../support/brute-force-path.ts";
import { type AskedGraph, askedGraph } from "../support/random-questions.ts";

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
    const runs = Number(process.env.PROPERTY_RUNS ?? 3000);
    fc.assert(fc.property(askedGraph(8), matchesBruteForce), { numRuns: runs });
    fc.assert(fc.property(askedGraph(11), matchesBruteForce), { numRuns: runs / 5 });
  });
});
