import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canBeMet, findUnlearnable } from "../../../src/graph/facts/learnability.ts";
import { GraphBuilder } from "../../../src/graph/model/graph-builder.ts";
import { isGroup, type Requirement } from "../../../src/graph/model/requirement.ts";
import * as graphs from "../../support/graphs.ts";
import { isMet, randomGraph, reachable } from "../../support/random-graph.ts";

/** The leaves under groups that are not met, as far as nothing above them is met. */
function unmetLeaves(requirement: Requirement<number> | undefined, skills: ReadonlySet<number>): number[] {
  if (requirement === undefined || isMet(requirement, skills)) return [];
  if (!isGroup(requirement)) return [requirement.skill];
  return requirement.of.flatMap((member) => unmetLeaves(member, skills));
}

const subset = fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 3 });

describe("canBeMet", () => {
  it("agrees with chaining through the whole graph, for skills and for other owners", () => {
    fc.assert(
      fc.property(randomGraph({ maxOthers: 3 }), subset, subset, (random, knownDraw, avoidedDraw) => {
        const known = knownDraw.filter((skill) => skill < random.skillCount);
        const avoided = avoidedDraw.filter((skill) => skill < random.skillCount);
        const blocked = new Set(avoided.filter((skill) => !known.includes(skill)));
        const reached = reachable(random, known, (skill) => !blocked.has(skill));
        for (let owner = 0; owner < random.owners.length; owner++)
          if (!known.includes(owner) && !blocked.has(owner))
            expect(canBeMet(random.graph, owner, { known, avoided })).toBe(
              isMet(random.owners[owner]!.requirement, reached),
            );
      }),
      { numRuns: 1000 },
    );
  });
});

describe("findUnlearnable", () => {
  const named = (written: graphs.WrittenGraph) => {
    const found = findUnlearnable(written.graph);
    return found && { skills: written.slugsOf(found.skills), loop: written.slugsOf(found.loop) };
  };

  it("finds nothing where every loop runs through an alternative", () => {
    expect(findUnlearnable(graphs.legalLoop().graph)).toBeUndefined();
    expect(findUnlearnable(graphs.django().graph)).toBeUndefined();
  });

  it("names the loop, each skill before the one it waits for", () => {
    expect(named(graphs.illegalLoop())).toEqual({ skills: ["a", "b", "c", "d"], loop: ["a", "c", "b"] });
    expect(named(graphs.loopThroughEveryAlternative())).toEqual({
      skills: ["a", "b", "c"],
      loop: ["a", "b"],
    });
    expect(named(graphs.graphOf({ a: "a" }))).toEqual({ skills: ["a"], loop: ["a"] });
  });

  it("prefers a loop in which each skill cannot do without the next", () => {
    const written = graphs.graphOf({ a: graphs.anyOf("b", "c"), b: "a", c: "d", d: "c" });
    expect(named(written)).toEqual({ skills: ["a", "b", "c", "d"], loop: ["c", "d"] });
  });

  it("does not blame a member of a part that is met", () => {
    const { anyOf, allOf } = graphs;
    const written = graphs.graphOf({
      a: allOf(anyOf("free", "b"), anyOf("c", "d")),
      b: anyOf("a", "c"),
      c: anyOf("a", "d"),
      d: anyOf("a", "c"),
      free: [],
    });
    expect(named(written)).toEqual({ skills: ["a", "b", "c", "d"], loop: ["a", "c"] });
  });

  it("gives a loop of unlearnable skills, each an unmet member of the one before, exactly when there are any", () => {
    fc.assert(
      fc.property(randomGraph(), (random) => {
        const reached = reachable(random);
        const found = findUnlearnable(random.graph);
        expect(found === undefined).toBe(reached.size === random.skillCount);
        if (found === undefined) return;
        expect([...found.skills]).toEqual(
          [...Array(random.skillCount).keys()].filter((skill) => !reached.has(skill)),
        );
        const { loop } = found;
        expect(new Set(loop).size).toBe(loop.length);
        expect(loop[0]).toBe(Math.min(...loop));
        loop.forEach((skill, at) => {
          expect(reached.has(skill)).toBe(false);
          const next = loop[(at + 1) % loop.length]!;
          expect(reached.has(next)).toBe(false);
          expect(unmetLeaves(random.owners[skill]!.requirement, reached)).toContain(next);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("walks a loop of 100,000 skills", () => {
    const length = 100_000;
    const builder = new GraphBuilder(length);
    for (let s = 0; s < length; s++) builder.addOwner(1);
    for (let s = 0; s < length; s++) builder.addSkill(s, (s + 1) % length);
    const found = findUnlearnable(builder.finish());
    expect(found?.skills.length).toBe(length);
    expect(found?.loop.length).toBe(length);
  });
});
