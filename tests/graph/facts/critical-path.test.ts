import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { criticalPath } from "../../../src/graph/facts/critical-path.ts";
import { isGroup, type Requirement } from "../../../src/graph/model/requirement.ts";
import { learningOrder } from "../../../src/graph/walk/learning-order.ts";
import * as graphs from "../../support/graphs.ts";
import { leavesOf, randomGraph } from "../../support/random-graph.ts";

/** When a tree is met, if each skill is done at its time: by trying all times. */
function metAt(requirement: Requirement<number> | undefined, done: ReadonlyMap<number, number>): number {
  if (requirement === undefined) return 0;
  if (!isGroup(requirement)) return done.get(requirement.skill) ?? Infinity;
  if (requirement.atLeast === 0) return 0;
  const times = requirement.of.map((member) => metAt(member, done)).sort((a, b) => a - b);
  return times[requirement.atLeast - 1]!;
}

describe("criticalPath", () => {
  it("costs what learning everything side by side takes, and is a chain of prerequisites", () => {
    fc.assert(
      fc.property(randomGraph({ learnable: true }), fc.nat(7), (random, knownDraw) => {
        const known = knownDraw < random.skillCount ? [knownDraw] : [];
        const all = [...Array(random.skillCount).keys()];
        const { skills } = learningOrder(random.graph, all, { known });
        const done = new Map(known.map((skill) => [skill, 0]));
        // Times only fall; where alternatives form loops, a later skill may open an earlier one sooner.
        for (const _ of skills)
          for (const skill of skills)
            done.set(skill, metAt(random.owners[skill]!.requirement, done) + random.owners[skill]!.cost);
        const found = criticalPath(random.graph, skills, known);
        expect(found.cost).toBe(Math.max(0, ...done.values()));
        expect(found.skills.reduce((sum, skill) => sum + random.owners[skill]!.cost, 0)).toBe(found.cost);
        found.skills.forEach((skill, at) => {
          if (at > 0) expect(leavesOf(random.owners[skill]!.requirement)).toContain(found.skills[at - 1]);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("goes through the dearest skill that all must wait for, not through a dear alternative", () => {
    const { graph, indices, slugsOf } = graphs.django();
    const order = indices("python", "http", "sql", "postgresql", "mysql", "django");
    const found = criticalPath(graph, order);
    expect(slugsOf(found.skills)).toEqual(["python", "django"]);
    expect(found.cost).toBe(14_000);
    expect(slugsOf(criticalPath(graph, order.slice(1), indices("python")).skills)).toEqual([
      "sql",
      "mysql",
      "django",
    ]);
  });

  it("is what the fastest of all orders takes, alternatives in loops included", () => {
    let looped = 0;
    fc.assert(
      fc.property(randomGraph({ learnable: true, maxSkills: 6 }), ({ graph, owners, skillCount }) => {
        const all = [...Array(skillCount).keys()];
        let fastest = Number.POSITIVE_INFINITY;
        const learnNext = (done: ReadonlyMap<number, number>, now: number) => {
          if (now >= fastest) return;
          if (done.size === skillCount) fastest = now;
          for (const skill of all) {
            if (done.has(skill)) continue;
            const at = metAt(owners[skill]!.requirement, done) + owners[skill]!.cost;
            // Some fastest order is in the order of times.
            if (at < Number.POSITIVE_INFINITY && at >= now) learnNext(new Map([...done, [skill, at]]), at);
          }
        };
        learnNext(new Map(), 0);
        const { skills, cost } = criticalPath(graph, all);
        expect(cost).toBe(fastest);
        expect(skills.reduce((sum, skill) => sum + owners[skill]!.cost, 0)).toBe(cost);
        expect(new Set(skills).size).toBe(skills.length);
        const placeOf = new Map([...learningOrder(graph, all).skills].map((skill, at) => [skill, at]));
        if (
          all.some((skill) =>
            leavesOf(owners[skill]!.requirement).some((leaf) => placeOf.get(leaf)! > placeOf.get(skill)!),
          )
        )
          looped++;
      }),
      { numRuns: 3000 },
    );
    expect(looped).toBeGreaterThan(50);
  });

  it("takes the way that is open first where alternatives form a loop", () => {
    const { graph, indices, slugsOf } = graphs.graphOf(
      {
        ca: graphs.anyOf("cd", "ce"),
        cb: [],
        cc: [],
        cd: graphs.anyOf(graphs.allOf("cc", "ca"), "cb"),
        ce: [],
      },
      { costs: { ca: 100, cb: 0, cc: 0, cd: 0, ce: 100 } },
    );
    const { cost, skills } = criticalPath(graph, indices("ce", "ca", "cb", "cc", "cd"));
    expect([cost, slugsOf(skills)]).toEqual([100, ["ce"]]);
  });

  it("refuses skills that the others do not lead to", () => {
    const { graph, indices } = graphs.chain();
    expect(() => criticalPath(graph, indices("b"))).toThrow(
      "expected skills that lead to one another, but skill 1 at place 0",
    );
    expect(criticalPath(graph, [])).toEqual({ skills: [], cost: 0 });
  });
});
