import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareRolesSearch,
  MAX_COMPARED_ROLES,
  overlapOf,
} from "../../../src/planning/scenarios/compare-roles.ts";
import { bruteForcePath } from "../../support/brute-force-path.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { anyOf, graphOf } from "../../support/graphs.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { solveLearningPath } from "../../support/solve.ts";

describe("compareRolesSearch", () => {
  it("compares each with each, as trying everything does", () => {
    fc.assert(
      fc.property(choiceQuestion(7), fc.nat({ max: 6 }), (asked, other) => {
        const { graph, skillCount } = asked;
        fc.pre(other < skillCount);
        const comparison = runToEnd(compareRolesSearch(graph, [skillCount, other]));
        const ask = (goals: readonly number[], known: readonly number[] = []) =>
          bruteForcePath({ ...asked, question: { goals, known, choose: [], avoid: [] } });
        if (comparison.kind === "unreachable") {
          expect(ask([skillCount]) === undefined || ask([other]) === undefined).toBe(true);
          return;
        }
        const [first, second] = comparison.roles;
        const [pair] = comparison.pairs;
        expect([first!.path.cost, second!.path.cost]).toEqual([ask([skillCount])!.cost, ask([other])!.cost]);
        expect(pair!.firstToSecond.cost).toBe(ask([other], first!.path.skills)!.cost);
        expect(pair!.secondToFirst.cost).toBe(ask([skillCount], second!.path.skills)!.cost);
        expect(pair!.costOfBoth).toBe(ask([skillCount, other])!.cost);
        expect(pair!.costOfBoth).toBeLessThanOrEqual(first!.path.cost + pair!.firstToSecond.cost);
        expect(comparison.shared).toEqual(pair!.cheapest.shared);
        expect([first!.distinct, second!.distinct]).toEqual([
          pair!.cheapest.onlyFirst,
          pair!.cheapest.onlySecond,
        ]);
      }),
      { numRuns: 80 },
    );
  });

  it("tells what roles share whatever one chooses from what their cheapest ways share", () => {
    const { graph, indices } = graphOf(
      { git: [], http: [], python: [], ruby: [], sql: [] },
      {
        others: { backend: ["git", "http", anyOf("python", "ruby")], data: ["git", "sql", "python"] },
        costs: { ruby: 300 },
      },
    );
    const comparison = runToEnd(compareRolesSearch(graph, indices("backend", "data")));
    if (comparison.kind === "unreachable") throw new Error("expected a comparison");
    const [pair] = comparison.pairs;
    expect(pair!.necessary).toEqual({
      shared: indices("git"),
      onlyFirst: indices("http"),
      onlySecond: indices("python", "sql"),
      bySkills: 1 / 4,
      byHours: 1 / 4,
    });
    expect(pair!.cheapest.shared).toEqual(indices("git", "python"));
    expect(comparison.roles.map(({ distinct }) => distinct)).toEqual([indices("http"), indices("sql")]);
    expect(pair!.firstToSecond).toEqual(
      solveLearningPath(graph, {
        goals: indices("data"),
        known: indices("git", "http", "python"),
        choose: [],
        avoid: [],
      }),
    );
  });

  it("refuses one role, twice the same, and too many", () => {
    const { graph } = graphOf({ a: [] });
    for (const roles of [[], [0], [0, 0], Array.from({ length: MAX_COMPARED_ROLES + 1 }, (_, at) => at)])
      expect(() => runToEnd(compareRolesSearch(graph, roles))).toThrow("different roles to compare");
  });
});

describe("overlapOf", () => {
  it("parts two sets, and is 1 exactly for equal ones", () => {
    const { graph } = graphOf({ a: [], b: [], c: [], d: [] }, { costs: { a: 10, b: 20, c: 30, d: 40 } });
    const set = fc.subarray([0, 1, 2, 3]);
    fc.assert(
      fc.property(set, set, (first, second) => {
        const overlap = overlapOf(graph, first, second);
        expect([...overlap.shared, ...overlap.onlyFirst].sort()).toEqual(first);
        expect([...overlap.shared, ...overlap.onlySecond].sort()).toEqual(second);
        expect(overlap.shared.every((skill) => first.includes(skill) && second.includes(skill))).toBe(true);
        expect(overlap.bySkills === 1).toBe(first.join() === second.join());
        expect(overlap.byHours === 1).toBe(first.join() === second.join());
        expect(overlapOf(graph, second, first).byHours).toBe(overlap.byHours);
      }),
    );
    expect(overlapOf(graph, [0, 1], [1, 2])).toMatchObject({ bySkills: 1 / 3, byHours: 20 / 60 });
  });
});
