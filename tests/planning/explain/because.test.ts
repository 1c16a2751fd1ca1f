import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepReasons } from "../../../src/planning/explain/because.ts";
import type { PathQuestion } from "../../../src/planning/path-question.ts";
import { isMet } from "../../support/brute-force-path.ts";
import { django, type WrittenGraph } from "../../support/graphs.ts";
import { askedGraph } from "../../support/random-questions.ts";
import { solveLearningPath } from "../../support/solve.ts";

function reasons(written: WrittenGraph, asked: Partial<PathQuestion>): string[] {
  const question = { goals: [], known: [], choose: [], avoid: [], ...asked };
  const path = solveLearningPath(written.graph, question);
  if (path.kind !== "path") throw new Error("expected a path");
  return stepReasons(written.graph, question, path).map(
    ({ goals, requiredBy }, at) =>
      `${written.slugsOf([path.skills[at]!])}: ${written.slugsOf(requiredBy)} for ${written.slugsOf(goals)}`,
  );
}

describe("stepReasons", () => {
  it("names whose requirement counts a step and which goals stand behind that", () => {
    const written = django();
    expect(reasons(written, { goals: written.indices("blog", "backend") })).toMatchInlineSnapshot(`
      [
        "python: django for blog",
        "http: django,backend for blog,backend",
        "sql: mysql for blog",
        "mysql: django for blog",
        "django: blog for blog",
        "git: blog,backend for blog,backend",
      ]
    `);
  });

  it("gives every step a goal, and every owner steps that meet its requirement", () => {
    fc.assert(
      fc.property(askedGraph(9), ({ graph, question, owners, skillCount }) => {
        const path = solveLearningPath(graph, question);
        if (path.kind !== "path") return;
        const asked = [...question.goals, ...question.choose];
        const all = stepReasons(graph, question, path);
        const countedBy = new Map<number, Set<number>>();
        all.forEach(({ goals, requiredBy }, at) => {
          const step = path.skills[at]!;
          expect(goals.length).toBeGreaterThan(0);
          for (const goal of goals) expect(asked).toContain(goal);
          expect(goals.includes(step)).toBe(asked.includes(step));
          if (!asked.includes(step)) expect(requiredBy.length).toBeGreaterThan(0);
          for (const owner of requiredBy) {
            if (owner < skillCount) expect(path.skills.indexOf(owner)).toBeGreaterThan(at);
            else expect(question.goals).toContain(owner);
            countedBy.set(owner, (countedBy.get(owner) ?? new Set()).add(step));
          }
        });
        for (const owner of [...path.skills, ...question.goals.filter((goal) => goal >= skillCount)]) {
          const counted = countedBy.get(owner) ?? new Set();
          const enough = isMet(
            owners[owner]!.requirement,
            (s) => question.known.includes(s) || counted.has(s),
          );
          expect(enough).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
