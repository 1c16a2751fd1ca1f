import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutSkills } from "../../../src/graph/model/requirement.ts";
import { MAX_SENSITIVITY_SEARCHES } from "../../../src/planning/limits.ts";
import { type Sensitivity, sensitivitySearch } from "../../../src/planning/scenarios/sensitivity.ts";
import { bruteForcePath } from "../../support/brute-force-path.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { anyOf, graphOf } from "../../support/graphs.ts";
import { leavesOf } from "../../support/random-graph.ts";
import type { AskedGraph } from "../../support/random-questions.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { solveLearningPath } from "../../support/solve.ts";

/** ```
 * python 8 → django 5 ─┐
 * java 12 → spring 3  ─┼→ backend = git 1 & (django | spring)
 * ruby 30             ─┘           | ruby
 * ``` */
const backend = () =>
  graphOf(
    { django: "python", git: [], java: [], python: [], ruby: [], spring: "java" },
    {
      others: { backend: ["git", anyOf("django", "spring", "ruby")] },
      costs: { python: 800, django: 500, java: 1200, spring: 300, ruby: 3000, git: 100 },
    },
  );

function sensitivityOf(...asked: Parameters<typeof sensitivitySearch>): Sensitivity {
  const answer = runToEnd(sensitivitySearch(...asked));
  if (answer.kind === "unreachable") throw new Error("expected a path");
  return answer;
}

/** The cost of a set of skills. */
const costOf = (skills: readonly number[], costs: (skill: number) => number) =>
  skills.reduce((sum, skill) => sum + costs(skill), 0);

/** The least cost when a skill takes other hours. */
function bestWith(asked: AskedGraph, skill: number, cost: number): number {
  const owners = asked.owners.map((owner, at) => (at === skill ? { ...owner, cost } : owner));
  return bruteForcePath({ ...asked, owners })!.cost;
}

describe("sensitivitySearch", () => {
  it("says how far hours may move, and what each prerequisite costs", () => {
    const { graph, index, slugsOf } = backend();
    const question = { goals: [index("backend")], known: [], choose: [], avoid: [] };
    const { hours, prerequisites, isComplete } = sensitivityOf(graph, question);
    const named = (skills: readonly number[]) => slugsOf(skills).sort().join();
    expect(
      hours.map(({ skill, changesAt, difference: { added, dropped } }) => [
        named([skill]),
        changesAt,
        `${named(dropped)} → ${named(added)}`,
      ]),
    ).toEqual([
      ["django", 700, "django,python → java,spring"],
      ["java", 1000, "django,python → java,spring"],
      ["python", 1000, "django,python → java,spring"],
      ["spring", 100, "django,python → java,spring"],
      ["ruby", 1300, "django,python → ruby"],
    ]);
    expect(
      prerequisites.map(({ prerequisite, owner, difference: { added, dropped, extraCost } }) => [
        named([prerequisite, owner]),
        extraCost,
        `${named(dropped)} → ${named(added)}`,
      ]),
    ).toEqual([
      ["java,spring", -1000, "django,python → spring"],
      ["django,python", -800, "python → "],
      ["backend,django", 200, "django,python → java,spring"],
      ["backend,git", -100, "git → "],
    ]);
    expect(isComplete).toBe(true);
  });

  it("is exact, and lists all that changes the path", () => {
    fc.assert(
      fc.property(choiceQuestion(7), (asked) => {
        const { graph, question, owners, skillCount } = asked;
        const answer = runToEnd(sensitivitySearch(graph, question));
        if (answer.kind === "unreachable") {
          expect(bruteForcePath(asked)).toBeUndefined();
          return;
        }
        const { best, hours, prerequisites } = answer;
        expect(best).toEqual(solveLearningPath(graph, question));
        expect(answer.isComplete).toBe(true);

        const listed = new Map(hours.map((change) => [change.skill, change]));
        for (let skill = 0; skill < skillCount; skill++) {
          const isStep = best.skills.includes(skill);
          const at = (cost: number) => (other: number) => (other === skill ? cost : owners[other]!.cost);
          const change = listed.get(skill);
          if (change === undefined) {
            const extreme = isStep ? 1_000_000 : 0;
            expect(bestWith(asked, skill, extreme)).toBe(costOf(best.skills, at(extreme)));
            continue;
          }
          const { changesAt, difference } = change;
          const { added, dropped } = difference;
          const other = [...best.skills.filter((step) => !dropped.includes(step)), ...added];
          expect(other.includes(skill)).toBe(!isStep);
          for (const path of [best.skills, other])
            expect(bestWith(asked, skill, changesAt)).toBe(costOf(path, at(changesAt)));
          const beyond = changesAt + (isStep ? 1 : -1);
          expect(bestWith(asked, skill, beyond)).toBe(costOf(other, at(beyond)));
          expect(bestWith(asked, skill, beyond)).toBeLessThan(costOf(best.skills, at(beyond)));
        }

        const extras = new Map(
          prerequisites.map(({ owner, prerequisite, difference }) => [
            `${owner}:${prerequisite}`,
            difference.extraCost,
          ]),
        );
        const found = new Set<string>();
        const canBeTaken = (owner: number) =>
          owner >= skillCount ||
          bruteForcePath({ ...asked, question: { ...question, choose: [...question.choose, owner] } });
        for (const [owner, { requirement }] of owners.entries()) {
          if (!canBeTaken(owner)) continue;
          for (const named of requirement === undefined ? [] : leavesOf(requirement)) {
            if (question.known.includes(named)) continue;
            const without = withoutSkills(requirement!, new Set([named]));
            const changed = owners.map((one, at) => (at === owner ? { ...one, requirement: without } : one));
            const then = bruteForcePath({ ...asked, owners: changed })?.cost;
            const extra = extras.get(`${owner}:${named}`);
            if (extra !== undefined) expect(then).toBe(best.cost + extra);
            // What puts the goals out of reach is not listed.
            else expect([best.cost, undefined]).toContain(then);
            found.add(`${owner}:${named}`);
          }
        }
        expect([...extras.keys()].filter((key) => !found.has(key))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("stops at its limit and says so", () => {
    const pages = Array.from({ length: MAX_SENSITIVITY_SEARCHES + 5 }, (_, at) => `page-${at}`);
    const { graph, index } = graphOf(Object.fromEntries(pages.map((page) => [page, [] as string[]])), {
      others: { book: anyOf(...pages) },
    });
    const question = { goals: [index("book")], known: [], choose: [], avoid: [] };
    const answer = sensitivityOf(graph, question);
    expect(answer.isComplete).toBe(false);
    expect(answer.hours).toHaveLength(MAX_SENSITIVITY_SEARCHES);
  });

  it("leaves the graph as it is", () => {
    const { graph, index } = backend();
    const question = { goals: [index("backend")], known: [], choose: [], avoid: [] };
    const before = structuredClone(graph);
    sensitivityOf(graph, question);
    expect(graph).toEqual(before);
  });
});
