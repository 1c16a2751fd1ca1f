import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownerOfUse } from "../../../src/graph/model/fold.ts";
import { type Closure, possiblePrerequisites, unlocks } from "../../../src/graph/walk/closure.ts";
import * as graphs from "../../support/graphs.ts";
import { hasNoEmptyGroups, randomGraph, reachable, walkBack } from "../../support/random-graph.ts";

const ascending = (a: number, b: number) => a - b;
const start = fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 3 });

function asMap({ skills, depth }: Closure): Map<number, number> {
  return new Map(Array.from(skills, (skill, at) => [skill, depth[at]!]));
}

const sorted = (map: Map<number, number>) => [...map].sort((a, b) => a[0] - b[0]);

describe("possiblePrerequisites", () => {
  it("walks back through all leaves, nearest first, and stops at what is known and at the depth", () => {
    const graphsWithOthers = randomGraph({ maxOthers: 2 }).filter(hasNoEmptyGroups);
    fc.assert(
      fc.property(
        graphsWithOthers,
        start,
        start,
        fc.option(fc.nat(4)),
        (random, ownerDraw, knownDraw, limit) => {
          const owners = ownerDraw.filter((owner) => owner < random.owners.length);
          const known = new Set(knownDraw.filter((skill) => skill < random.skillCount));
          const found = possiblePrerequisites(random.graph, owners, { known, depth: limit ?? undefined });
          expect(sorted(asMap(found))).toEqual(sorted(walkBack(random, owners, known, limit ?? Infinity)));
          expect([...found.depth]).toEqual([...found.depth].sort(ascending));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("holds every skill of every minimal way", () => {
    fc.assert(
      fc.property(randomGraph({ maxSkills: 6, learnable: true }), ({ graph, owners, skillCount }) => {
        const possible = new Set(possiblePrerequisites(graph, [0]).skills).add(0);
        for (let bits = 0; bits < 1 << skillCount; bits++) {
          const allowed = (skill: number) => (bits & (1 << skill)) !== 0;
          if (!reachable({ skillCount, owners }, [], allowed).has(0)) continue;
          // Whatever else the set holds can be left out.
          expect(
            reachable({ skillCount, owners }, [], (skill) => allowed(skill) && possible.has(skill)).has(0),
          ).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("unlocks", () => {
  it("is the other direction of possible prerequisites, with the same depths", () => {
    fc.assert(
      fc.property(randomGraph({ maxOthers: 2 }).filter(hasNoEmptyGroups), (random) => {
        for (let skill = 0; skill < random.skillCount; skill++) {
          const expected = new Map<number, number>();
          for (let owner = 0; owner < random.owners.length; owner++) {
            const depth = walkBack(random, [owner], new Set()).get(skill);
            if (depth !== undefined && owner !== skill) expected.set(owner, depth);
          }
          const found = unlocks(random.graph, [skill]);
          const all = new Map([...asMap(found), ...asMap({ skills: found.others, depth: found.otherDepth })]);
          expect(sorted(all)).toEqual(sorted(expected));
          expect([...unlocks(random.graph, [skill], 1).skills].sort(ascending)).toEqual(
            [...found.skills].filter((_, at) => found.depth[at] === 1).sort(ascending),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it("names projects and roles apart", () => {
    const { graph, index, slugsOf } = graphs.django();
    const found = unlocks(graph, [index("sql")]);
    expect(slugsOf(found.skills)).toEqual(["mysql", "postgresql", "django"]);
    expect(slugsOf(found.others)).toEqual(["blog", "backend"]);
    expect([...found.otherDepth]).toEqual([3, 3]);
    expect(ownerOfUse(graph, graph.usedBy[graph.usedByStart[index("git")]!]!)).toBe(index("blog"));
  });
});
