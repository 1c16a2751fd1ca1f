import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allOf as all,
  type GroupRequirement,
  isGroup,
  type Requirement,
} from "../../../src/graph/model/requirement.ts";
import { differenceTo } from "../../../src/planning/explain/alternatives.ts";
import { stepReasons } from "../../../src/planning/explain/because.ts";
import type { PathQuestion } from "../../../src/planning/path-question.ts";
import { bruteForcePath, isMet } from "../../support/brute-force-path.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import {
  allOf,
  anyOf,
  atLeast,
  django,
  graphOf,
  legalLoop,
  sharedAlternative,
  twoOfThree,
  type WrittenGraph,
} from "../../support/graphs.ts";
import { type AskedGraph, askedGraph } from "../../support/random-questions.ts";
import { rejectedAlternatives, solveLearningPath } from "../../support/solve.ts";

function rejected(written: WrittenGraph, asked: Partial<PathQuestion>): string[] {
  const question = { goals: [], known: [], choose: [], avoid: [], ...asked };
  const path = solveLearningPath(written.graph, question);
  if (path.kind !== "path") throw new Error("expected a path");
  return rejectedAlternatives(written.graph, question, path).flatMap((list, at) =>
    list.map(
      ({ skills, owner, extraCost }) =>
        `${written.slugsOf([path.skills[at]!])} over ${written.slugsOf(skills)} in ${written.slugsOf([owner])}: ${extraCost}`,
    ),
  );
}

function differences(written: WrittenGraph, asked: Partial<PathQuestion>): string[] {
  const { graph, slugsOf } = written;
  const question = { goals: [], known: [], choose: [], avoid: [], ...asked };
  const path = solveLearningPath(graph, question);
  if (path.kind === "unreachable") throw new Error("expected a path");
  return rejectedAlternatives(graph, question, path).flatMap((list, at) =>
    list.map((alternative) => {
      const difference = differenceTo(graph, question, path, alternative);
      const change = difference
        ? `+${slugsOf(difference.added)} -${slugsOf(difference.dropped)} ${difference.extraCost}`
        : "no way";
      return `${slugsOf(alternative.skills)} for ${slugsOf([path.skills[at]!])}: ${change}`;
    }),
  );
}

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

describe("rejectedAlternatives", () => {
  it("prices the branches not taken", () => {
    const written = django();
    expect(rejected(written, { goals: written.indices("blog") })).toMatchInlineSnapshot(`
      [
        "mysql over postgresql in django: 500",
      ]
    `);
    const shared = sharedAlternative();
    expect(rejected(shared, { goals: shared.indices("goal") })).toMatchInlineSnapshot(`
      [
        "shared over x,y in p: 100",
        "shared over y,x in q: 100",
      ]
    `);
    const two = twoOfThree();
    expect(rejected(two, { goals: two.indices("data") })).toMatchInlineSnapshot(`
      [
        "mongodb over postgresql in data: 0",
        "mysql over postgresql in data: 0",
      ]
    `);
    expect(
      rejected(shared, { goals: shared.indices("p"), choose: shared.indices("x") }),
    ).toMatchInlineSnapshot(`
      [
        "x over shared in p: 200",
      ]
    `);
    const loop = legalLoop();
    expect(rejected(loop, { goals: loop.indices("goal") })).toMatchInlineSnapshot(`[]`);
  });

  it("names what the price buys, one entry for each choice of a branch", () => {
    const nested = (a: Requirement<string>) =>
      graphOf(
        { a: [], b: [], c: [], d: [], s: "b" },
        { others: { goal: a }, costs: { a: 100, b: 500, c: 5000, d: 600, s: 0 } },
      );
    const either = nested(anyOf("a", anyOf("b", "c")));
    const goals = either.indices("goal");
    expect(rejected(either, { goals })).toEqual(["a over b in goal: 400", "a over c in goal: 4900"]);
    expect(rejected(either, { goals, avoid: either.indices("b") })).toEqual(["a over c in goal: 4900"]);
    expect(rejected(either, { goals, avoid: either.indices("b", "c") })).toEqual([]);
    expect(rejected(nested(anyOf("a", atLeast(2, "b", "c", "d"))), { goals })).toEqual([
      "a over b,d in goal: 1000",
      "a over b,c in goal: 5400",
    ]);
    expect(rejected(nested(anyOf("a", allOf("d", anyOf("s", "c")))), { goals })).toEqual([
      "a over d,s,b in goal: 1000",
      "a over d,c in goal: 5500",
    ]);
  });

  it("keeps branches apart that name the same skills", () => {
    const written = graphOf(
      { d0: [], d1: [], d2: [] },
      {
        others: { goal: anyOf(anyOf("d2", "d1"), "d0", allOf("d2", "d1")) },
        costs: { d0: 900, d1: 3300, d2: 100 },
      },
    );
    expect(rejected(written, { goals: written.indices("goal") })).toEqual([
      "d2 over d1 in goal: 3200",
      "d2 over d0 in goal: 800",
    ]);
  });

  it("says what else changes", () => {
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
      "java,maven for python: +java,maven -python 400",
      "ruby,rake for python: +ruby,rake -python 220",
      "gem,ruby for python: +ruby,gem -python 250",
      "rake,ruby for python: +ruby,rake -python 220",
    ]);
    // A chosen step is priced as if it had not been chosen.
    expect(differences(written, { goals, choose: written.indices("java") })).toContain(
      "python for java: +python -java,maven -400",
    );
  });

  it("agrees with trying every set of skills that makes a choice without the step", () => {
    let priced = 0;
    const agrees = (asked: AskedGraph) => {
      const { graph, question, owners } = asked;
      const path = solveLearningPath(graph, question);
      if (path.kind !== "path") return;
      const has = (skill: number) => question.known.includes(skill) || path.skills.includes(skill);
      const isAvoided = (skill: number) => question.avoid.includes(skill) && !question.known.includes(skill);
      const costOf = (skills: readonly number[]) =>
        skills.reduce((sum, skill) => sum + owners[skill]!.cost, 0);
      const reasons = stepReasons(graph, question, path.skills);
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
          expect(isExact).toBe(true);
          expect(skill).toBe(skills[0]);
          expect(skills.filter((added) => has(added) || isAvoided(added))).toEqual([]);
          expect(reasons[at]!.requiredBy).toContain(owner);
          const costs = offersOf(owner).map((wanted) => leastCostWith(asked, step, wanted));
          if (extraCost === undefined) {
            expect(costs).toContain(undefined);
            continue;
          }
          priced++;
          expect(holds(owners[owner]!.requirement!, skill)).toBe(true);
          expect(others).not.toContain(step);
          expect(costOf(others)).toBe(path.cost + extraCost);
          expect(isDerivable(asked, others)).toBe(true);
          for (const goal of [...question.goals, ...question.choose.filter((chosen) => chosen !== step)])
            expect(
              meets([goal < asked.skillCount ? { skill: goal } : (owners[goal]!.requirement ?? all())]),
            ).toBe(true);
          const met = offersOf(owner).filter(meets);
          expect(met.map((wanted) => leastCostWith(asked, step, wanted))).toContain(path.cost + extraCost);
        }
        for (const owner of reasons[at]!.requiredBy) {
          if (timesNamed(owners[owner]!.requirement!, step) > 1) continue;
          for (const wanted of offersOf(owner)) {
            const cost = leastCostWith(asked, step, wanted);
            if (cost === undefined) continue;
            const chosen = solved.filter(({ extraCost, meets }) => extraCost !== undefined && meets(wanted));
            expect(chosen.map(({ extraCost }) => path.cost + extraCost!)).toContain(cost);
          }
        }
      });
    };
    const numRuns = Number(process.env.PROPERTY_RUNS ?? 2000);
    fc.assert(fc.property(askedGraph(7), agrees), { numRuns });
    fc.assert(fc.property(choiceQuestion(7), agrees), { numRuns: numRuns / 4 });
    expect(priced).toBeGreaterThan(numRuns / 4);
  });
});
