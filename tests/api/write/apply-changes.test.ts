import { afterEach, beforeEach, expect, test } from "vitest";
import { readGraphRows } from "../../../src/store/rows/read-graph.ts";
import { referencesIn } from "../../../src/store/rows/references.ts";
import { openApi, openShippedGraph, type TestApi } from "../../support/api.ts";
import { dump } from "../../support/dump.ts";

const APPLY = `mutation ($changes: [HypotheticalChangeInput!]!, $expectedRevision: Int, $dryRun: Boolean! = false, $reason: String) {
  applyChanges(changes: $changes, expectedRevision: $expectedRevision, dryRun: $dryRun, reason: $reason) {
    __typename
    ... on GraphWrite {
      revision isDryRun created updated deleted
      changed { kind slug operation node { ... on Goal { name } } }
    }
    ... on UnlearnableError { message loop { slug name } }
    ... on ConflictError { message currentRevision }
    ... on NotFoundError { message unknown { slug argument suggestions } }
    ... on ValidationError { message argument }
  }
}`;
const cites = [{ document: "001", line: 3, mention: "Python", basis: "EXPLICIT" as const }];

let api: TestApi;
beforeEach(async () => {
  api = await openApi({
    documents: [{ id: "001", title: "One" }],
    skills: [
      { slug: "python", name: "Python", hours: 60 },
      { slug: "http", name: "HTTP", hours: 5 },
      {
        slug: "django",
        name: "Django",
        hours: 60,
        requires: { allOf: [{ skill: "python", reason: "It is written in it.", cites }, "http"] },
      },
    ],
    projects: [{ slug: "blog", name: "Blog", hours: 10, requires: "django" }],
    roadmaps: [{ slug: "first", name: "First", ordered: true, steps: [{ name: "One", requires: "python" }] }],
  });
});
afterEach(() => api.close());

const apply = async (changes: object[], options: object = {}) =>
  (await api.write(APPLY, { changes, ...options })).data.applyChanges;
const requirementOf = async (slug: string) => {
  const query = `{ skill(slug: "${slug}") { requirementNodes { skill { slug } reason citations { line } } } }`;
  return (await api.ask(query)).data.skill.requirementNodes;
};

test("all changes are one revision, answered from the graph after it", async () => {
  const changes = [
    { addSkill: { slug: "sql", name: "SQL", hours: 20, requires: { skill: "http" } } },
    { addPrerequisite: { to: { skill: "django" }, requires: { skill: "sql" } } },
    { setHours: { skill: "http", hours: 7.5 } },
    {
      setRequirement: {
        of: { project: "blog" },
        requires: { anyOf: [{ skill: "django" }, { skill: "sql" }] },
      },
    },
  ];
  expect(await apply(changes, { expectedRevision: 1, reason: "Blogs have tables." })).toEqual({
    __typename: "GraphWrite",
    revision: 2,
    isDryRun: false,
    created: 1,
    updated: 3,
    deleted: 0,
    changed: [
      { kind: "SKILL", slug: "django", operation: "UPDATED", node: { name: "Django" } },
      { kind: "SKILL", slug: "http", operation: "UPDATED", node: { name: "HTTP" } },
      { kind: "SKILL", slug: "sql", operation: "CREATED", node: { name: "SQL" } },
      { kind: "PROJECT", slug: "blog", operation: "UPDATED", node: { name: "Blog" } },
    ],
  });
  const { data } = await api.ask(
    '{ skill(slug: "http") { hours } project(slug: "blog") { requirementNodes { skill { slug } } } }',
  );
  expect(data.skill.hours).toBe(7.5);
  expect(data.project.requirementNodes.map((node: { skill: object | null }) => node.skill)).toEqual([
    null,
    { slug: "django" },
    { slug: "sql" },
  ]);
});

test("what was tried by whatIf is what is written", async () => {
  const changes = [
    { addSkill: { slug: "flask", hours: 20, requires: { skill: "python" } } },
    {
      setRequirement: {
        of: { project: "blog" },
        requires: { anyOf: [{ skill: "django" }, { skill: "flask" }] },
      },
    },
    { removeSkill: "http" },
  ];
  const input = { goals: [{ project: "blog" }] };
  const tried = await api.ask(
    `query ($changes: [HypotheticalChangeInput!]!, $input: LearningPathInput!) { whatIf(changes: $changes, input: $input) {
      ... on WhatIf { hypothetical { totalHours steps { slug hours } } } } }`,
    { changes, input },
  );
  expect(await apply(changes)).toMatchObject({ revision: 2 });
  const written = await api.ask(
    `query ($input: LearningPathInput!) { learningPath(input: $input) {
      ... on LearningPath { totalHours steps { hours skill { slug } } } } }`,
    { input },
  );
  const { totalHours, steps } = written.data.learningPath;
  expect(tried.data.whatIf.hypothetical).toEqual({
    totalHours,
    steps: steps.map(({ hours, skill }: { hours: number; skill: { slug: string } }) => ({
      slug: skill.slug,
      hours,
    })),
  });
  expect(totalHours).toBe(80);
});

test("what is left of a requirement keeps its reasons and citations", async () => {
  await apply([{ addPrerequisite: { to: { skill: "django" }, requires: { anyOf: [{ skill: "http" }] } } }]);
  await apply([{ dropPrerequisite: { from: { skill: "django" }, skill: "http" } }]);
  expect(await requirementOf("django")).toEqual([
    { skill: null, reason: null, citations: [] },
    { skill: { slug: "python" }, reason: "It is written in it.", citations: [{ line: 3 }] },
  ]);
});

test("a prerequisite that is there already changes nothing", async () => {
  const changes = [{ addPrerequisite: { to: { skill: "django" }, requires: { skill: "http" } } }];
  expect(await apply(changes)).toMatchObject({ revision: 1, updated: 0, changed: [] });
});

test("a loop is refused, with its skills by name, and nothing is written", async () => {
  const before = await dump(api.store);
  const changes = [
    { addSkill: { slug: "wsgi", name: "WSGI", hours: 1, requires: { skill: "django" } } },
    { setHours: { skill: "http", hours: 99 } },
    { addPrerequisite: { to: { skill: "python" }, requires: { skill: "wsgi" } } },
  ];
  const { __typename, message, loop } = await apply(changes);
  expect(__typename).toBe("UnlearnableError");
  expect(message).toContain("needs");
  expect([...loop].sort((a, b) => (a.slug < b.slug ? -1 : 1))).toEqual([
    { slug: "django", name: "Django" },
    { slug: "python", name: "Python" },
    { slug: "wsgi", name: "WSGI" },
  ]);
  expect(await apply(changes, { dryRun: true })).toMatchObject({ __typename: "UnlearnableError" });
  expect(await dump(api.store)).toEqual(before);
});

test("a change for another revision is refused, and told the current one", async () => {
  const changes = [{ setHours: { skill: "http", hours: 6 } }];
  for (const expectedRevision of [0, 2, -1])
    expect(await apply(changes, { expectedRevision })).toEqual({
      __typename: "ConflictError",
      message: `Expected the graph at revision ${expectedRevision}, it is at 1: read it again and repeat the change.`,
      currentRevision: 1,
    });
  expect(await apply(changes, { expectedRevision: 1 })).toMatchObject({ revision: 2 });
  expect(await apply(changes, { expectedRevision: 1 })).toMatchObject({ currentRevision: 2 });
});

test("a dry run says what would change, and leaves no trace", async () => {
  const before = await dump(api.store);
  const changes = [{ addSkill: { slug: "sql", hours: 20 } }, { removeSkill: "http" }];
  expect(await apply(changes, { dryRun: true })).toMatchObject({
    revision: 1,
    isDryRun: true,
    changed: [
      { slug: "django", operation: "UPDATED", node: { name: "Django" } },
      { slug: "http", operation: "DELETED", node: { name: "HTTP" } },
      { slug: "sql", operation: "CREATED", node: null },
    ],
  });
  expect(await dump(api.store)).toEqual(before);
  expect(await apply(changes)).toMatchObject({ revision: 2, created: 1, updated: 1, deleted: 1 });
});

test.each([
  [
    "a slug that does not exist",
    { setHours: { skill: "htp", hours: 1 } },
    { unknown: [{ slug: "htp", argument: "changes[0].setHours.skill", suggestions: ["http"] }] },
  ],
  [
    "a slug that is taken",
    { addSkill: { slug: "http", hours: 1 } },
    { argument: "changes[0].addSkill.slug" },
  ],
  [
    "a name that nobody sees",
    { addSkill: { slug: "x", name: "\u200b", hours: 1 } },
    { argument: "changes[0].addSkill.name" },
  ],
  [
    "a name that cannot be stored",
    { addSkill: { slug: "x", name: "a\u0000", hours: 1 } },
    { argument: "changes[0].addSkill.name" },
  ],
  ["negative hours", { setHours: { skill: "http", hours: -1 } }, { argument: "changes[0].setHours.hours" }],
  [
    "the requirement of a roadmap",
    { setRequirement: { of: { roadmap: "first" } } },
    { argument: "changes[0]" },
  ],
  [
    "a skill that would count twice",
    {
      addPrerequisite: {
        to: { skill: "django" },
        requires: { atLeast: { count: 2, of: [{ skill: "http" }, { skill: "http" }, { skill: "python" }] } },
      },
    },
    { argument: "changes" },
  ],
])("%s is refused", async (_what, change, expected) => {
  expect(await apply([change])).toMatchObject(expected);
  expect(api.store.snapshot().revision).toBe(1);
});

test("a requirement that a graph file could not hold is refused", async () => {
  let requires: object = { skill: "http" };
  for (let level = 1; level < 32; level++) requires = { anyOf: [requires] };
  const changes = [{ addPrerequisite: { to: { skill: "django" }, requires } }];
  expect(await apply(changes)).toMatchObject({ argument: "changes" });
});

test("no changes, and too long a reason, are refused", async () => {
  expect(await apply([])).toMatchObject({ argument: "changes" });
  const changes = [{ setHours: { skill: "http", hours: 6 } }];
  expect(await apply(changes, { reason: "x".repeat(4_001) })).toMatchObject({ argument: "reason" });
  expect(await apply(changes, { reason: "\ud800" })).toMatchObject({ argument: "reason" });
});

test("the change log tells of it, page by page", async () => {
  await apply([{ setHours: { skill: "http", hours: 6 } }], { reason: "Measured." });
  await apply([{ removeSkill: "http" }]);
  const log = (args: string) =>
    api.ask(`{ changes(${args}) { totalCount pageInfo { hasNextPage endCursor } nodes {
      revision committedAt source reason kind slug operation node { ... on Goal { slug } } } } }`);
  const { data } = await log("since: 1, first: 2");
  const { nodes, totalCount, pageInfo } = data.changes;
  expect(totalCount).toBe(3);
  expect(nodes).toEqual([
    {
      revision: 2,
      committedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      source: "api",
      reason: "Measured.",
      kind: "SKILL",
      slug: "http",
      operation: "UPDATED",
      node: null,
    },
    expect.objectContaining({ revision: 3, reason: null, slug: "django", node: { slug: "django" } }),
  ]);
  expect(pageInfo.hasNextPage).toBe(true);
  const rest = await log(`since: 1, first: 2, after: "${pageInfo.endCursor}"`);
  expect(rest.data.changes.nodes).toMatchObject([{ revision: 3, slug: "http", operation: "DELETED" }]);
  expect(rest.data.changes.pageInfo.hasNextPage).toBe(false);
  const last = await log("last: 1");
  expect(last.data.changes).toMatchObject({ totalCount: 9, nodes: [{ revision: 3, slug: "http" }] });
  expect((await log("since: 3")).data.changes.nodes).toEqual([]);
  for (const wrong of ["since: -1", 'after: "x"', "first: 101"])
    expect((await log(wrong)).errors[0]?.extensions.code, wrong).toBe("BAD_USER_INPUT");
});

test("of the shipped graph, a skill is taken out of whatever refers to it, and nothing else is touched", async () => {
  const shipped = await openShippedGraph();
  const before = await readGraphRows(shipped.store.prisma);
  const referring = new Set(
    [...referencesIn(before)]
      .filter(({ to, slug }) => to === "SKILL" && slug === "git")
      .map(({ from, fromSlug }) => `${from} ${fromSlug}`),
  );
  expect(new Set(Array.from(referring, (entity) => entity.split(" ")[0])).size).toBeGreaterThan(3);
  const { data } = await shipped.write(
    `mutation { applyChanges(changes: [{ removeSkill: "git" }]) { __typename ... on GraphWrite { deleted changed(first: 1000) { kind slug operation } } ... on Error { message } } }`,
  );
  expect(data.applyChanges).toMatchObject({ __typename: "GraphWrite", deleted: 1 });
  const updated = data.applyChanges.changed.filter(
    ({ operation }: { operation: string }) => operation === "UPDATED",
  );
  expect(updated.map(({ kind, slug }: Record<string, string>) => `${kind} ${slug}`).sort()).toEqual(
    [...referring].sort(),
  );
  const after = await readGraphRows(shipped.store.prisma);
  expect([...referencesIn(after)].filter(({ to, slug }) => to === "SKILL" && slug === "git")).toEqual([]);
  await shipped.close();
});
