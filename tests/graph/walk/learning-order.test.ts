import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canBeMet } from "../../../src/graph/facts/learnability.ts";
import { necessaryPrerequisites } from "../../../src/graph/facts/necessity.ts";
import { GraphBuilder } from "../../../src/graph/model/graph-builder.ts";
import { learnable } from "../../../src/graph/walk/chaining.ts";
import { possiblePrerequisites, unlocks } from "../../../src/graph/walk/closure.ts";
import { learningOrder } from "../../../src/graph/walk/learning-order.ts";
import * as graphs from "../../support/graphs.ts";
import { isMet, randomGraph, reachable } from "../../support/random-graph.ts";

const draw = fc.uniqueArray(fc.nat({ max: 8 }), { maxLength: 9 });

describe("learningOrder", () => {
  it("meets each requirement by what is known and what came before, and leaves only what cannot be learned", () => {
    fc.assert(
      fc.property(randomGraph({ maxSkills: 9 }), draw, draw, (random, setDraw, knownDraw) => {
        const set = setDraw.filter((skill) => skill < random.skillCount);
        const known = knownDraw.slice(0, 2).filter((skill) => skill < random.skillCount);
        const { skills, left } = learningOrder(random.graph, set, { known });
        const had = new Set(known);
        for (const skill of skills) {
          expect(isMet(random.owners[skill]!.requirement, had)).toBe(true);
          expect(had.has(skill)).toBe(false);
          had.add(skill);
        }
        expect(had).toEqual(reachable(random, known, (skill) => set.includes(skill)));
        expect([...left]).toEqual(set.filter((skill) => !had.has(skill)).sort((a, b) => a - b));
      }),
      { numRuns: 1500 },
    );
  });

  it("gives each skill the earliest stage", () => {
    fc.assert(
      fc.property(randomGraph({ maxSkills: 9 }), draw, draw, (random, setDraw, knownDraw) => {
        const set = setDraw.filter((skill) => skill < random.skillCount);
        const known = knownDraw.slice(0, 2).filter((skill) => skill < random.skillCount);
        const { skills, stages } = learningOrder(random.graph, set, { known });
        const had = new Set(known);
        for (let stage = 0; had.size < known.length + skills.length; stage++) {
          const now = set.filter((skill) => !had.has(skill) && isMet(random.owners[skill]!.requirement, had));
          expect([...skills].filter((_, at) => stages[at] === stage).sort()).toEqual(now.sort());
          for (const skill of now) had.add(skill);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("does not depend on how the set is given", () => {
    fc.assert(
      fc.property(randomGraph(), draw, (random, setDraw) => {
        const set = setDraw.filter((skill) => skill < random.skillCount);
        const order = learningOrder(random.graph, set);
        expect(learningOrder(random.graph, [...set, ...set].reverse())).toEqual(order);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps together what belongs together, in the author's order", () => {
    const { graph, indices, slugsOf } = graphs.django();
    const set = indices("git", "sql", "python", "django", "http", "postgresql");
    const { skills, stages } = learningOrder(graph, set);
    expect(slugsOf(skills)).toEqual(["python", "http", "sql", "postgresql", "django", "git"]);
    expect([...stages]).toEqual([0, 0, 0, 1, 2, 0]);
  });

  it("goes down from the goals first", () => {
    const { graph, indices, slugsOf } = graphs.django();
    const set = indices("django", "git", "http", "mysql", "python", "sql");
    const towards = (...goals: string[]) =>
      slugsOf(learningOrder(graph, set, { towards: indices(...goals) }).skills).join(" ");
    expect(towards("git")).toBe("git python http sql mysql django");
    expect(towards("backend")).toBe("python http sql mysql django git");
    expect(towards("mysql", "blog")).toBe("sql mysql python http django git");
  });

  it("goes down from a role in the order in which it names its skills, groups in their place", () => {
    const { graph, indices, slugsOf } = graphs.graphOf(
      { a: [], b: "a", c: [], d: [], e: [] },
      { others: { role: graphs.allOf("e", graphs.anyOf(graphs.allOf("d", "b"), "c"), "a") } },
    );
    const order = (...set: string[]) =>
      slugsOf(learningOrder(graph, indices(...set), { towards: indices("role") }).skills).join(" ");
    expect(order("a", "b", "d", "e")).toBe("e d a b");
    expect(order("a", "c", "e")).toBe("e c a");
  });

  it("is not confused by a loop through alternatives", () => {
    const { graph, indices, slugsOf } = graphs.legalLoop();
    expect(slugsOf(learningOrder(graph, indices("left", "right", "base", "goal")).skills)).toEqual([
      "base",
      "left",
      "right",
      "goal",
    ]);
  });
});

describe("a chain of 100,000 skills", () => {
  it("is walked without overflowing the stack", () => {
    const length = 100_000;
    const builder = new GraphBuilder(length);
    // Against the order of indices, so that the depth-first search goes all the way down.
    for (let s = 0; s < length; s++) builder.addOwner(1);
    for (let s = 0; s < length - 1; s++) builder.addSkill(s, s + 1);
    const graph = builder.finish();
    const all = Array.from({ length }, (_, skill) => skill);
    const order = learningOrder(graph, all);
    expect(order.skills[0]).toBe(length - 1);
    expect(order.stages[length - 1]).toBe(length - 1);
    expect(possiblePrerequisites(graph, [0]).skills.length).toBe(length - 1);
    expect(necessaryPrerequisites(graph, [2000 + length - 4000]).skills.length).toBe(1999);
    expect(unlocks(graph, [length - 1]).skills.length).toBe(length - 1);
    expect(canBeMet(graph, 0)).toBe(true);
    expect(learnable(graph).stage[0]).toBe(length - 1);
  });
});
