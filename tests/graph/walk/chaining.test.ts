import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ascending } from "../../../src/graph/model/integers.ts";
import { LocalChaining, learnable } from "../../../src/graph/walk/chaining.ts";
import { isMet, randomGraph, reachable } from "../../support/random-graph.ts";

const subset = fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 3 });

describe("learnable", () => {
  it("reaches what trying again and again reaches, from what is known", () => {
    fc.assert(
      fc.property(randomGraph(), subset, (random, knownDraw) => {
        const known = knownDraw.filter((skill) => skill < random.skillCount);
        const expected = reachable(random, known);
        const found = learnable(random.graph, known);
        expect([...found.reached].sort(ascending)).toEqual([...expected].sort(ascending));
        for (let s = 0; s < random.skillCount; s++) {
          expect(found.rank[s] === -1).toBe(!expected.has(s));
          if (found.rank[s] !== -1) expect(found.reached[found.rank[s]!]).toBe(s);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("reaches each skill in the earliest wave", () => {
    fc.assert(
      fc.property(randomGraph(), (random) => {
        const { stage, reached } = learnable(random.graph);
        const before = new Set<number>();
        for (let wave = 0; before.size < reached.length; wave++) {
          const now = [...Array(random.skillCount).keys()].filter(
            (skill) => !before.has(skill) && isMet(random.owners[skill]!.requirement, before),
          );
          for (const skill of now) expect(stage[skill]).toBe(wave);
          for (const skill of now) before.add(skill);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("LocalChaining", () => {
  const chaining = new LocalChaining();

  it("gives the owners of a whole graph the stages that chaining through all of it does", () => {
    fc.assert(
      fc.property(randomGraph(), subset, (random, knownDraw) => {
        const known = knownDraw.filter((skill) => skill < random.skillCount);
        const owners = [...Array(random.skillCount).keys()].filter((skill) => !known.includes(skill));
        const { stage, rank } = learnable(random.graph, known);
        chaining.run(random.graph, owners, known);
        for (const skill of owners) {
          expect(chaining.stageOf(skill)).toBe(stage[skill]);
          expect(chaining.rankOf(skill) >= 0).toBe(rank[skill] !== -1);
        }
        for (const skill of known)
          expect([chaining.isKnown(skill), chaining.rankOf(skill)]).toEqual([true, -1]);
      }),
      { numRuns: 500 },
    );
  });

  it("takes in what is behind an owner, past what is avoided", () => {
    fc.assert(
      fc.property(randomGraph({ maxOthers: 2 }), subset, subset, (random, known, avoidedDraw) => {
        const avoided = avoidedDraw.filter((skill) => !known.includes(skill));
        const reached = reachable(random, known, (skill) => !avoided.includes(skill));
        for (let owner = 0; owner < random.owners.length; owner++) {
          if (known.includes(owner) || avoided.includes(owner)) continue;
          const { skills } = chaining.runBehind(random.graph, [owner], { known, avoided });
          expect(chaining.rankOf(owner) >= 0).toBe(isMet(random.owners[owner]!.requirement, reached));
          for (const skill of skills) expect(chaining.rankOf(skill) >= 0).toBe(reached.has(skill));
          for (const skill of avoided) expect(skills).not.toContain(skill);
        }
      }),
      { numRuns: 500 },
    );
  });
});
