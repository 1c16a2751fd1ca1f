import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import type { GraphRows } from "../../../src/store/rows/graph-rows.ts";
import { readGraphRows } from "../../../src/store/rows/read-graph.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { dump } from "../../support/dump.ts";
import { mutate } from "../../support/mutate.ts";

/** Creating, changing and deleting entities one by one. */

const cites = [{ document: "001", line: 3, mention: "Python", basis: "EXPLICIT" as const }];

let api: TestApi;
const rowsOf = () => readGraphRows(api.store.prisma);

describe("everything that a graph file can say", () => {
  const file = graphFile.parse(
    parse(readFileSync(join(import.meta.dirname, "../../support/full-graph.yaml"), "utf8")),
  );
  beforeAll(async () => {
    api = await openApi({ documents: file.documents });
  });
  afterAll(() => api.close());

  test("a mutation can say as well: the rows are the same", async () => {
    const lists = [
      ["Skill", file.skills],
      ["Resource", file.resources],
      ["Project", file.projects],
      ["Role", file.roles],
      ["Roadmap", file.roadmaps],
    ] as const;
    for (const [type, list] of lists)
      for (const row of list ?? [])
        expect(await mutate(api, `create${type}`, { input: inputOf(row) }), row.slug).toMatchObject({
          __typename: `${type}Write`,
          [type.toLowerCase()]: { slug: row.slug, name: row.name },
          written: { created: 1 },
        });
    expect(plain(await rowsOf())).toEqual(plain(toRows(file)));
  });

  test("an update that says the same changes nothing", async () => {
    const { revision } = api.store.snapshot();
    for (const { slug, ...row } of file.skills ?? []) {
      const { slug: _, ...input } = inputOf({ slug, ...row });
      expect(await mutate(api, "updateSkill", { slug, input })).toMatchObject({ written: { revision } });
      expect(await mutate(api, "updateSkill", { slug, input: {} })).toMatchObject({ written: { revision } });
    }
  });
});

/** A row of a graph file as an input. Reasons and citations of requirements are not for it to say. */
function inputOf(value: object): Record<string, unknown> {
  const names: Record<string, string> = {
    brief: "summary",
    cites: "citations",
    market: "marketFacts",
    optional: "optionalSkills",
  };
  const asInput = (key: string, item: unknown): unknown => {
    if (key === "requires") return requirement(item);
    if (/^(partOf|teaches|practises|optional)$/.test(key) && Array.isArray(item))
      return item.map((each) => {
        const { topic, skill = topic, ...rest } = typeof each === "string" ? { skill: each } : each;
        return inputOf({ skill, ...rest });
      });
    if (Array.isArray(item)) return item.map((each) => asInput("", each));
    return typeof item === "object" && item !== null ? inputOf(item) : item;
  };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "formerSlugs")
      .map(([key, item]) => [names[key] ?? key, asInput(key, item)]),
  );
}

function requirement(written: unknown): object {
  if (typeof written === "string") return { skill: written };
  const { skill, allOf, anyOf, atLeast, of } = written as Record<string, unknown[]>;
  if (skill !== undefined) return { skill };
  if (allOf !== undefined) return { allOf: allOf.map(requirement) };
  if (anyOf !== undefined) return { anyOf: anyOf.map(requirement) };
  return { atLeast: { count: atLeast, of: of!.map(requirement) } };
}

/** What mutations can say of rows. */
function plain(rows: GraphRows) {
  const strip = (key: string, value: unknown): unknown => {
    if (key === "digest" || key === "origin" || key === "formerSlugs") return undefined;
    if (key === "requirement" && Array.isArray(value))
      return value.map((node) => ({ ...node, reason: null, citations: [] }));
    return value;
  };
  const { documents: _, ...others } = JSON.parse(JSON.stringify(rows, strip)) as Record<
    string,
    { slug: string }[]
  >;
  return Object.fromEntries(
    Object.entries(others).map(([list, of]) => [list, of.toSorted((a, b) => (a.slug < b.slug ? -1 : 1))]),
  );
}

describe("one entity after the other", () => {
  beforeEach(async () => {
    api = await openApi({
      documents: [{ id: "001", title: "One", lines: 10 }],
      skills: [
        { slug: "python", name: "Python", hours: 60, aliases: ["Py"], formerSlugs: ["python-2"], cites },
        { slug: "http", name: "HTTP", hours: 5 },
        {
          slug: "django",
          name: "Django",
          hours: 60,
          level: "BEGINNER",
          partOf: ["http"],
          requires: { allOf: [{ skill: "python", reason: "It is written in it.", cites }, "http"] },
        },
      ],
      resources: [{ slug: "tour", name: "Tour", kind: "BOOK", teaches: [{ skill: "python", cites }] }],
      projects: [{ slug: "blog", name: "Blog", hours: 10, requires: "django", practises: ["http"] }],
      roles: [
        {
          slug: "dev",
          name: "Dev",
          optional: ["python"],
          responsibilities: [{ name: "Code", skills: ["python"] }],
        },
      ],
      roadmaps: [
        {
          slug: "first",
          name: "First",
          steps: [{ name: "One", requires: "python", resources: ["tour"], projects: ["blog"] }],
        },
      ],
    });
  });
  afterEach(() => api.close());

  test("a skill is created, changed and deleted, each a revision that its answer is of", async () => {
    const input = {
      slug: "sql",
      name: "SQL",
      hours: 20.5,
      kind: "LANGUAGE",
      requires: { skill: "http" },
      citations: cites,
    };
    expect(await mutate(api, "createSkill", { input })).toEqual({
      __typename: "SkillWrite",
      skill: { id: expect.any(String), slug: "sql", name: "SQL" },
      written: {
        revision: 2,
        isDryRun: false,
        isReplay: false,
        created: 1,
        updated: 0,
        deleted: 0,
        changed: [{ kind: "SKILL", slug: "sql", operation: "CREATED" }],
      },
    });
    expect(await mutate(api, "updateSkill", { slug: "sql", input: { name: "Sequel" } })).toMatchObject({
      skill: { name: "Sequel" },
      written: { revision: 3, updated: 1 },
    });
    const { data } = await api.ask(
      '{ skill(slug: "sql") { hours kind citations { line } requirementNodes { skill { slug } } } }',
    );
    expect(data.skill).toEqual({
      hours: 20.5,
      kind: "LANGUAGE",
      citations: [{ line: 3 }],
      requirementNodes: [{ skill: { slug: "http" } }],
    });
    expect(await mutate(api, "deleteSkill", { slug: "sql" })).toMatchObject({
      skill: null,
      written: { revision: 4, deleted: 1 },
    });
  });

  test("null takes a value out, and what is absent stays", async () => {
    const input = { level: null, partOf: null, summary: "New." };
    await mutate(api, "updateSkill", { slug: "django", input });
    const django = (await rowsOf()).skills.find(({ slug }) => slug === "django")!;
    expect(django).toMatchObject({ level: null, partOf: [], summary: "New.", hours: 60, origin: "api" });
    expect(django.requirement[1]).toMatchObject({ reason: "It is written in it.", citations: cites });
    expect(await mutate(api, "updateSkill", { slug: "django", input: { hours: null } })).toMatchObject({
      __typename: "ValidationError",
      argument: "input.hours",
    });
  });

  test("items of lists are added and removed one by one", async () => {
    const input = {
      add: {
        aliases: ["CPython", "Py"],
        citations: [{ document: "001", line: 4, mention: "Snakes" }],
        partOf: [{ skill: "http", reason: "So it is said." }],
        requires: { skill: "http" },
      },
      remove: { aliases: ["Nothing"], citations: cites },
    };
    await mutate(api, "updateSkill", { slug: "python", input });
    const python = (await rowsOf()).skills.find(({ slug }) => slug === "python")!;
    expect(python).toMatchObject({
      aliases: ["Py", "CPython"],
      citations: [{ line: 4 }],
      partOf: [{ skill: "http", reason: "So it is said." }],
      requirement: [{ needs: "http" }],
    });
    await mutate(api, "updateResource", {
      slug: "tour",
      input: {
        add: {
          teaches: [{ skill: "python-2", reason: "All of it.", citations: [{ ...cites[0], line: 5 }] }],
        },
      },
    });
    expect((await rowsOf()).resources[0]!.teaches).toMatchObject([
      { skill: "python", reason: "All of it.", citations: [{ line: 3 }, { line: 5 }] },
    ]);
    const swap = { remove: { requires: ["http"] }, add: { requires: { skill: "python" } } };
    await mutate(api, "updateSkill", { slug: "django", input: swap });
    const django = (await rowsOf()).skills.find(({ slug }) => slug === "django")!;
    expect(django.requirement.map(({ needs, reason }) => [needs, reason])).toEqual([
      [null, null],
      ["python", "It is written in it."],
    ]);
  });

  test("a loop is refused, and so is a dry run of it; another dry run leaves no trace", async () => {
    const before = await dump(api.store);
    const input = { requires: { skill: "django" } };
    for (const dryRun of [true, false])
      expect(await mutate(api, "updateSkill", { slug: "python", input, dryRun })).toMatchObject({
        __typename: "UnlearnableError",
        message:
          "Expected every skill to be learnable, but 2 would not be: django needs python needs django. It would be enough to take django out of what python needs.",
        loop: [{ slug: "django" }, { slug: "python" }],
        mend: [{ dependent: { slug: "python" }, prerequisite: { slug: "django", name: "Django" } }],
      });
    expect(
      await mutate(api, "createSkill", { input: { slug: "x", name: "X", hours: 1 }, dryRun: true }),
    ).toMatchObject({
      skill: null,
      written: { isDryRun: true, revision: 1, created: 1 },
    });
    expect(await dump(api.store)).toEqual(before);
  });

  test("what others refer to is not deleted: they are listed", async () => {
    const before = await dump(api.store);
    expect(await mutate(api, "deleteSkill", { slug: "python-2" })).toEqual({
      __typename: "InUseError",
      message:
        'Expected a skill that nothing refers to, but "python" is named by skill django, resource tour, role dev and 1 more. Take it out there, or send cascade: DETACH, which does.',
      referringCount: 4,
      referring: [
        { kind: "SKILL", slug: "django", fields: ["requires"], node: { name: "Django" } },
        { kind: "RESOURCE", slug: "tour", fields: ["teaches"], node: {} },
        { kind: "ROLE", slug: "dev", fields: ["optionalSkills", "responsibilities"], node: { name: "Dev" } },
        { kind: "ROADMAP", slug: "first", fields: ["steps"], node: { name: "First" } },
      ],
    });
    for (const [type, slug] of [
      ["Resource", "tour"],
      ["Project", "blog"],
    ])
      expect(await mutate(api, `delete${type}`, { slug })).toMatchObject({
        __typename: "InUseError",
        referring: [{ kind: "ROADMAP", slug: "first", fields: ["steps"] }],
      });
    expect(await dump(api.store)).toEqual(before);
  });

  test("with DETACH they lose the reference, and nothing else", async () => {
    expect(await mutate(api, "deleteSkill", { slug: "python", cascade: "DETACH" })).toMatchObject({
      skill: null,
      written: { deleted: 1, updated: 4 },
    });
    await mutate(api, "deleteProject", { slug: "blog", cascade: "DETACH" });
    await mutate(api, "deleteResource", { slug: "tour", cascade: "DETACH" });
    const rows = await rowsOf();
    expect(rows.skills.find(({ slug }) => slug === "django")!.requirement.map(({ needs }) => needs)).toEqual([
      null,
      "http",
    ]);
    expect(rows.roles[0]).toMatchObject({ optional: [], responsibilities: [{ name: "Code", skills: [] }] });
    expect(rows.roadmaps[0]!.steps).toMatchObject([
      { name: "One", requirement: [], resources: [], projects: [] },
    ]);
    expect([rows.projects, rows.resources]).toEqual([[], []]);
  });

  test("a deletion that would take the only alternative out is refused", async () => {
    await mutate(api, "createSkill", { input: { slug: "a", name: "A", hours: 1 } });
    await mutate(api, "createSkill", { input: { slug: "b", name: "B", hours: 1, requires: { skill: "a" } } });
    await mutate(api, "createSkill", { input: { slug: "c", name: "C", hours: 1 } });
    await mutate(api, "updateSkill", {
      slug: "a",
      input: { requires: { anyOf: [{ skill: "b" }, { skill: "c" }] } },
    });
    expect(await mutate(api, "deleteSkill", { slug: "c", cascade: "DETACH" })).toMatchObject({
      __typename: "UnlearnableError",
      loop: [{ slug: "a" }, { slug: "b" }],
    });
  });

  const skill = { slug: "x", name: "X", hours: 1 };
  test.each<[string, string, Record<string, unknown>, object]>([
    [
      "a slug that another skill has",
      "createSkill",
      { input: { ...skill, slug: "http" } },
      { argument: "input.slug" },
    ],
    [
      "a slug that another skill had",
      "createSkill",
      { input: { ...skill, slug: "python-2" } },
      { argument: "input.slug" },
    ],
    [
      "a slug that is none",
      "createSkill",
      { input: { ...skill, slug: "No Slug" } },
      { argument: "input.slug", expected: "lower-case letters and digits with single hyphens between" },
    ],
    [
      "a resource's slug that is taken",
      "createResource",
      { input: { slug: "tour", name: "T", kind: "BOOK" } },
      { argument: "input.slug" },
    ],
    [
      "a name that nobody sees",
      "createSkill",
      { input: { ...skill, name: "\u200b" } },
      { argument: "input.name" },
    ],
    [
      "text that cannot be stored",
      "createSkill",
      { input: { ...skill, summary: "\0" } },
      { argument: "input" },
    ],
    [
      "negative hours",
      "createSkill",
      { input: { ...skill, hours: -1 } },
      {
        argument: "input.hours",
        expected: "at least 0",
        message: "input.hours: expected at least 0, got -1.",
      },
    ],
    [
      "an address that is none",
      "updateResource",
      { slug: "tour", input: { url: "javascript:alert(1)" } },
      { argument: "input.url" },
    ],
    [
      "a line that the document has not",
      "createSkill",
      { input: { ...skill, citations: [{ ...cites[0], line: 11 }] } },
      { argument: "input.citations[0].line" },
    ],
    [
      "a basis that no document gives",
      "createSkill",
      { input: { ...skill, citations: [{ ...cites[0], basis: "EDITORIAL" }] } },
      { argument: "input.citations[0].basis" },
    ],
    [
      "a skill that would count twice",
      "createSkill",
      {
        input: {
          ...skill,
          requires: {
            atLeast: { count: 2, of: [{ skill: "http" }, { skill: "http" }, { skill: "python" }] },
          },
        },
      },
      { argument: "input" },
    ],
    [
      "a skill that is part of its part",
      "updateSkill",
      { slug: "http", input: { partOf: [{ skill: "django" }] } },
      { argument: "input" },
    ],
    [
      "a role that is covered in part without a reason",
      "updateRole",
      { slug: "dev", input: { coverage: "PARTIAL" } },
      { argument: "input" },
    ],
    [
      "a reason that is too long",
      "deleteRole",
      { slug: "dev", reason: "x".repeat(4_001) },
      { argument: "reason" },
    ],
    [
      "slugs that do not exist",
      "createSkill",
      {
        input: {
          ...skill,
          requires: { anyOf: [{ skill: "htp" }] },
          partOf: [{ skill: "pyton" }],
          citations: [{ ...cites[0], document: "002" }],
        },
      },
      {
        unknown: [
          { kind: "DOCUMENT", slug: "002", argument: "input.citations[0].document" },
          { kind: "SKILL", slug: "pyton", argument: "input.partOf[0].skill", suggestions: ["python"] },
          { kind: "SKILL", slug: "htp", argument: "input.requires.anyOf[0].skill", suggestions: ["http"] },
        ],
      },
    ],
    [
      "a roadmap's resource that does not exist",
      "updateRoadmap",
      { slug: "first", input: { steps: [{ name: "S", resources: ["tuor"] }] } },
      {
        unknown: [
          { kind: "RESOURCE", slug: "tuor", argument: "input.steps[0].resources[0]", suggestions: ["tour"] },
        ],
      },
    ],
    [
      "a prerequisite to remove that does not exist",
      "updateSkill",
      { slug: "http", input: { remove: { requires: ["no"] } } },
      { unknown: [{ slug: "no", argument: "input.remove.requires[0]" }] },
    ],
    [
      "an entity that does not exist",
      "updateProject",
      { slug: "blgo", input: {} },
      { unknown: [{ kind: "PROJECT", slug: "blgo", suggestions: ["blog"] }] },
    ],
  ])("%s is refused", async (_what, name, args, expected) => {
    expect(await mutate(api, name, args)).toMatchObject(expected);
    expect(api.store.snapshot().revision).toBe(1);
  });
});
