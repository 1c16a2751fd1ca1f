import { afterAll, beforeAll, expect, test } from "vitest";
import { openApi, type TestApi } from "../../support/api.ts";

/** The graph as it was is what it answered then. */

let api: TestApi;
beforeAll(async () => {
  api = await openApi({
    documents: [{ id: "001", title: "One" }],
    skills: [
      { slug: "git", name: "Git", hours: 10 },
      { slug: "http", name: "HTTP", hours: 5 },
      { slug: "css", name: "CSS", hours: 7 },
      { slug: "web", name: "The Web", hours: 20, requires: { allOf: ["git", { anyOf: ["http", "css"] }] } },
    ],
    roles: [{ slug: "dev", name: "Developer", requires: "web" }],
  });
});
afterAll(() => api.close());

const ASKED = `revision counts { skills resources projects roles roadmaps documents } metrics { edges roots leaves maxDepth }
  git: skill(slug: "git") { slug name hours requires } web: skill(slug: "web") { slug hours requires } sql: skill(slug: "sql") { slug hours }
  path(input: { goals: [{ role: "dev" }], known: ["css"], unknown: IGNORE }) { __typename ... on GraphPath { totalHours isOptimal lowerBoundHours steps { slug hours } } ... on Error { message } }`;
const LIVE = `learningPath(input: { goals: [{ role: "dev" }], known: ["css"], unknown: IGNORE }) { ... on LearningPath { totalHours } }`;

const WRITES = [
  'createSkill(input: { slug: "sql", name: "SQL", hours: 15 }) { __typename }',
  'updateSkill(slug: "web", input: { hours: 25, add: { requires: { skill: "sql" } } }) { __typename }',
  'createResource(input: { slug: "book", name: "Book", kind: BOOK }) { __typename }',
  'renameSkill(slug: "git", to: "version-control") { __typename }',
  'deleteSkill(slug: "sql", cascade: DETACH) { __typename }',
  'deleteResource(slug: "book") { __typename }',
  'createRole(input: { slug: "ops", name: "Operations", requires: { skill: "http" } }) { __typename }',
  'mergeSkills(from: "css", into: "http") { __typename }',
];

test("at every revision, all that is told of it later is what it told itself", async () => {
  const told: Record<string, unknown>[] = [];
  const look = async () => {
    const { data } = await api.ask(`{ graph { ${ASKED} } ${LIVE} }`);
    expect(data.graph.path.totalHours).toBe(data.learningPath.totalHours);
    told.push(data.graph);
  };
  await look();
  for (const write of WRITES) {
    const { data } = await api.write(`mutation { write: ${write} }`);
    expect(data.write.__typename).toMatch(/Write$/);
    await look();
  }
  expect(new Set(told.map((each) => JSON.stringify({ ...each, revision: 0 }))).size).toBeGreaterThan(6);
  for (const [at, then] of told.entries()) {
    const { data } = await api.ask(`{ graph(atRevision: ${at + 1}) { ${ASKED} } }`);
    expect(data.graph).toEqual(then);
  }
  expect(told[1]!.web).toEqual({ slug: "web", hours: 20, requires: "git and (http or css)" });
});

test("what is told of then leads to what is there today", async () => {
  const query = `{ graph(atRevision: 2) { git: skill(slug: "git") { slug skill { slug } } sql: skill(slug: "sql") { skill { slug } } } }`;
  expect((await api.ask(query)).data.graph).toEqual({
    git: { slug: "git", skill: { slug: "version-control" } },
    sql: { skill: null },
  });
});

test("what counts as known is told in the slugs of then", async () => {
  const query = `{ graph(atRevision: 2) { path(input: { goals: [{ role: "dev" }], known: ["web"] }) {
    ... on GraphPath { totalHours takenAsKnown { skill { slug } because { slug } } } } } }`;
  expect((await api.ask(query)).data.graph.path).toEqual({
    totalHours: 0,
    takenAsKnown: [{ skill: { slug: "git" }, because: { slug: "web" } }],
  });
});

test("goals that were not there, or could not be reached, are told in the slugs of then", async () => {
  const ask = async (revision: number, input: string) => {
    const path = "__typename ... on Error { message }";
    return (await api.ask(`{ graph(atRevision: ${revision}) { path(input: ${input}) { ${path} } } }`)).data
      .graph.path;
  };
  expect(await ask(1, '{ goals: [{ role: "ops" }] }')).toMatchObject({ __typename: "NotFoundError" });
  expect(await ask(1, '{ goals: [{ role: "dev" }], avoid: ["git"] }')).toEqual({
    __typename: "ValidationError",
    message: "No path reaches role dev: git is avoided.",
  });
});

test.each([
  ["a revision that is yet to come", "atRevision: 1000", "revision", /at most 9/],
  ["none", "atRevision: -1", "revision", /at most 9/],
  ["what is known of now alone", "atRevision: 2", "disagreements { field }", /disagreements/],
])("%s is refused in words", async (_what, argument, asked, message) => {
  const { errors } = await api.ask(`{ graph(${argument}) { ${asked} } }`);
  expect(errors[0]).toMatchObject({
    message: expect.stringMatching(message),
    extensions: { code: "BAD_USER_INPUT", argument: "atRevision" },
  });
});

test("what the log did not keep is refused, and what came after it is told", async () => {
  await api.store.prisma.$executeRawUnsafe(
    'UPDATE "Change" SET "before" = NULL WHERE "revision" = 3 AND "operation" <> \'CREATED\'',
  );
  await api.write('mutation { createSkill(input: { slug: "more", name: "More", hours: 1 }) { __typename } }');
  const ask = (at: number) => api.ask(`{ graph(atRevision: ${at}) { counts { skills } } }`);
  expect((await ask(2)).errors[0]?.message).toMatch(
    /after which the log has kept all, which it did not of 3/,
  );
  expect((await ask(3)).data.graph.counts.skills).toBe(5);
});
