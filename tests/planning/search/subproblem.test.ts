import fc from "fast-check";
import { expect, test } from "vitest";
import type { PrerequisiteGraph } from "../../../src/graph/model/prerequisite-graph.ts";
import { rejectedAlternatives } from "../../../src/planning/explain/alternatives.ts";
import { solveLearningPath } from "../../../src/planning/learning-path.ts";
import type { PathQuestion } from "../../../src/planning/path-question.ts";
import { choicesOf } from "../../../src/planning/problem/split.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { hardGraphs } from "../../support/hard-graphs.ts";
import { interlockedQuestion } from "../../support/random-questions.ts";

function answer(graph: PrerequisiteGraph, question: PathQuestion, maxWork: number) {
  const path = solveLearningPath(graph, question, { maxWork });
  if (path.kind === "unreachable") return path;
  return { path, alternatives: rejectedAlternatives(graph, question, path, { maxWork }) };
}

const known = fc.array(fc.integer({ min: 0, max: 11 }), { maxLength: 2 });
const maxWork = fc.constantFrom(0, 30, 100, 300, 1_000, 10_000, 1_000_000);

test("answers do not depend on what was asked before, whatever the budget", () => {
  const asked = fc.oneof(choiceQuestion(12), interlockedQuestion(12));
  const learners = fc.array(fc.tuple(known, maxWork), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(asked, learners, ({ graph, question }, learners) => {
      for (const [known, maxWork] of learners) {
        const own = { ...question, known: [...question.known, ...known] };
        // Nothing is remembered for a copy.
        expect(answer(graph, own, maxWork)).toEqual(answer({ ...graph }, own, maxWork));
      }
    }),
    { numRuns: 1_000 },
  );
});

test("equal choices of different learners are one object, those of another graph are not", () => {
  const { graph, goal } = hardGraphs()[0]!;
  const question = { goals: [goal], known: [], choose: [], avoid: [] };
  const first = choicesOf(graph, question);
  const again = choicesOf(graph, { ...question });
  expect(first!.parts.length).toBeGreaterThan(0);
  expect(again).not.toBe(first);
  first!.parts.forEach((part, at) => {
    expect(again!.parts[at]).toBe(part);
  });
  expect(choicesOf({ ...graph }, question)!.parts[0]).not.toBe(first!.parts[0]);
});
