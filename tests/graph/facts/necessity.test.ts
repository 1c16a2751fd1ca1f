import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canBeMet } from "../../../src/graph/facts/learnability.ts";
import { necessaryPrerequisites } from "../../../src/graph/facts/necessity.ts";
import { type Closure, possiblePrerequisites } from "../../../src/graph/walk/closure.ts";
import * as graphs from "../../support/graphs.ts";
import { hasNoEmptyGroups, isMet, randomGraph, reachable, walkBack } from "../../support/random-graph.ts";
import { syntheticGraph, topSkills } from "../../support/synthetic-graph.ts";

const start = fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 3 });

function asMap({ skills, depth }: Closure): Map<number, number> {
  return new Map(Array.from(skills, (skill, at) => [skill, depth[at]!]));
}

const sorted = (map: Map<number, number>) => [...map].sort((a, b) => a[0] - b[0]);

describe("necessaryPrerequisites", () => {
  it("is what the owners cannot be reached without", () => {
    const graphsWithOthers = randomGraph({ maxSkills: 9, maxOthers: 2 }).filter(hasNoEmptyGroups);
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

  it("agrees with forward chaining without the skill, on loops of many words", () => {
    const options = { skills: 700, loops: true };
    const graph = syntheticGraph(options);
    for (const owner of topSkills(options, 2)) {
      const possible = possiblePrerequisites(graph, [owner]).skills;
      expect(possible.length).toBeGreaterThan(64);
      const expected = possible.filter((skill) => !canBeMet(graph, owner, { avoided: [skill] }));
      expect([...necessaryPrerequisites(graph, [owner]).skills]).toEqual([...expected]);
    }
  });
});
