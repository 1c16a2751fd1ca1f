import { afterEach, beforeEach, expect, test } from "vitest";
import { readGraphRows } from "../../../src/store/rows/read-graph.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { dump } from "../../support/dump.ts";
import { mutate } from "../../support/mutate.ts";
import { cites, SMALL_GRAPH } from "./small-graph.ts";

/** Creating, changing and deleting entities one by one. */

let api: TestApi;
const rowsOf = () => readGraphRows(api.store.prisma);
beforeEach(async () => {
  api = await openApi(SMALL_GRAPH);
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
