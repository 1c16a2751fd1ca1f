import { describe, expect, test } from "vitest";
import { preferences } from "../../../src/planning/explain/preferences.ts";
import type { PathQuestion } from "../../../src/planning/path-question.ts";
import { anyOf, graphOf } from "../../support/graphs.ts";
import { rejectedAlternatives, solveLearningPath } from "../../support/solve.ts";

/**
 * Two ways that take ten hours, in one or two steps, and one that takes twelve.
 * ```
 * a ────┐
 * b ────┤
 * c ─ d ┴ | ─ goal
 * e ────┘
 * ```
 */
const written = graphOf(
  { a: [], b: [], c: [], d: "c", e: [] },
  { others: { goal: anyOf("a", "b", "d", "e") }, costs: { a: 1000, b: 1000, c: 600, d: 400, e: 1200 } },
);
type Figures = Readonly<Record<string, number>>;

/** What is taken, and why not the others. */
function decisions(merits: readonly Figures[], asked: Partial<PathQuestion> = {}): string {
  const of = (figures: Figures) => Int32Array.from("abcde", (slug) => figures[slug] ?? 0);
  const graph = { ...written.graph, merits: merits.map(of) };
  const question = { goals: written.indices("goal"), known: [], choose: [], avoid: [], ...asked };
  const path = solveLearningPath(graph, question);
  if (path.kind !== "path") throw new Error("expected a path");
  const reasons = rejectedAlternatives(graph, question, path).flatMap((alternatives) =>
    preferences(graph, alternatives).map(({ at, by, taken, passedOver }) => {
      const figures = [taken, passedOver].map(({ merits, steps }) => [...merits, steps].join(" "));
      return `${written.slugsOf(alternatives[at]!.skills)} by ${by}: ${figures.join(" to ")}`;
    }),
  );
  return [written.slugsOf(path.skills).join(" "), ...reasons].join("; ");
}

describe("what decides between ways that cost the same", () => {
  test("is the order of skills, after the number of steps, where nothing else is known", () => {
    expect(decisions([])).toBe("a; b by ORDER: 1 to 1; d,c by STEPS: 1 to 2");
  });

  test("is the first merit, on average over the cost, however many steps that is", () => {
    expect(decisions([{ b: 3 }])).toBe("b; a by 0: 3 1 to 0 1; d,c by 0: 3 1 to 0 2");
    expect(decisions([{ a: 3, b: 3, c: 4, d: 2 }])).toContain("c d; a by 0: 3.2 2 to 3 1");
    expect(decisions([{ a: 3, b: 3, c: 3, d: 3 }])).toBe(
      "a; b by ORDER: 3 1 to 3 1; d,c by STEPS: 3 1 to 3 2",
    );
  });

  test("is the second where the first is equal", () => {
    expect(
      decisions([
        { a: 1, b: 1 },
        { b: 1, c: 9, d: 9 },
      ]),
    ).toBe("b; a by 1: 1 1 1 to 1 0 1; d,c by 0: 1 1 1 to 0 9 2");
  });

  test("is never a merit where a way costs more", () => {
    expect(decisions([{ e: 100 }])).toBe("a; b by ORDER: 0 1 to 0 1; d,c by STEPS: 0 1 to 0 2");
  });
});
