import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  branchKey,
  branchSkills,
  eachCounted,
  eachLeaf,
  HAD,
  LEARNED,
  meetsBranch,
  RequirementFold,
  UNMET,
  unmetLeaves,
} from "../../../src/graph/model/fold.ts";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import { allOf, anyOf, isGroup, type Requirement, skill } from "../../../src/graph/model/requirement.ts";
import { hasNoEmptyGroups, isMet, leavesOf, randomGraph } from "../../support/random-graph.ts";

const random = randomGraph({ maxSkills: 6 }).filter(hasNoEmptyGroups);
const someSkills = fc.uniqueArray(fc.nat({ max: 5 })).map((skills) => new Set(skills));

/** The same as `RequirementFold.fold`, spelled out over a tree. */
function valueOfTree(tree: Requirement<number> | undefined, values: readonly number[]): number {
  if (tree === undefined) return 0;
  if (!isGroup(tree)) return values[tree.skill]!;
  return tree.of.map((member) => valueOfTree(member, values)).sort((a, b) => a - b)[tree.atLeast - 1]!;
}

describe("RequirementFold", () => {
  it("takes the k-th smallest value of the members of each group", () => {
    const folds = new RequirementFold();
    const values = fc.array(fc.constantFrom(0, 1, 2, 3.5, 1e10, Number.POSITIVE_INFINITY), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(random, values, ({ graph, owners }, ofSkill) => {
        owners.forEach(({ requirement }, owner) => {
          const branch = graph.requirement[owner]!;
          expect(folds.fold(graph, branch, (skill) => ofSkill[skill]!)).toBe(
            valueOfTree(requirement, ofSkill),
          );
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("evaluates a part of a requirement, and keeps the values of its members", () => {
    const inner = { atLeast: 2, of: [skill(0), anyOf(skill(1), skill(2)), skill(3)] };
    const owner = { cost: 0, requirement: allOf(skill(0), inner, anyOf(skill(2), skill(3))) };
    const free = { cost: 0, requirement: undefined };
    const graph = buildPrerequisiteGraph(4, [free, free, free, free, owner]);
    const root = ~graph.requirement[4]!;
    const branch = graph.members[graph.groupStart[root]! + 1]!;
    const folds = new RequirementFold();
    expect(folds.fold(graph, branch, (skill) => 10 * skill)).toBe(10);
    const from = graph.groupStart[~branch]!;
    expect([0, 1, 2].map((at) => folds.ofMember(from + at))).toEqual([0, 10, 30]);
  });
});

describe("meetsBranch and unmetLeaves", () => {
  const unmet = (
    tree: Requirement<number> | undefined,
    skills: ReadonlySet<number>,
    whole: boolean,
  ): number[] => {
    if (tree === undefined || isMet(tree, skills)) return [];
    if (!isGroup(tree)) return [tree.skill];
    if (whole && tree.atLeast < tree.of.length) return [];
    return tree.of.flatMap((member) => unmet(member, skills, whole));
  };

  it("say whether a requirement is met, and by which skills it could be", () => {
    fc.assert(
      fc.property(random, someSkills, fc.boolean(), ({ graph, owners }, skills, whole) => {
        owners.forEach(({ requirement }, owner) => {
          const branch = graph.requirement[owner]!;
          expect(meetsBranch(graph, branch, skills)).toBe(isMet(requirement, skills));
          expect(unmetLeaves(graph, branch, skills, whole)).toEqual(unmet(requirement, skills, whole));
        });
      }),
      { numRuns: 1000 },
    );
  });
});

describe("eachCounted", () => {
  it("visits learned skills that meet the requirement, and none that it can do without", () => {
    fc.assert(
      fc.property(random, someSkills, someSkills, ({ graph, owners }, had, learned) => {
        const stateOf = (skill: number) => (had.has(skill) ? HAD : learned.has(skill) ? LEARNED : UNMET);
        owners.forEach(({ requirement }, owner) => {
          const counted: number[] = [];
          eachCounted(graph, graph.requirement[owner]!, stateOf, (skill) => counted.push(skill));
          const isNeeded = isMet(requirement, new Set([...had, ...learned])) && !isMet(requirement, had);
          expect(counted.length > 0).toBe(isNeeded);
          if (isNeeded) expect(isMet(requirement, new Set([...had, ...counted]))).toBe(true);
          for (const skill of counted) expect(stateOf(skill)).toBe(LEARNED);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("counts what is had first, then the first members, and names their groups", () => {
    const free = { cost: 0, requirement: undefined };
    const requirement = allOf(skill(0), { atLeast: 2, of: [skill(1), skill(2), skill(3)] });
    const graph = buildPrerequisiteGraph(4, [free, free, free, free, { cost: 0, requirement }]);
    const root = ~graph.requirement[4]!;
    const visited: (readonly [number, number])[] = [];
    const stateOf = (skill: number) => (skill === 3 ? HAD : LEARNED);
    eachCounted(graph, ~root, stateOf, (skill, group) => visited.push([skill, group - root]));
    expect(visited).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });
});

describe("the leaves of a requirement", () => {
  it("are each visited with their group, until the visitor says false", () => {
    fc.assert(
      fc.property(random, ({ graph, owners }) => {
        owners.forEach(({ requirement }, owner) => {
          const visited: number[] = [];
          expect(
            eachLeaf(graph, owner, (skill, group) => {
              visited.push(skill);
              if (group >= 0)
                expect([
                  ...graph.members.subarray(graph.groupStart[group], graph.groupStart[group + 1]),
                ]).toContain(skill);
            }),
          ).toBe(true);
          const leaves = requirement === undefined ? [] : leavesOf(requirement);
          expect(visited.sort()).toEqual([...leaves].sort());
          expect(branchSkills(graph, graph.requirement[owner]!)).toEqual([...new Set(leaves)]);
          let first = 0;
          expect(eachLeaf(graph, owner, () => ++first > 1)).toBe(leaves.length === 0);
        });
      }),
    );
  });

  it("make a key that branches share when they ask for the same", () => {
    const free = { cost: 0, requirement: undefined };
    const requirement = anyOf(
      allOf(skill(0), anyOf(skill(1))),
      allOf(skill(0), anyOf(skill(1))),
      allOf(skill(0), skill(1)),
    );
    const graph = buildPrerequisiteGraph(2, [free, free, { cost: 0, requirement }]);
    const from = graph.groupStart[~graph.requirement[2]!]!;
    const [first, second, third] = [0, 1, 2].map((at) => branchKey(graph, graph.members[from + at]!));
    expect(first).toBe(second);
    expect(first).not.toBe(third);
  });
});
