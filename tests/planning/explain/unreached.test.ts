import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PathQuestion } from "../../../src/planning/path-question.ts";
import { bruteForcePath } from "../../support/brute-force-path.ts";
import { django, graphOf, illegalLoop, type WrittenGraph } from "../../support/graphs.ts";
import { askedGraph } from "../../support/random-questions.ts";
import { solveLearningPath } from "../../support/solve.ts";

function missing(written: WrittenGraph, asked: Partial<PathQuestion>): string[] {
  const answer = solveLearningPath(written.graph, { goals: [], known: [], choose: [], avoid: [], ...asked });
  if (answer.kind === "path") throw new Error("expected no path");
  return answer.unreached.map(({ goal, missing: skills }) => {
    const named = skills.map(({ skill, cause }) => `${written.slugsOf([skill])} ${cause}`);
    return `${written.slugsOf([goal])}: ${named.join(", ")}`;
  });
}

describe("explainUnreached", () => {
  it("blames what is avoided, however far below the goal", () => {
    const written = django();
    const { indices } = written;
    expect(missing(written, { goals: indices("blog"), avoid: indices("sql") })).toEqual([
      "blog: sql AVOIDED",
    ]);
    expect(missing(written, { goals: indices("blog"), avoid: indices("mysql", "postgresql") })).toEqual([
      "blog: mysql AVOIDED, postgresql AVOIDED",
    ]);
    expect(missing(written, { goals: indices("git", "django"), avoid: indices("git") })).toEqual([
      "git: git AVOIDED",
    ]);
  });

  it("does not blame what is avoided but known, nor what an alternative replaces", () => {
    const written = django();
    const { indices } = written;
    const asked = { goals: indices("blog"), avoid: indices("git", "mysql", "python"), known: indices("git") };
    expect(missing(written, asked)).toEqual(["blog: python AVOIDED"]);
  });

  it("names the loop when nothing avoided is to blame", () => {
    const written = illegalLoop();
    expect(missing(written, { goals: written.indices("d", "free") })).toEqual([
      "d: a UNMET, b UNMET, c UNMET",
    ]);
  });

  it("says every unreached goal of several, chosen ones included", () => {
    const written = graphOf({ a: [], b: "a", c: "a" });
    const { indices } = written;
    expect(missing(written, { goals: indices("b"), choose: indices("c"), avoid: indices("a") })).toEqual([
      "b: a AVOIDED",
      "c: a AVOIDED",
    ]);
  });

  it("names something for each goal that trying every set of skills cannot reach, and only for those", () => {
    fc.assert(
      fc.property(askedGraph(8), (asked) => {
        const { graph, question, skillCount } = asked;
        const answer = solveLearningPath(graph, question);
        const each = [...new Set([...question.goals, ...question.choose])];
        const hopeless = each.filter(
          (goal) =>
            bruteForcePath({ ...asked, question: { ...question, goals: [goal], choose: [] } }) === undefined,
        );
        expect(answer.kind === "path").toBe(hopeless.length === 0);
        if (answer.kind === "path") return;
        expect(answer.unreached.map(({ goal }) => goal).sort()).toEqual(hopeless.sort());
        for (const { missing: skills } of answer.unreached) {
          expect(skills.length).toBeGreaterThan(0);
          for (const { skill, cause } of skills) {
            expect(skill).toBeLessThan(skillCount);
            expect(cause === "AVOIDED").toBe(question.avoid.includes(skill));
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
