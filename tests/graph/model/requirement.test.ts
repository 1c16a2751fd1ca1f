import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import {
  allOf,
  anyOf,
  bothOf,
  requirementTree,
  skill,
  withoutSkills,
} from "../../../src/graph/model/requirement.ts";
import { isMet, leavesOf, randomGraph } from "../../support/random-graph.ts";

const subset = fc.array(fc.nat({ max: 7 })).map((skills) => new Set(skills));

describe("requirementTree", () => {
  it("builds the same graph again, and is met by the same skills", () => {
    fc.assert(
      fc.property(randomGraph({ maxOthers: 2 }), subset, ({ graph, owners, skillCount }, skills) => {
        const trees = owners.map((_, owner) => requirementTree(graph, owner));
        expect(
          buildPrerequisiteGraph(
            skillCount,
            trees.map((requirement, owner) => ({ cost: graph.cost[owner]!, requirement })),
          ),
        ).toEqual(graph);
        trees.forEach((tree, owner) => {
          expect(isMet(tree, skills)).toBe(isMet(owners[owner]!.requirement, skills));
        });
      }),
    );
  });
});

describe("bothOf", () => {
  it("is met when both are", () => {
    fc.assert(
      fc.property(randomGraph(), subset, ({ graph, owners }, skills) => {
        for (const [owner, { requirement }] of owners.entries())
          expect(isMet(bothOf(requirementTree(graph, owner), skill(0)), skills)).toBe(
            isMet(requirement, skills) && skills.has(0),
          );
      }),
    );
  });
});

describe("withoutSkills", () => {
  it("names none of them, asks for nothing new, and is met by what met it before", () => {
    fc.assert(
      fc.property(randomGraph(), subset, subset, ({ graph, owners }, gone, skills) => {
        for (const owner of owners.keys()) {
          const tree = requirementTree(graph, owner);
          if (tree === undefined) continue;
          const rest = withoutSkills(tree, gone);
          expect(leavesOf(rest)).toEqual(leavesOf(tree).filter((leaf) => !gone.has(leaf)));
          // Without alternatives that vanish it would be an equivalence; it is never harder than before with them.
          if (isMet(tree, new Set([...skills].filter((had) => !gone.has(had)))))
            expect(isMet(rest, skills)).toBe(true);
        }
      }),
    );
  });

  it("keeps what a list means", () => {
    const gone = new Set([1]);
    expect(withoutSkills(allOf(skill(0), skill(1)), gone)).toEqual(allOf(skill(0)));
    expect(withoutSkills(anyOf(skill(0), skill(1)), gone)).toEqual(anyOf(skill(0)));
    expect(withoutSkills({ atLeast: 2, of: [skill(0), skill(1), skill(2)] }, gone)).toEqual(
      allOf(skill(0), skill(2)),
    );
    expect(withoutSkills(allOf(anyOf(skill(1)), skill(0)), gone)).toEqual(allOf(skill(0)));
    expect(withoutSkills(allOf(skill(1)), gone)).toBeUndefined();
  });
});
