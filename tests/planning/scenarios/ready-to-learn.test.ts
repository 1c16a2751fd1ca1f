import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import type { Requirement } from "../../../src/graph/model/requirement.ts";
import { readyToLearn } from "../../../src/planning/scenarios/ready-to-learn.ts";
import { isMet } from "../../support/brute-force-path.ts";
import { allOf, anyOf, graphOf } from "../../support/graphs.ts";

/**
 * git ─────────────────┐
 * python ─ django ─────┤ & backend
 * java ─── spring ─┘ |
 * css                            (of no use to the backend)
 */
const web = graphOf(
  {
    git: [],
    python: [],
    java: [],
    css: [],
    django: "python",
    spring: "java",
    backend: allOf("git", anyOf("django", "spring")),
  },
  { costs: { backend: 1000, django: 500, spring: 700 } },
);

const slugsReady = (known: string[], goals: string[]) =>
  readyToLearn(web.graph, { known: web.indices(...known), goals: web.indices(...goals) }).map(
    ({ skill, readyNext, unlocked }) => ({
      skill: web.slugs[skill],
      next: web.slugsOf(readyNext),
      ...unlocked,
    }),
  );

describe("ready to learn", () => {
  test("ranks what leads to the goal by the cost of what it helps towards", () => {
    expect(slugsReady([], ["backend"])).toEqual([
      { skill: "java", next: ["spring"], skills: 2, cost: 1700 },
      { skill: "python", next: ["django"], skills: 2, cost: 1500 },
      { skill: "git", next: [], skills: 1, cost: 1000 },
    ]);
  });

  test("leaves out the members of a group that is met already", () => {
    expect(slugsReady(["python", "django"], ["backend"]).map(({ skill }) => skill)).toEqual(["git"]);
  });

  test("offers the goal itself once its requirement is met, and nothing once it is known", () => {
    expect(slugsReady(["git", "spring"], ["backend"]).map(({ skill }) => skill)).toEqual(["backend"]);
    expect(slugsReady(["backend"], ["backend"])).toEqual([]);
  });

  test("offers everything that is ready where no goal is given", () => {
    expect(slugsReady(["git", "python"], []).map(({ skill }) => skill)).toEqual(["java", "django", "css"]);
  });

  test("says which counts ran out of the budget, and ranks by demand then", () => {
    const ranked = readyToLearn(web.graph, { known: [], goals: [] }, 0);
    expect(ranked.every(({ unlocked }) => unlocked === undefined)).toBe(true);
    expect(web.slugs[ranked.at(-1)!.skill]).toBe("css");
  });

  test("a chain of 100,000 skills does not overflow the stack", () => {
    const length = 100_000;
    const graph = buildPrerequisiteGraph(
      length,
      Array.from({ length }, (_, skill) => ({
        cost: 1,
        requirement: skill === 0 ? undefined : { skill: skill - 1 },
      })),
    );
    expect(readyToLearn(graph, { known: [], goals: [length - 1] })).toEqual([
      { skill: 0, readyNext: [1], unlocked: { skills: length - 1, cost: length - 1 } },
    ]);
  });
});

const SKILLS = 8;
const requirement: fc.Arbitrary<Requirement<number>> = fc.letrec<{ tree: Requirement<number> }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.nat(SKILLS - 1).map((skill) => ({ skill })),
    fc
      .array(tie("tree"), { minLength: 1, maxLength: 3 })
      .chain((of) => fc.integer({ min: 1, max: of.length }).map((atLeast) => ({ atLeast, of }))),
  ),
})).tree;

test("without goals: exactly the unknown skills whose requirement is met", () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(requirement, { nil: undefined }), { minLength: SKILLS, maxLength: SKILLS }),
      fc.uniqueArray(fc.nat(SKILLS - 1)),
      (requirements, known) => {
        const graph = buildPrerequisiteGraph(
          SKILLS,
          requirements.map((tree) => ({ cost: 1, requirement: tree })),
        );
        const expected = requirements.flatMap((tree, skill) =>
          !known.includes(skill) && isMet(tree, (s) => known.includes(s)) ? [skill] : [],
        );
        const ready = readyToLearn(graph, { known, goals: [] });
        expect(ready.map(({ skill }) => skill).sort((a, b) => a - b)).toEqual(expected);
        for (const { skill, readyNext } of ready) {
          const having = [...known, skill];
          for (const next of readyNext) {
            expect(isMet(requirements[next], (s) => known.includes(s))).toBe(false);
            expect(isMet(requirements[next], (s) => having.includes(s))).toBe(true);
          }
        }
      },
    ),
  );
});
