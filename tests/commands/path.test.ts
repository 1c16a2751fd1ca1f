import { describe, expect, test } from "vitest";
import { describePath } from "../../src/commands/path.ts";
import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import { allOf, anyOf, type Requirement, skill } from "../../src/graph/model/requirement.ts";
import type { GraphSnapshot, SnapshotTable } from "../../src/store/snapshot/graph-snapshot.ts";
import { TextList } from "../../src/store/snapshot/text-list.ts";

/**
 *     sql (40 h) ─┬→ mysql (25) ──────┐ one of them
 *                 └→ postgresql (30) ─┴→ backend (100)     the role backend-developer and the project backend
 */
function snapshot(): GraphSnapshot {
  const slugs = ["backend", "mysql", "postgresql", "sql"];
  const needs = (requirement: Requirement<number> | undefined, hours: number) => ({
    cost: hours * 100,
    requirement,
  });
  const graph = buildPrerequisiteGraph(4, [
    needs(allOf(anyOf(skill(1), skill(2)), skill(3)), 100),
    needs(skill(3), 25),
    needs(skill(3), 30.5),
    needs(undefined, 40),
    needs(skill(2), 10),
    needs(skill(0), 0),
  ]);
  return {
    revision: 1,
    graph,
    skills: table(slugs),
    projects: table(["backend"]),
    roles: table(["backend-developer"]),
    roadmaps: table([]),
    firstProject: 4,
    firstRole: 5,
    firstRoadmap: 6,
    outline: { wholes: new Map(), orderedRoadmaps: new Set(), support: new Map() },
  };
}

function table(slugs: readonly string[]): SnapshotTable {
  return {
    slugs: TextList.of(slugs),
    names: TextList.of(slugs.map((slug) => slug.toUpperCase())),
    ids: Int32Array.from(slugs, (_, i) => i),
    former: new Map(),
    indexOf: new Map(slugs.map((slug, i) => [slug, i])),
  };
}

const path = (goals: readonly string[], options: Partial<Parameters<typeof describePath>[2]> = {}) =>
  describePath(
    snapshot(),
    goals,
    { known: [], knownImplies: "parts", notKnown: [], choose: [], avoid: [], ...options },
    async function* (kind) {
      if (kind === "ROLE") yield [["backend-developer", "Backend developer", "Server developer"]];
      if (kind === "SKILL") yield [["sql", "SQL", "Structured query language"]];
    },
  );

describe("the path in words", () => {
  test("lists the skills in learning order with their hours", async () => {
    expect(await path(["backend-developer"])).toMatchInlineSnapshot(`
      "The way to the role BACKEND-DEVELOPER

         1        40 h  SQL (sql)
         2        25 h  MYSQL (mysql)
         3       100 h  BACKEND (backend)

      3 skills, 165 h: no path takes less.
      "
    `);
  });

  test("leaves out what is known, takes what is chosen and passes by what is avoided", async () => {
    const text = await path(["role:backend-developer"], {
      known: ["sql"],
      choose: ["postgresql"],
      avoid: ["mysql"],
    });
    expect(text).toMatchInlineSnapshot(`
      "The way to the role BACKEND-DEVELOPER

         1      30.5 h  POSTGRESQL (postgresql)
         2       100 h  BACKEND (backend)

      2 skills, 130.5 h: no path takes less.
      "
    `);
  });

  test("leads to several goals at once", async () => {
    expect(await path(["mysql", "postgresql"])).toContain(
      "The way to the skill MYSQL and the skill POSTGRESQL\n",
    );
  });

  test("says when nothing is left to learn", async () => {
    expect(await path(["sql"], { known: ["sql"] })).toBe("Nothing is left to learn for the skill SQL.\n");
  });

  test.each<[readonly string[], Partial<Parameters<typeof describePath>[2]>, string]>([
    [["backend-devloper"], {}, 'got "backend-devloper", which none has; did you mean "backend-developer"?'],
    [["serverdeveloper"], {}, 'got "serverdeveloper", which none has; did you mean "backend-developer"?'],
    [["sql"], { known: ["sqll"] }, 'expected the slug of a skill, got "sqll"; did you mean "sql"?'],
    [["skill:backend"], { avoid: ["sql"] }, "no path leads to the skill BACKEND: it lacks sql (avoided)"],
    [["sql"], { choose: ["sql"], avoid: ["sql"] }, '"sql" is both chosen and avoided: leave one out'],
    [
      ["job:sql"],
      {},
      'expected a goal such as role:sql, got "job:sql": kinds are role, skill, project, roadmap',
    ],
    [["backend"], {}, '"backend" is a skill and a project: write skill:backend or project:backend'],
  ])("refuses %j with %j", async (goals, options, message) => {
    await expect(path(goals, options)).rejects.toThrow(message);
  });
});
