import fc from "fast-check";
import { expect, test } from "vitest";
import { loopCuts, metBy } from "../../../src/planning/exact/loop-cuts.ts";
import type { ChoiceProblem } from "../../../src/planning/problem/choice-problem.ts";
import { choicesOf } from "../../../src/planning/problem/open-choices.ts";
import { type AskedGraph, askedGraph, interlockedQuestion } from "../../support/random-questions.ts";

const problemsOf = ({ graph, question }: AskedGraph): ChoiceProblem[] =>
  choicesOf(graph, question)?.parts.map((part) => part.problem) ?? [];

/** Every choice of the nodes with weight, as long as there are few. */
function* choices({ nodeCount, weight }: ChoiceProblem): Generator<Uint8Array> {
  const nodes = Array.from({ length: nodeCount }, (_, v) => v).filter((v) => weight[v]! > 0);
  for (let mask = 0; mask < 1 << nodes.length; mask++) {
    const isTaken = new Uint8Array(nodeCount);
    for (const [bit, v] of nodes.entries()) isTaken[v] = (mask >> bit) & 1;
    yield isTaken;
  }
}

const meets = (problem: ChoiceProblem, isTaken: Uint8Array) => {
  const isMet = metBy(problem, isTaken);
  return problem.goals.every((goal) => isMet[goal] === 1);
};

test("cuts exclude the choice that they are made for, and no choice that meets the goals", () => {
  let cutCount = 0;
  fc.assert(
    fc.property(
      fc.oneof(askedGraph(6), interlockedQuestion(6)),
      fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
      (asked, flags) => {
        for (const problem of problemsOf(asked)) {
          const isTaken = Uint8Array.from(problem.weight, (weight, v) => (weight > 0 && flags[v] ? 1 : 0));
          const cuts = loopCuts(problem, isTaken);
          expect(cuts.length === 0).toBe(meets(problem, isTaken));
          for (const { indices, values, lower } of cuts) {
            cutCount++;
            const sum = (of: Uint8Array) => indices.reduce((total, v, at) => total + values[at]! * of[v]!, 0);
            expect(sum(isTaken)).toBeLessThan(lower);
            for (const other of choices(problem))
              if (meets(problem, other)) expect(sum(other)).toBeGreaterThanOrEqual(lower);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(cutCount).toBeGreaterThan(200);
});
