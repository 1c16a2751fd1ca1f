import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownerOfUse } from "../../../src/graph/model/prerequisite-graph.ts";
import {
  type Closure,
  necessaryPrerequisites,
  possiblePrerequisites,
  unlocks,
} from "../../../src/graph/walk/closure.ts";
import * as graphs from "../../support/graphs.ts";
import { isMet, leavesOf, type RandomGraph, randomGraph, reachable } from "../../support/random-graph.ts";

const ascending = (a: number, b: number) => a - b;
const start = fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 3 });

/** Skills with the length of the shortest way back from the owners, level by level. */
function walkBack(
  random: RandomGraph,
  owners: readonly number[],
  known: ReadonlySet<number>,
  limit = Infinity,
) {
  const depth = new Map<number, number>();
  let level = owners;
  for (let at = 1; level.length > 0 && at <= limit; at++) {
    const next = new Set(level.flatMap((owner) => leavesOf(random.owners[owner]!.requirement)));
    level = [...next].filter((skill) => !depth.has(skill) && !known.has(skill) && !owners.includes(skill));
    for (const skill of level) depth.set(skill, at);
  }
  return depth;
}

function asMap({ skills, depth }: Closure): Map<number, number> {
  return new Map(Array.from(skills, (skill, at) => [skill, depth[at]!]));
}

const sorted = (map: Map<number, number>) => [...map].sort((a, b) => a[0] - b[0]);

/** Only requirements without members that need nothing: the graph drops those, the trees still have them. */
function tidy(random: RandomGraph): boolean {
  return random.owners.every(({ requirement }) => !JSON.stringify(requirement ?? {}).includes('"atLeast":0'));
}

describe("possiblePrerequisites", () => {
  it("walks back through all leaves, nearest first, and stops at what is known and at the depth", () => {
    const graphsWithOthers = randomGraph({ maxOthers: 2 }).filter(tidy);
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

describe("necessaryPrerequisites", () => {
  it("is what the owners cannot be reached without", () => {
    const graphsWithOthers = randomGraph({ maxSkills: 9, maxOthers: 2 }).filter(tidy);
    fc.assert(
      fc.property(graphsWithOthers, start, start, (random, ownerDraw, knownDraw) => {
        const owners = ownerDraw.filter((owner) => owner < random.owners.length);
        const known = new Set(
          knownDraw.filter((skill) => skill < random.skillCount && !owners.includes(skill)).slice(1),
        );
        const met = (owner: number, reached: ReadonlySet<number>) =>
          isMet(random.owners[owner]!.requirement, reached);
        const all = reachable(random, known);
        const reachableOwners = owners.filter((owner) => met(owner, all));
        const expected = new Map<number, number>();
        for (const [skill, depth] of walkBack(random, owners, known)) {
          const without = reachable(random, known, (other) => other !== skill);
          if (reachableOwners.some((owner) => !met(owner, without))) expected.set(skill, depth);
        }
        expect(sorted(asMap(necessaryPrerequisites(random.graph, owners, { known })))).toEqual(
          sorted(expected),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("is exact for more candidates than bits in a word", () => {
    const skills: Record<string, graphs.Written | readonly graphs.Written[]> = { s000: [] };
    const slug = (at: number) => `s${String(at).padStart(3, "0")}`;
    for (let at = 1; at < 100; at++)
      skills[slug(at)] = at % 10 === 5 ? graphs.anyOf(slug(at - 1), slug(at - 2)) : slug(at - 1);
    const { graph, index, slugsOf } = graphs.graphOf(skills);
    const found = slugsOf(necessaryPrerequisites(graph, [index("s099")]).skills);
    // The skill just before a bypass is not needed; all others are.
    expect(found.length).toBe(99 - 10);
    expect(found).not.toContain("s094");
    expect(found).toContain("s093");
  });

  it("sees through loops, alternatives and k of n", () => {
    const loop = graphs.legalLoop();
    expect(loop.slugsOf(necessaryPrerequisites(loop.graph, [loop.index("left")]).skills)).toEqual(["base"]);
    const django = graphs.django();
    const needed = necessaryPrerequisites(django.graph, [django.index("django")]);
    expect(django.slugsOf(needed.skills)).toEqual(["python", "http", "sql"]);
    expect([...needed.depth]).toEqual([1, 1, 2]);
    const near = necessaryPrerequisites(django.graph, [django.index("django")], { depth: 1 });
    expect(django.slugsOf(near.skills)).toEqual(["python", "http"]);
    const role = necessaryPrerequisites(django.graph, [django.index("backend")]).skills;
    // Django needs HTTP as well, so two of (django, git, http) never go without it.
    expect(django.slugsOf(role)).toEqual(["http"]);
    const data = graphs.twoOfThree();
    expect(data.slugsOf(necessaryPrerequisites(data.graph, [data.index("data")]).skills)).toEqual(["sql"]);
  });
});

describe("unlocks", () => {
  it("is the other direction of possible prerequisites, with the same depths", () => {
    fc.assert(
      fc.property(randomGraph({ maxOthers: 2 }).filter(tidy), (random) => {
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
