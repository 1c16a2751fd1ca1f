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

  it("refuses what is not in learning order", () => {
    const { graph, indices } = graphs.chain();
    expect(() => criticalPath(graph, indices("b", "a"))).toThrow(
      "expected a learning order, but skill 1 at place 0",
    );
    expect(criticalPath(graph, [])).toEqual({ skills: [], cost: 0 });
  });
});
