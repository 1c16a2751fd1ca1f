import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfGroups, endOfUses, ownerOfUse } from "../../../src/graph/model/fold.ts";
import { buildPrerequisiteGraph, GraphBuilder } from "../../../src/graph/model/graph-builder.ts";
import { NONE, type PrerequisiteGraph } from "../../../src/graph/model/prerequisite-graph.ts";
import { allOf, anyOf, isGroup, type Requirement, skill } from "../../../src/graph/model/requirement.ts";
import { leavesOf, randomGraph } from "../../support/random-graph.ts";

/** The tree back out of the arrays. */
function treeOf(graph: PrerequisiteGraph, reference: number): Requirement<number> | undefined {
  if (reference === NONE) return undefined;
  if (reference >= 0) return { skill: reference };
  const group = ~reference;
  const of = Array.from(
    graph.members.subarray(graph.groupStart[group]!, graph.groupStart[group + 1]!),
    (member) => treeOf(graph, member)!,
  );
  return { atLeast: graph.groupNeed[group]!, of };
}

/** Without what is met by nothing. */
function settled(requirement: Requirement<number> | undefined): Requirement<number> | undefined {
  if (requirement === undefined || !isGroup(requirement)) return requirement;
  const members = requirement.of.map(settled);
  const of = members.filter((member) => member !== undefined);
  const atLeast = requirement.atLeast - (members.length - of.length);
  return atLeast <= 0 ? undefined : { atLeast, of };
}

describe("buildPrerequisiteGraph", () => {
  it("keeps every tree in the author's order, and drops what is met by nothing", () => {
    fc.assert(
      fc.property(randomGraph({ maxOthers: 3 }), ({ graph, owners }) => {
        owners.forEach(({ cost, requirement }, owner) => {
          expect(graph.cost[owner]).toBe(cost);
          expect(treeOf(graph, graph.requirement[owner]!)).toEqual(settled(requirement));
        });
      }),
      { numRuns: 500 },
    );
  });

  it("knows where each skill is asked for, and the groups of one owner are neighbours", () => {
    fc.assert(
      fc.property(randomGraph({ maxOthers: 3 }), ({ graph, owners, skillCount }) => {
        const expected = owners.flatMap(({ requirement }, owner) =>
          leavesOf(settled(requirement)).map((leaf) => `${leaf} for ${owner}`),
        );
        const found = [...Array(skillCount).keys()].flatMap((leaf) =>
          Array.from(
            graph.usedBy.subarray(graph.usedByStart[leaf]!, endOfUses(graph, leaf)),
            (use) => `${leaf} for ${ownerOfUse(graph, use)}`,
          ),
        );
        expect(found.sort()).toEqual(expected.sort());
        owners.forEach(({ requirement }, owner) => {
          const root = graph.requirement[owner]!;
          if (root >= 0 || root === NONE) return;
          const stretch = graph.members.subarray(
            graph.groupStart[~root]!,
            graph.groupStart[endOfGroups(graph, ~root)]!,
          );
          const leaves = [...stretch].filter((member) => member >= 0);
          expect(leaves.sort()).toEqual(leavesOf(settled(requirement)).sort());
        });
      }),
      { numRuns: 500 },
    );
  });

  it("refuses a leaf that is no skill, a need beyond the members, a broken cost", () => {
    const build = (requirement: Requirement<number>) => () =>
      buildPrerequisiteGraph(1, [
        { cost: 0, requirement: undefined },
        { cost: 0, requirement },
      ]);
    expect(build(skill(1))).toThrow("expected a skill index below 1, got 1");
    expect(build({ atLeast: 2, of: [skill(0)] })).toThrow(
      "expected a group to need between 0 and its 1 members, got 2",
    );
    expect(build({ atLeast: 0.5, of: [skill(0)] })).toThrow("whole number");
    expect(() => buildPrerequisiteGraph(1, [{ cost: -1, requirement: undefined }])).toThrow("cost");
    expect(() => buildPrerequisiteGraph(1, [])).toThrow("expected 1 skills, got 0");
  });
});

describe("GraphBuilder", () => {
  it("builds the same graph node by node as from trees", () => {
    const trees = buildPrerequisiteGraph(3, [
      { cost: 1, requirement: undefined },
      { cost: 2, requirement: skill(0) },
      { cost: 3, requirement: allOf(skill(0), anyOf(skill(1), allOf(skill(0), skill(1))), skill(1)) },
    ]);
    const builder = new GraphBuilder(3);
    for (const cost of [1, 2, 3]) builder.addOwner(cost);
    const root = builder.addGroup(2, "all");
    builder.addSkill(root, 0);
    const either = builder.addGroup(root, 1);
    builder.addSkill(either, 1);
    const both = builder.addGroup(either, 2);
    builder.addSkill(both, 0);
    builder.addSkill(both, 1);
    builder.addSkill(root, 1);
    builder.addSkill(1, 0);
    expect(builder.finish()).toEqual(trees);
  });

  it("refuses a second requirement, and members for an owner that is complete", () => {
    const builder = new GraphBuilder(2);
    builder.addOwner(0);
    builder.addOwner(0);
    const first = builder.addGroup(0, "all");
    expect(() => builder.addSkill(0, 1)).toThrow("no requirement yet");
    builder.addGroup(1, "all");
    expect(() => builder.addSkill(first, 1)).toThrow("group of the owner that is being added");
  });

  it("nests 100,000 groups", () => {
    let tree: Requirement<number> = skill(0);
    for (let depth = 0; depth < 100_000; depth++) tree = anyOf(tree);
    const graph = buildPrerequisiteGraph(2, [
      { cost: 0, requirement: undefined },
      { cost: 0, requirement: tree },
    ]);
    expect(graph.groupNeed.length).toBe(100_000);
    expect(ownerOfUse(graph, graph.usedBy[graph.usedByStart[0]!]!)).toBe(1);
  });
});
