import assert from "node:assert/strict";
import {
  allOf as all,
  type GroupRequirement,
  isGroup,
  type Requirement,
} from "../../src/graph/model/requirement.ts";
import { stepReasons } from "../../src/planning/explain/because.ts";
import { bruteForcePath, isMet } from "./brute-force-path.ts";
import type { AskedGraph } from "./random-questions.ts";
import { rejectedAlternatives, solveLearningPath } from "./solve.ts";

/** The members that a path does without, of the groups around a skill that leave a choice. */
function rejectedMembers(
  requirement: Requirement<number> | undefined,
  skill: number,
  has: (skill: number) => boolean,
): Requirement<number>[] {
  if (requirement === undefined || !isGroup(requirement) || !holds(requirement, skill)) return [];
  const here = leavesChoice(requirement) ? requirement.of.filter((member) => !isMet(member, has)) : [];
  return [...here, ...requirement.of.flatMap((member) => rejectedMembers(member, skill, has))];
}

function leavesChoice({ atLeast, of }: GroupRequirement<number>): boolean {
  return atLeast < of.length;
}

/** Per skill that a branch still needs on some way: the branch, and the members that one chooses on the way to the skill. */
function choicesIn(
  branch: Requirement<number>,
  has: (skill: number) => boolean,
  chosen: readonly Requirement<number>[] = [branch],
): Requirement<number>[][] {
  if (!isGroup(branch)) return [[...chosen]];
  return branch.of
    .filter((member) => !isMet(member, has))
    .flatMap((member) => choicesIn(member, has, leavesChoice(branch) ? [...chosen, member] : chosen));
}

function holds(requirement: Requirement<number>, skill: number): boolean {
  return timesNamed(requirement, skill) > 0;
}

function timesNamed(requirement: Requirement<number>, skill: number): number {
  if (!isGroup(requirement)) return requirement.skill === skill ? 1 : 0;
  return requirement.of.reduce((sum, member) => sum + timesNamed(member, skill), 0);
}

/** The least cost of a path with all of these and without the step, which is not chosen then. */
function leastCostWith(asked: AskedGraph, step: number, wanted: Requirement<number>[]): number | undefined {
  const { question } = asked;
  const choose = question.choose.filter((skill) => skill !== step);
  const avoid = [...question.avoid.filter((skill) => !question.known.includes(skill)), step];
  return bruteForcePath({ ...asked, question: { ...question, choose, avoid } }, all(...wanted))?.cost;
}

/** Whether some skills can be learned one after the other from what is known. */
function isDerivable({ owners, question }: AskedGraph, skills: readonly number[]): boolean {
  const had = new Set(question.known);
  const left = new Set(skills);
  for (const _ of skills)
    for (const skill of left)
      if (isMet(owners[skill]!.requirement, (other) => had.has(other))) {
        had.add(skill);
        left.delete(skill);
      }
  return left.size === 0;
}

/**
 * The alternatives of the cheapest path: each is a path that makes a choice without the step, and costs what the
 * cheapest of all such sets of skills costs. Returns how many have a price.
 */
export function compareAlternatives(asked: AskedGraph): number {
  let priced = 0;
  const { graph, question, owners } = asked;
  const path = solveLearningPath(graph, question);
  if (path.kind !== "path") return 0;
  const has = (skill: number) => question.known.includes(skill) || path.skills.includes(skill);
  const isAvoided = (skill: number) => question.avoid.includes(skill) && !question.known.includes(skill);
  const costOf = (skills: readonly number[]) => skills.reduce((sum, skill) => sum + owners[skill]!.cost, 0);
  const reasons = stepReasons(graph, question, path);
  rejectedAlternatives(graph, question, path).forEach((list, at) => {
    const step = path.skills[at]!;
    const offersOf = (owner: number) =>
      rejectedMembers(owners[owner]!.requirement, step, has).flatMap((branch) => choicesIn(branch, has));
    const solved = list.map((alternative) => {
      const { skills, dropped } = alternative;
      const others = [...path.skills.filter((skill) => !dropped.includes(skill)), ...skills];
      const meets = (wanted: readonly Requirement<number>[]) =>
        isMet(all(...wanted), (skill) => question.known.includes(skill) || others.includes(skill));
      return { ...alternative, others, meets };
    });
    for (const { skill, skills, owner, extraCost, isExact, others, meets } of solved) {
      assert.equal(isExact, true);
      assert.equal(skill, skills[0]);
      assert.deepEqual(
        skills.filter((added) => has(added) || isAvoided(added)),
        [],
      );
      assert.ok(reasons[at]!.requiredBy.includes(owner));
      const costs = offersOf(owner).map((wanted) => leastCostWith(asked, step, wanted));
      if (extraCost === undefined) {
        assert.ok(costs.includes(undefined));
        continue;
      }
      priced++;
      assert.ok(holds(owners[owner]!.requirement!, skill));
      assert.ok(!others.includes(step));
      assert.equal(costOf(others), path.cost + extraCost);
      assert.ok(isDerivable(asked, others));
      for (const goal of [...question.goals, ...question.choose.filter((chosen) => chosen !== step)])
        assert.ok(meets([goal < asked.skillCount ? { skill: goal } : (owners[goal]!.requirement ?? all())]));
      const met = offersOf(owner).filter(meets);
      assert.ok(met.some((wanted) => leastCostWith(asked, step, wanted) === path.cost + extraCost));
    }
    for (const owner of reasons[at]!.requiredBy) {
      if (timesNamed(owners[owner]!.requirement!, step) > 1) continue;
      for (const wanted of offersOf(owner)) {
        const cost = leastCostWith(asked, step, wanted);
        if (cost === undefined) continue;
        const chosen = solved.filter(({ extraCost, meets }) => extraCost !== undefined && meets(wanted));
        assert.ok(chosen.some(({ extraCost }) => path.cost + extraCost! === cost));
      }
    }
  });
  return priced;
}
