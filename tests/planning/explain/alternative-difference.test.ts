import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alternativeDifferencesSearch } from "../../../src/planning/explain/alternative-difference.ts";
import type { PathQuestion } from "../../../src/planning/path-question.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { allOf, anyOf, atLeast, graphOf, type WrittenGraph } from "../../support/graphs.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { rejectedAlternatives, solveLearningPath } from "../../support/solve.ts";

function differences(written: WrittenGraph, asked: Partial<PathQuestion>): string[] {
  const { graph, slugsOf } = written;
  const question = { goals: [], known: [], choose: [], avoid: [], ...asked };
  const path = solveLearningPath(graph, question);
  if (path.kind === "unreachable") throw new Error("expected a path");
  const alternatives = rejectedAlternatives(graph, question, path);
  return runToEnd(alternativeDifferencesSearch(graph, question, path, alternatives)).flatMap((list, step) =>
    list.map((difference, at) => {
      const { skills } = alternatives[step]![at]!;
      const change = difference
        ? `+${slugsOf(difference.added)} -${slugsOf(difference.dropped)} ${difference.extraCost}`
        : "no way";
      return `${slugsOf(skills)} for ${slugsOf([path.skills[step]!])}: ${change}`;
    }),
  );
}

describe("alternativeDifferencesSearch", () => {
  it("says what else changes, for branches of several skills too", () => {
    /** shop = (python | (java & maven) | 2 of (ruby, gem, rake)) & (django for python …) */
    const written = graphOf(
      {
        python: [],
        java: [],
        maven: "java",
        ruby: [],
        gem: "ruby",
        rake: "ruby",
        web: anyOf("python", "java", "ruby"),
      },
      {
        others: {
          shop: ["web", anyOf("python", allOf("java", "maven"), atLeast(2, "gem", "rake", "ruby"))],
        },
        costs: { python: 500, java: 800, ruby: 600, gem: 150, rake: 120 },
      },
    );
    const goals = written.indices("shop");
    expect(differences(written, { goals })).toEqual([
      "java for python: +java,maven -python 400",
      "ruby for python: +ruby,rake -python 220",
      "java,maven for python: +java,maven -python 400",
      "gem,rake,ruby for python: +ruby,rake -python 220",
    ]);
    // A chosen step is priced as if it had not been chosen.
    expect(differences(written, { goals, choose: written.indices("java") })).toContain(
      "python for java: +python -java,maven -400",
    );
  });

  it("agrees with the price of each alternative, and its skills make up the difference", () => {
    let compared = 0;
    fc.assert(
      fc.property(choiceQuestion(8), ({ graph, question }) => {
        const path = solveLearningPath(graph, question);
        if (path.kind === "unreachable") return;
        const alternatives = rejectedAlternatives(graph, question, path);
        const found = runToEnd(alternativeDifferencesSearch(graph, question, path, alternatives));
        const costOf = (skills: readonly number[]) =>
          skills.reduce((sum, skill) => sum + graph.cost[skill]!, 0);
        for (const [step, list] of alternatives.entries())
          for (const [at, { extraCost }] of list.entries()) {
            const difference = found[step]![at];
            expect(difference?.extraCost).toBe(extraCost);
            if (difference === undefined) continue;
            compared++;
            const { added, dropped } = difference;
            expect(dropped).toContain(path.skills[step]);
            expect(path.skills.filter((skill) => added.includes(skill))).toEqual([]);
            expect(added.every((skill) => skill < graph.skillCount)).toBe(true);
            expect(costOf(added) - costOf(dropped)).toBe(extraCost);
          }
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(50);
  });
});
