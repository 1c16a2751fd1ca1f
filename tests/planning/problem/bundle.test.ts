import { expect, test } from "vitest";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import { allOf, anyOf, skill } from "../../../src/graph/model/requirement.ts";
import { costBound } from "../../../src/planning/problem/choice-problem.ts";
import { choicesOf } from "../../../src/planning/problem/split.ts";

/**
 * ```
 * 0 ── 1 ── 2 ─┐
 *              any of ── goal 4
 *           3 ─┘
 * ```
 */
const owners = [
  { cost: 50, requirement: undefined },
  { cost: 150, requirement: skill(0) },
  { cost: 100, requirement: allOf(skill(1)) },
  { cost: 400, requirement: undefined },
  { cost: 0, requirement: anyOf(skill(2), skill(3)) },
];
const graph = buildPrerequisiteGraph(4, owners);
const subproblem = choicesOf(graph, { goals: [4], known: [], choose: [], avoid: [] })!.subproblems[0]!;
const { problem } = subproblem;
const node = (skill: number) => subproblem.nodeOf(skill)!;

test("what a single other needs is bundled with it", () => {
  expect([0, 1, 2, 3].map((skill) => subproblem.standsFor(node(skill)))).toEqual(
    [2, 2, 2, 3].map((skill) => node(skill)),
  );
  expect(subproblem.skillsOf([node(2)]).sort()).toEqual([0, 1, 2]);
  expect(subproblem.skillsIn(new Set([0, 2, 3])).sort()).toEqual([0, 2, 3]);
});

test("weights put costs before steps, in units of what all costs have in common", () => {
  expect(problem).toMatchObject({ rest: 4, unit: 5, costUnit: 50 });
  expect([0, 1, 2, 3].map((skill) => problem.weight[node(skill)])).toEqual([0, 0, 6 * 5 + 3, 8 * 5 + 1]);
  expect(problem.preference).toEqual([node(2), node(3)]);
});

test("a bound on weights bounds costs, whatever the number of steps", () => {
  expect(costBound(problem, 6 * 5 + 3)).toBe(300);
  // Only a plan of more than 300 weighs more than 6 units and the most steps that there can be.
  expect(costBound(problem, 6 * 5 + 4)).toBe(300);
  expect(costBound(problem, 6 * 5 + 5)).toBe(350);
  expect(costBound(problem, 0)).toBe(0);
});
