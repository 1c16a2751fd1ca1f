import assert from "node:assert/strict";
import fc from "fast-check";
import { criticalPath } from "../../src/graph/facts/critical-path.ts";
import { necessaryPrerequisites } from "../../src/graph/facts/necessity.ts";
import type { Requirement } from "../../src/graph/model/requirement.ts";
import { isGroup } from "../../src/graph/model/requirement.ts";
import { compareAlternatives } from "./alternatives-model.ts";
import { bruteForcePath, isMet } from "./brute-force-path.ts";
import { choiceQuestion } from "./choice-questions.ts";
import { reachable } from "./random-graph.ts";
import { type AskedGraph, askedGraph, interlockedQuestion } from "./random-questions.ts";
import { solveLearningPath } from "./solve.ts";

/**
 * The random comparison: answers of the product on random graphs against a model that is written from the definitions
 * and shares no code with it. Each comparison throws an AssertionError where the two differ.
 */

/** The cheapest path: the same skills as trying every set of skills, in an order in which each can be learned. */
export function comparePath(asked: AskedGraph): void {
  const best = bruteForcePath(asked);
  const answer = solveLearningPath(asked.graph, asked.question);
  assert.equal(answer.kind, best === undefined ? "unreachable" : "path");
  if (answer.kind !== "path" || best === undefined) return;
  const { cost, skills, stages, lowerBound, isOptimal } = answer;
  assert.deepEqual({ cost, skills: skills.toSorted((a, b) => a - b) }, best);
  assert.deepEqual({ lowerBound, isOptimal }, { lowerBound: best.cost, isOptimal: true });
  const have = new Set(asked.question.known);
  const stageOf = new Map(skills.map((skill, at) => [skill, stages[at]!]));
  for (const [at, skill] of skills.entries()) {
    const { requirement } = asked.owners[skill]!;
    assert.ok(isMet(requirement, (other) => have.has(other)) && !have.has(skill));
    const isOpenAt = (stage: number) =>
      isMet(requirement, (other) => asked.question.known.includes(other) || stageOf.get(other)! < stage);
    const stage = stages[at]!;
    assert.ok(isOpenAt(stage) && (stage === 0 || !isOpenAt(stage - 1)));
    have.add(skill);
  }
}

/** When a requirement is met, if its skills are learned at these times; infinite when it never is. */
function metAt(requirement: Requirement<number> | undefined, at: ReadonlyMap<number, number>): number {
  if (requirement === undefined) return 0;
  if (!isGroup(requirement)) return at.get(requirement.skill) ?? Number.POSITIVE_INFINITY;
  const times = requirement.of.map((member) => metAt(member, at)).sort((a, b) => a - b);
  return requirement.atLeast === 0 ? 0 : times[requirement.atLeast - 1]!;
}

/** The critical path of the cheapest path: as long as everything takes when each skill is learned as soon as it can be. */
export function compareCriticalPath({ graph, owners, question }: AskedGraph): void {
  const path = solveLearningPath(graph, question);
  if (path.kind !== "path") return;
  // Of what is not learned, what can be learned first comes next: nothing that comes later can open it sooner.
  const times = new Map(question.known.map((skill) => [skill, 0]));
  const left = new Set(path.skills);
  while (left.size > 0) {
    const [next, time] = [...left]
      .map((skill) => [skill, metAt(owners[skill]!.requirement, times) + owners[skill]!.cost] as const)
      .reduce((first, other) => (other[1] < first[1] ? other : first));
    assert.ok(time < Number.POSITIVE_INFINITY);
    times.set(next, time);
    left.delete(next);
  }
  const { cost, skills } = criticalPath(graph, path.skills, question.known);
  assert.equal(cost, Math.max(0, ...times.values()));
  assert.equal(
    skills.reduce((sum, skill) => sum + owners[skill]!.cost, 0),
    cost,
  );
}

/** What every way to a skill needs: without it, the skill cannot be learned. */
export function compareNecessary(asked: AskedGraph): void {
  const [skill] = asked.question.goals.filter((goal) => goal < asked.skillCount);
  if (skill === undefined || !reachable(asked).has(skill)) return;
  const all = Array.from({ length: asked.skillCount }, (_, other) => other);
  const needed = all.filter(
    (other) => other !== skill && !reachable(asked, [], (each) => each !== other).has(skill),
  );
  const found = [...necessaryPrerequisites(asked.graph, [skill]).skills].sort((a, b) => a - b);
  assert.deepEqual(found, needed);
}

const COMPARISONS = {
  path: comparePath,
  alternatives: (asked: AskedGraph) => void compareAlternatives(asked),
  criticalPath: compareCriticalPath,
  necessary: compareNecessary,
};

/** How many graphs are drawn at once. */
const DRAWN = 200;

/** How a comparison of some graphs has ended: each difference in a line, with the graph that shows it. */
export interface Compared {
  readonly graphs: number;
  readonly answers: number;
  readonly differences: readonly string[];
}

/** Compares all answers on this many random graphs, equal ones for equal numbers. */
export function compareGraphs(count: number): Compared {
  const differences: string[] = [];
  const arbitrary = fc.oneof(askedGraph(7), choiceQuestion(7), interlockedQuestion(7));
  let graphs = 0;
  for (let seed = 1; graphs < count; seed++)
    for (const asked of fc.sample(arbitrary, { numRuns: Math.min(DRAWN, count - graphs), seed })) {
      graphs++;
      for (const [name, compare] of Object.entries(COMPARISONS))
        try {
          compare(asked);
        } catch (error) {
          const { owners, question } = asked;
          differences.push(`${name}: ${error} in ${JSON.stringify({ owners, question })}`);
        }
    }
  return { graphs, answers: graphs * Object.keys(COMPARISONS).length, differences };
}
