import { afterEach, beforeEach, expect, test } from "vitest";
import { readGraphRows } from "../../../src/store/rows/read-graph.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { dump } from "../../support/dump.ts";
import { mutate } from "../../support/mutate.ts";

/** Other slugs, two skills that become one, and requirements that are replaced. */

const cite = (line: number) => ({ document: "001", line, mention: "Python", basis: "EXPLICIT" as const });

let api: TestApi;
beforeEach(async () => {
  api = await openApi({
    documents: [{ id: "001", title: "One" }],
    skills: [
      {
        slug: "python",
        name: "Python",
        hours: 60,
        aliases: ["Py"],
        formerSlugs: ["snake"],
        cites: [cite(1)],
      },
      {
        slug: "python-3",
        name: "Python 3",
        hours: 50,
        level: "BEGINNER",
        requires: "shell",
        cites: [cite(1), cite(2)],
      },
      { slug: "shell", name: "Shell", hours: 5 },
      {
        slug: "django",
        name: "Django",
        hours: 60,
        partOf: [{ topic: "python", reason: "So." }, "python-3"],
        requires: {
          atLeast: 2,
          of: [
            { skill: "python", cites: [cite(3)] },
            { skill: "python-3", reason: "Why.", cites: [cite(4)] },
            "shell",
          ],
        },
      },
    ],
    resources: [
      {
        slug: "tour",
        name: "Tour",
        kind: "BOOK",
        teaches: [
          { skill: "python", cites: [cite(5)] },
          { skill: "python-3", cites: [cite(6)] },
        ],
      },
    ],
    projects: [{ slug: "blog", name: "Blog", hours: 10, requires: "django", practises: ["python"] }],
    roles: [
      {
        slug: "dev",
        name: "Dev",
        optional: ["python"],
        responsibilities: [{ name: "Code", skills: ["python", "python-3"] }],
      },
    ],
    roadmaps: [
      {
        slug: "first",
        name: "First",
        steps: [
          {
            name: "One",
            requires: { anyOf: ["python", "python-3"] },
            resources: ["tour"],
            projects: ["blog"],
          },
        ],
      },
    ],
  });
});
afterEach(() => api.close());

const rowsOf = () => readGraphRows(api.store.prisma);
const skill = async (slug: string) => (await rowsOf()).skills.find((row) => row.slug === slug)!;

test("a renamed skill is found by all its slugs, and whatever names it names it by the new one", async () => {
  const { id } = await skill("python").then(() =>
    api.store.prisma.skill.findUniqueOrThrow({ where: { slug: "python" } }),
  );
  expect(await mutate(api, "renameSkill", { slug: "snake", to: "python-language" })).toMatchObject({
    skill: { slug: "python-language", name: "Python" },
    written: {
      revision: 2,
      updated: 6,
      changed: [
        { slug: "django", operation: "UPDATED" },
        { slug: "python-language", operation: "UPDATED" },
        { slug: "tour" },
        { slug: "blog" },
        { slug: "dev" },
        { slug: "first" },
      ],
    },
  });
  expect(await api.store.prisma.skill.findUnique({ where: { slug: "python-language" } })).toMatchObject({
    id,
    formerSlugs: ["snake", "python"],
  });
  for (const slug of ["python-language", "python", "snake"]) {
    const { data } = await api.ask(`{ skill(slug: "${slug}") { slug formerSlugs version }
      learningPath(input: { goals: [{ skill: "django" }], known: ["${slug}"], knownImplies: NOTHING }) { ... on LearningPath { steps { skill { slug } } } } }`);
    expect(data.skill).toEqual({ slug: "python-language", formerSlugs: ["snake", "python"], version: 2 });
    expect(data.learningPath.steps).toHaveLength(2);
  }
  expect(JSON.stringify((await rowsOf()).resources)).toContain('"skill":"python-language"');
  await mutate(api, "updateSkill", { slug: "python", input: { hours: 61 } });
  expect(await mutate(api, "renameSkill", { slug: "python-language", to: "python" })).toMatchObject({
    skill: { slug: "python" },
  });
  expect(await skill("python")).toMatchObject({ hours: 61, formerSlugs: ["snake", "python-language"] });
});

test("resources, projects, roles and roadmaps are renamed alike", async () => {
  for (const [type, slug] of [
    ["Resource", "tour"],
    ["Project", "blog"],
    ["Role", "dev"],
    ["Roadmap", "first"],
  ]) {
    const renamed = await mutate(api, `rename${type}`, { slug, to: `${slug}-2` });
    expect(renamed).toMatchObject({ [type!.toLowerCase()]: { slug: `${slug}-2` } });
    const { data } = await api.ask(`{ ${type!.toLowerCase()}(slug: "${slug}") { slug } }`);
    expect(data).toEqual({ [type!.toLowerCase()]: { slug: `${slug}-2` } });
  }
  expect((await rowsOf()).roadmaps[0]!.steps[0]).toMatchObject({
    resources: ["tour-2"],
    projects: ["blog-2"],
  });
});

test("a slug that is none, or another's, is refused; the same one changes nothing", async () => {
  for (const to of ["Python", "", "shell", "x".repeat(81), "python--x"])
    expect(await mutate(api, "renameSkill", { slug: "python", to })).toMatchObject({
      __typename: "ValidationError",
      argument: "to",
    });
  expect(await mutate(api, "renameSkill", { slug: "shell", to: "snake" })).toMatchObject({ argument: "to" });
  expect(await mutate(api, "renameSkill", { slug: "python", to: "python" })).toMatchObject({
    written: { revision: 1, updated: 0 },
  });
  expect(await mutate(api, "renameSkill", { slug: "python", to: "x", expectedVersion: 7 })).toMatchObject({
    currentVersion: 1,
  });
});

test("merged skills are one, with all that was said of both", async () => {
  expect(await mutate(api, "mergeSkills", { from: "python-3", into: "snake" })).toMatchObject({
    skill: { slug: "python", name: "Python" },
    written: { revision: 2, deleted: 1, updated: 5 },
  });
  expect(await skill("python")).toMatchObject({
    hours: 60,
    level: "BEGINNER",
    aliases: ["Py", "Python 3"],
    formerSlugs: ["snake", "python-3"],
    requirement: [{ needs: "shell" }],
    citations: [{ line: 1 }, { line: 2 }],
  });
  const django = await skill("django");
  expect(django.partOf).toMatchObject([{ skill: "python", reason: "So." }]);
  expect(
    django.requirement.map(({ atLeast, needs, reason, citations }) => [
      atLeast,
      needs,
      reason,
      citations.map(({ line }) => line),
    ]),
  ).toEqual([
    [2, null, null, []],
    [null, "python", "Why.", [3, 4]],
    [null, "shell", null, []],
  ]);
  const rows = await rowsOf();
  expect(rows.resources[0]!.teaches).toMatchObject([
    { skill: "python", citations: [{ line: 5 }, { line: 6 }] },
  ]);
  expect(rows.roles[0]!.responsibilities[0]!.skills).toEqual(["python"]);
  expect(rows.roadmaps[0]!.steps[0]!.requirement.map(({ needs }) => needs)).toEqual([null, "python"]);
  const { data } = await api.ask('{ skill(slug: "python-3") { slug } }');
  expect(data.skill.slug).toBe("python");
});

test("skills that need one another are not merged, nor one with itself, and nothing is written", async () => {
  const before = await dump(api.store);
  expect(await mutate(api, "mergeSkills", { from: "python-3", into: "shell" })).toMatchObject({
    __typename: "UnlearnableError",
    loop: [{ slug: "shell" }],
  });
  await mutate(api, "mergeSkills", { from: "shell", into: "python", dryRun: true });
  expect(await mutate(api, "mergeSkills", { from: "python", into: "snake" })).toMatchObject({
    argument: "into",
  });
  expect(await mutate(api, "mergeSkills", { from: "python", into: "nothing" })).toMatchObject({
    unknown: [{ slug: "nothing" }],
  });
  expect(
    await mutate(api, "mergeSkills", {
      from: "django",
      into: "python",
      expectedFromVersion: 1,
      expectedIntoVersion: 2,
    }),
  ).toMatchObject({ currentVersion: 1 });
  expect(await dump(api.store)).toEqual(before);
});

test("a requirement is replaced, and what it goes on naming keeps what is said of it", async () => {
  const requirement = { allOf: [{ skill: "snake" }, { anyOf: [{ skill: "shell" }, { skill: "python-3" }] }] };
  const { owner, written } = await mutate(api, "setRequirement", {
    of: { skill: "django" },
    requirement,
    because: "All of it.",
    citations: [cite(9)],
  });
  expect([owner, written]).toMatchObject([{ slug: "django" }, { revision: 2, updated: 1 }]);
  expect(
    (await skill("django")).requirement.map(({ atLeast, needs, reason, citations }) => [
      atLeast,
      needs,
      reason,
      citations.map(({ line }) => line),
    ]),
  ).toEqual([
    [2, null, "All of it.", [9]],
    [null, "python", null, [3]],
    [1, null, null, []],
    [null, "shell", null, []],
    [null, "python-3", "Why.", [4]],
  ]);
  await mutate(api, "setRequirement", {
    of: { project: "blog" },
    requirement: { skill: "shell" },
    citations: [cite(7)],
  });
  expect((await rowsOf()).projects[0]!.requirement).toMatchObject([
    { needs: "shell", citations: [{ line: 7 }] },
  ]);
  await mutate(api, "setRequirement", { of: { role: "dev" } });
  expect((await rowsOf()).roles[0]!.requirement).toEqual([]);
});

test.each<[string, Record<string, unknown>, object]>([
  [
    "a loop",
    { of: { skill: "shell" }, requirement: { skill: "django" } },
    { __typename: "UnlearnableError" },
  ],
  ["a roadmap", { of: { roadmap: "first" }, requirement: { skill: "shell" } }, { argument: "of" }],
  [
    "an unknown owner",
    { of: { role: "dve" } },
    { unknown: [{ kind: "ROLE", slug: "dve", argument: "of.role" }] },
  ],
  [
    "an unknown skill",
    { of: { role: "dev" }, requirement: { skill: "no" } },
    { unknown: [{ slug: "no", argument: "requirement.skill" }] },
  ],
  [
    "an unknown document",
    { of: { role: "dev" }, citations: [{ ...cite(1), document: "2" }] },
    { unknown: [{ slug: "2", argument: "citations[0].document" }] },
  ],
  [
    "another version",
    { of: { role: "dev" }, expectedVersion: 3 },
    { current: { slug: "dev" }, currentVersion: 1 },
  ],
])("as a requirement, %s is refused", async (_what, args, expected) => {
  expect(await mutate(api, "setRequirement", args)).toMatchObject(expected);
  expect(api.store.snapshot().revision).toBe(1);
});
