import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { learningStages, leastTime } from "../../../src/planning/time/learning-stages.ts";
import { isMet } from "../../support/brute-force-path.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { chain } from "../../support/graphs.ts";
import { solveLearningPath } from "../../support/solve.ts";

describe("learningStages", () => {
  it("groups steps that wait only for earlier stages, and bounds how fast anybody can be", () => {
    fc.assert(
      fc.property(
        choiceQuestion(9),
        fc.integer({ min: 1, max: 4 }),
        ({ graph, question, owners }, people) => {
          const path = solveLearningPath(graph, question);
          if (path.kind === "unreachable") return;
          const { stages, criticalPath } = learningStages(graph, path, question.known);
          expect(stages.flatMap(({ skills }) => skills).sort()).toEqual([...path.skills].sort());
          expect(stages.reduce((sum, { cost }) => sum + cost, 0)).toBe(path.cost);
          const had = new Set(question.known);
          for (const stage of stages) {
            expect(stage.skills.length).toBeGreaterThan(0);
            for (const skill of stage.skills)
              expect(isMet(owners[skill]!.requirement, (other) => had.has(other))).toBe(true);
            for (const skill of stage.skills) had.add(skill);
            expect(stage.longest).toBe(Math.max(...stage.skills.map((skill) => owners[skill]!.cost)));
          }
          const oneByOne = stages.reduce((sum, { longest }) => sum + longest, 0);
          expect(criticalPath.cost).toBeLessThanOrEqual(oneByOne);

          // Whoever is free takes the next step that is ready: never below the bound, never twice as long.
          const bound = leastTime(path, criticalPath, people);
          const taken = inTurns(
            path.skills,
            people,
            (skill) => owners[skill]!.cost,
            (skill, done) =>
              isMet(owners[skill]!.requirement, (other) => done.has(other) || question.known.includes(other)),
          );
          expect(taken).toBeGreaterThanOrEqual(bound);
          expect(taken).toBeLessThanOrEqual(2 * bound);
          expect(leastTime(path, criticalPath, 1)).toBe(path.cost);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("needs somebody to learn", () => {
    const { graph, index } = chain();
    const path = solveLearningPath(graph, { goals: [index("d")], known: [], choose: [], avoid: [] });
    if (path.kind === "unreachable") throw new Error("expected a path");
    const { criticalPath } = learningStages(graph, path, []);
    expect(leastTime(path, criticalPath, 7)).toBe(400);
    for (const people of [0, -1, 1.5])
      expect(() => leastTime(path, criticalPath, people)).toThrow(RangeError);
  });
});

/** How long so many people take when each that is free takes the first step that is ready. */
function inTurns(
  steps: readonly number[],
  people: number,
  costOf: (skill: number) => number,
  isReady: (skill: number, done: ReadonlySet<number>) => boolean,
): number {
  const waiting = [...steps];
  const done = new Set<number>();
  let running: { skill: number; end: number }[] = [];
  let now = 0;
  while (waiting.length > 0 || running.length > 0) {
    for (let at = 0; at < waiting.length && running.length < people; ) {
      const skill = waiting[at]!;
      if (!isReady(skill, done)) at++;
      else {
        waiting.splice(at, 1);
        running.push({ skill, end: now + costOf(skill) });
      }
    }
    now = Math.min(...running.map(({ end }) => end));
    for (const { skill, end } of running) if (end === now) done.add(skill);
    running = running.filter(({ end }) => end > now);
  }
  return now;
}
