import fc from "fast-check";
import { expect, test } from "vitest";
import type { PrerequisiteGraph } from "../../../src/graph/model/prerequisite-graph.ts";
import type { PathQuestion } from "../../../src/planning/path-question.ts";
import { choicesOf } from "../../../src/planning/problem/split.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { hardGraphs } from "../../support/hard-graphs.ts";
import { interlockedQuestion, withMerits } from "../../support/random-questions.ts";
import { rejectedAlternatives, solveLearningPath } from "../../support/solve.ts";

function answer(graph: PrerequisiteGraph, question: PathQuestion, maxWork: number) {
  const path = solveLearningPath(graph, question, { maxWork });
  if (path.kind === "unreachable") return path;
  return { path, alternatives: rejectedAlternatives(graph, question, path, { maxWork }) };
}

const known = fc.array(fc.integer({ min: 0, max: 11 }), { maxLength: 2 });
const maxWork = fc.constantFrom(0, 30, 100, 300, 1_000, 10_000, 1_000_000);

test("answers do not depend on what was asked before, whatever the budget", () => {
  const asked = fc.oneof(choiceQuestion(12), interlockedQuestion(12), withMerits(interlockedQuestion(12)));
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
  expect(first!.subproblems.length).toBeGreaterThan(0);
  expect(again).not.toBe(first);
  first!.subproblems.forEach((part, at) => {
    expect(again!.subproblems[at]).toBe(part);
  });
  expect(choicesOf({ ...graph }, question)!.subproblems[0]).not.toBe(first!.subproblems[0]);
});
