import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import type { Requirement } from "../../../src/graph/model/requirement.ts";
import {
  notReady,
  readyToLearn,
  unlockedProjectsSearch,
} from "../../../src/planning/scenarios/ready-to-learn.ts";
import { isMet } from "../../support/brute-force-path.ts";
import { allOf, anyOf, graphOf } from "../../support/graphs.ts";
import { askedGraph } from "../../support/random-questions.ts";
import { runToEnd } from "../../support/run-to-end.ts";

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

describe("notReady", () => {
  it("lists what lacks least first, goals included, and nothing off the way", () => {
    const { graph, indices, slugsOf } = graphOf(
      {
        sql: [],
        mysql: "sql",
        http: [],
        web: ["http", anyOf("mysql", "mongo"), "git"],
        mongo: [],
        git: [],
        css: [],
        sass: "css",
      },
      { others: { backend: "web" } },
    );
    const answer = notReady(graph, { known: indices("git"), goals: indices("backend") });
    expect(answer.map(({ owner, missing }) => `${slugsOf([owner])}: ${slugsOf(missing)}`)).toEqual([
      "mysql: sql",
      "backend: web",
      "web: http,mongo,mysql",
    ]);
  });

  it("without goals splits what is not known with what is ready", () => {
    fc.assert(
      fc.property(askedGraph(8), ({ graph, question: { known }, owners, skillCount }) => {
        const waiting = notReady(graph, { known, goals: [] });
        const ready = readyToLearn(graph, { known, goals: [] }).map(({ skill }) => skill);
        const all = [...waiting.map(({ owner }) => owner), ...ready, ...new Set(known)];
        expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: skillCount }, (_, skill) => skill));
        for (const { owner, missing } of waiting) {
          expect(isMet(owners[owner]!.requirement, (skill) => known.includes(skill))).toBe(false);
          expect(
            isMet(owners[owner]!.requirement, (skill) => known.includes(skill) || missing.includes(skill)),
          ).toBe(true);
          expect(missing.filter((skill) => known.includes(skill))).toEqual([]);
        }
      }),
    );
  });
});

describe("unlockedProjectsSearch", () => {
  it("tells what is feasible at once from what is helped towards, and leaves out what is feasible already", () => {
    const { graph, indices, slugsOf } = graphOf(
      { git: [], python: [], django: "python", rails: [] },
      { others: { blog: ["git", anyOf("django", "rails")], script: "python", readme: "git", role: "rails" } },
    );
    const projects = new Set(indices("blog", "script", "readme"));
    const answer = runToEnd(
      unlockedProjectsSearch(graph, indices("python", "rails"), indices("git"), (owner) =>
        projects.has(owner),
      ),
    );
    expect(
      answer.map(({ feasible, towards }) => ({ feasible: slugsOf(feasible), towards: slugsOf(towards) })),
    ).toEqual([
      { feasible: ["script"], towards: ["blog", "script"] },
      { feasible: ["blog"], towards: ["blog"] },
    ]);
  });

  it("calls feasible exactly what the skill completes", () => {
    fc.assert(
      fc.property(askedGraph(7), ({ graph, owners, skillCount, question: { known } }) => {
        const skills = Array.from({ length: skillCount }, (_, skill) => skill);
        const answer = runToEnd(unlockedProjectsSearch(graph, skills, known, () => true));
        answer.forEach(({ feasible, towards }, learned) => {
          const completed = owners.flatMap(({ requirement }, owner) => {
            const before = isMet(requirement, (skill) => known.includes(skill));
            const after = isMet(requirement, (skill) => skill === learned || known.includes(skill));
            return owner >= skillCount && !before && after ? [owner] : [];
          });
          expect(feasible).toEqual(completed);
          for (const owner of feasible) expect(towards).toContain(owner);
        });
      }),
    );
  });
});
