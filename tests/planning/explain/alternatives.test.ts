import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Requirement } from "../../../src/graph/model/requirement.ts";
import { isGroup } from "../../../src/graph/model/requirement.ts";
import { stepReasons } from "../../../src/planning/explain/because.ts";
import type { PathQuestion } from "../../../src/planning/path-question.ts";
import { bruteForcePath, isMet } from "../../support/brute-force-path.ts";
import { django, legalLoop, sharedAlternative, twoOfThree, type WrittenGraph } from "../../support/graphs.ts";
import { askedGraph } from "../../support/random-questions.ts";
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

/** The groups of a requirement from the outside in, each with the branch that holds the skill. */
function groupsAround(requirement: Requirement<number> | undefined, skill: number): Requirement<number>[][] {
  if (requirement === undefined || !isGroup(requirement)) return [];
  const here = requirement.of.some((member) => holds(member, skill)) ? [[...requirement.of]] : [];
  return [...here, ...requirement.of.flatMap((member) => groupsAround(member, skill))];
}

function holds(requirement: Requirement<number>, skill: number): boolean {
  return isGroup(requirement) ? requirement.of.some((m) => holds(m, skill)) : requirement.skill === skill;
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
        "shared over x in p: 100",
        "shared over y in q: 100",
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

  it("agrees with trying every set of skills that meets the branch without the step", () => {
    fc.assert(
      fc.property(askedGraph(8), (asked) => {
        const { graph, question, owners } = asked;
        const path = solveLearningPath(graph, question);
        if (path.kind !== "path") return;
        const reasons = stepReasons(graph, question, path.skills);
        const has = (skill: number) => question.known.includes(skill) || path.skills.includes(skill);
        rejectedAlternatives(graph, question, path).forEach((list, at) => {
          const step = path.skills[at]!;
          for (const { skill, skills, owner, extraCost, isExact } of list) {
            expect(skills[0]).toBe(skill);
            expect(reasons[at]!.requiredBy).toContain(owner);
            const branches = groupsAround(owners[owner]!.requirement, step)
              .flat()
              .filter((branch) => !isMet(branch, has) && !holdsOther(branch, skills));
            expect(branches.length).toBeGreaterThan(0);
            const costs = branches.map(
              (branch) =>
                bruteForcePath(
                  {
                    ...asked,
                    question: {
                      ...question,
                      avoid: [...question.avoid, step],
                      choose: question.choose.filter((skill) => skill !== step),
                    },
                  },
                  branch,
                )?.cost,
            );
            expect(isExact).toBe(true);
            expect(costs).toContain(extraCost === undefined ? undefined : path.cost + extraCost);
          }
        });
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 2000) },
    );
  });
});

function holdsOther(branch: Requirement<number>, skills: readonly number[]): boolean {
  const of = isGroup(branch) ? branch.of : [branch];
  if (of.some((member) => (isGroup(member) ? holdsOther(member, skills) : !skills.includes(member.skill))))
    return true;
  return !skills.every((skill) => holds(branch, skill));
}
