import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findUnlearnable } from "../../../src/graph/facts/learnability.ts";
import { smallestMend } from "../../../src/graph/facts/smallest-mend.ts";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import { isGroup, type Requirement, withoutSkills } from "../../../src/graph/model/requirement.ts";
import {
  hasNoEmptyGroups,
  leavesOf,
  type RandomGraph,
  randomGraph,
  reachable,
} from "../../support/random-graph.ts";

const needs = (...of: number[]): Requirement<number> => ({
  atLeast: of.length,
  of: of.map((skill) => ({ skill })),
});
const graphOf = (...requirements: (Requirement<number> | undefined)[]) =>
  buildPrerequisiteGraph(
    requirements.length,
    requirements.map((requirement) => ({ cost: 1, requirement })),
  );

type Cut = { readonly dependent: number; readonly prerequisite: number };

function cut(
  { skillCount, owners }: Pick<RandomGraph, "skillCount" | "owners">,
  { dependent, prerequisite }: Cut,
) {
  return {
    skillCount,
    owners: owners.map(({ cost, requirement }, at) => ({
      cost,
      requirement:
        at === dependent ? requirement && withoutSkills(requirement, new Set([prerequisite])) : requirement,
    })),
  };
}

function hasAlternatives(requirement: Requirement<number> | undefined): boolean {
  if (requirement === undefined || !isGroup(requirement)) return false;
  return requirement.atLeast < requirement.of.length || requirement.of.some(hasAlternatives);
}

describe("smallestMend", () => {
  it("is a prerequisite of the skill that was changed, where that is enough", () => {
    // 0 needs 1, 1 needs 2, 2 needs 0.
    const ring = graphOf(needs(1), needs(2), needs(0));
    expect(smallestMend(ring, new Set([1]))).toEqual([{ dependent: 1, prerequisite: 2 }]);
    expect(smallestMend(ring, new Set([2]))).toEqual([{ dependent: 2, prerequisite: 0 }]);
  });

  it("is the one that two loops share, and otherwise one of each", () => {
    // 0 needs 1; 1 needs 2 and 3; both need 0.
    expect(smallestMend(graphOf(needs(1), needs(2, 3), needs(0), needs(0)))).toEqual([
      { dependent: 0, prerequisite: 1 },
    ]);
    expect(smallestMend(graphOf(needs(1), needs(0), needs(3), needs(2)))).toHaveLength(2);
  });

  it("is nothing where every skill is learnable", () => {
    expect(smallestMend(graphOf(undefined, needs(0)))).toEqual([]);
  });

  it("makes every skill learnable, and is a single one where any single one would", () => {
    fc.assert(
      fc.property(randomGraph({ maxSkills: 7 }).filter(hasNoEmptyGroups), (random) => {
        const mend = smallestMend(random.graph);
        const isWhole = findUnlearnable(random.graph) === undefined;
        if (isWhole) expect(mend).toEqual([]);
        if (isWhole) return;
        const isLearnable = (cuts: readonly Cut[]) => {
          const rest = cuts.reduce<Pick<RandomGraph, "skillCount" | "owners">>(cut, random);
          return reachable(rest).size === random.skillCount;
        };
        if (mend.length > 0) expect(isLearnable(mend)).toBe(true);
        if (random.owners.some(({ requirement }) => hasAlternatives(requirement))) return;
        const single = random.owners.flatMap(({ requirement }, dependent) =>
          leavesOf(requirement).map((prerequisite) => ({ dependent, prerequisite })),
        );
        if (single.some((one) => isLearnable([one]))) expect(mend).toHaveLength(1);
      }),
      { numRuns: 2000 },
    );
  });
});
