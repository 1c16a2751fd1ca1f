import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createContext, rowSourceOf } from "../../../src/api/context.ts";
import { entityKey } from "../../../src/api/core/handle.ts";
import { MAX_GOALS, MAX_LISTED_SKILLS } from "../../../src/api/limits.ts";
import { buildSchema } from "../../../src/api/schema.ts";
import { OperationCache } from "../../../src/http/execution/operation-cache.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { operationsGraph } from "../../support/operations-graph.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openApi(operationsGraph());
});
afterAll(() => api.close());

/** Inputs that a path refuses as a member of its result, with the type and message of the answer. */
const REFUSED_PATHS: readonly [title: string, input: object, type: string, message: string][] = [
  [
    "no goals",
    { goals: [] },
    "ValidationError",
    'Expected input.goals to be a list of 1 to 100, got "0 entries".',
  ],
  [
    "an unknown role",
    { goals: [{ role: "backend" }] },
    "NotFoundError",
    'There is no role "backend" (in input.goals[0].role). Did you mean backend-developer?',
  ],
  [
    "an unknown project among others",
    { goals: [{ skill: "git" }, { project: "todo" }] },
    "NotFoundError",
    'There is no project "todo" (in input.goals[1].project). Did you mean todo-api?',
  ],
  [
    "an empty slug",
    { goals: [{ roadmap: "" }] },
    "NotFoundError",
    'There is no roadmap "" (in input.goals[0].roadmap).',
  ],
  [
    "a skill both chosen and avoided",
    { goals: [{ skill: "git" }], choose: ["sql", "python"], avoid: ["python"] },
    "ValidationError",
    'Expected input.avoid to be without any skill of input.choose, got "python".',
  ],
  [
    "negative hours a week",
    { goals: [{ skill: "git" }], weeklyHours: -1 },
    "ValidationError",
    "Expected input.weeklyHours to be between 0.01 and 168, got -1.",
  ],
  [
    "more hours than a week has",
    { goals: [{ skill: "git" }], weeklyHours: 1e300 },
    "ValidationError",
    "Expected input.weeklyHours to be between 0.01 and 168, got 1e+300.",
  ],
  [
    "too many goals",
    { goals: Array.from({ length: MAX_GOALS + 1 }, () => ({ skill: "git" })) },
    "ValidationError",
    'Expected input.goals to be a list of 1 to 100, got "101 entries".',
  ],
  [
    "a huge list of known skills",
    { goals: [{ skill: "git" }], known: Array.from({ length: MAX_LISTED_SKILLS + 1 }, (_, n) => `s${n}`) },
    "ValidationError",
    'Expected input.known to be a list of at most 5000, got "5001 entries".',
  ],
  [
    "an unknown avoided skill of great length",
    { goals: [{ skill: "git" }], avoid: ["x".repeat(5_000)] },
    "NotFoundError",
    `There is no skill "${"x".repeat(100)}…" (in input.avoid[0]).`,
  ],
];

test.each(REFUSED_PATHS)("a path for %s is refused in its result", async (_title, input, type, message) => {
  const { status, data, errors } = await api.ask(
    `query ($input: LearningPathInput!) { learningPath(input: $input) { __typename ... on Error { message } } }`,
    { input },
  );
  expect({ status, errors, ...data }).toEqual({
    status: 200,
    errors: [],
    learningPath: { __typename: type, message },
  });
});

test.each([
  ['readyToLearn(known: ["nothing"])', 'There is no skill "nothing" (in known[0]).'],
  ['readyToLearn(goals: [{ skill: "nothing" }])', 'There is no skill "nothing" (in goals[0].skill).'],
  ["readyToLearn(first: 201)", "Expected first to be between 0 and 200, got 201."],
  ["subgraph(roots: [])", 'Expected roots to be a list of 1 to 100, got "0 entries".'],
  ['subgraph(roots: [{ skill: "nothing" }])', 'There is no skill "nothing" (in roots[0].skill).'],
  ['subgraph(roots: [{ skill: "git" }], depth: -1)', "Expected depth to be between 0 and 1000, got -1."],
])("%s is refused in its result", async (field, message) => {
  const { status, data, errors } = await api.ask(`{ result: ${field} { ... on Error { message } } }`);
  expect({ status, errors, ...data }).toEqual({ status: 200, errors: [], result: { message } });
});

const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Fields whose bad arguments leave them null, with an error beside the data. */
const REFUSED_FIELDS: readonly [field: string, code: string, message: string][] = [
  ['skill(slug: "pyton") { name }', "NOT_FOUND", 'There is no skill "pyton". Did you mean python?'],
  ['resource(slug: "none") { name }', "NOT_FOUND", 'There is no resource "none".'],
  [
    'project(slug: "todo-app") { name }',
    "NOT_FOUND",
    'There is no project "todo-app". Did you mean todo-api?',
  ],
  ['role(slug: "none") { name }', "NOT_FOUND", 'There is no role "none".'],
  ['roadmap(slug: "none") { name }', "NOT_FOUND", 'There is no roadmap "none".'],
  ['document(slug: "none") { name }', "NOT_FOUND", 'There is no document "none".'],
  ["skills(first: 101) { totalCount }", "BAD_USER_INPUT", "Expected first to be between 0 and 100, got 101."],
  ["skills(first: -1) { totalCount }", "BAD_USER_INPUT", "Expected first to be between 0 and 100, got -1."],
  ["skills(last: -1) { totalCount }", "BAD_USER_INPUT", "Expected last to be between 0 and 100, got -1."],
  [
    "skills(first: 1, last: 1) { totalCount }",
    "BAD_USER_INPUT",
    "Expected last to be absent where first is given, got 1.",
  ],
  [
    'skills(after: "broken") { totalCount }',
    "BAD_USER_INPUT",
    'Expected after to be a cursor that this server has given out, got "broken".',
  ],
  [
    `skills(before: "${cursor({ order: "NAME" })}") { totalCount }`,
    "BAD_USER_INPUT",
    `Expected before to be a cursor that this server has given out, got "${cursor({ order: "NAME" })}".`,
  ],
  [
    `skills(after: "${cursor(["HOURS", 3, "git"])}") { totalCount }`,
    "BAD_USER_INPUT",
    'Expected after to be a cursor of a list ordered by NAME, got "one of a list ordered by HOURS".',
  ],
  [
    `skills(after: "${cursor(["HOURS", "many", "git"])}", orderBy: { field: HOURS }) { totalCount }`,
    "BAD_USER_INPUT",
    `Expected after to be a cursor that this server has given out, got "${cursor(["HOURS", "many", "git"])}".`,
  ],
  [
    `resources(filter: { text: "${"x".repeat(201)}" }) { totalCount }`,
    "BAD_USER_INPUT",
    'Expected filter.text to be at most 200 letters, got "201 letters".',
  ],
  [
    `skills(after: "${cursor(["NAME", "Git\0", "git"])}") { totalCount }`,
    "BAD_USER_INPUT",
    `Expected after to be a cursor that this server has given out, got "${cursor(["NAME", "Git\0", "git"])}".`,
  ],
  [
    'resources(filter: { teaches: "\\u0000" }) { totalCount }',
    "BAD_USER_INPUT",
    'Expected filter.teaches to be without U+0000 and lone surrogates, got "\\u0000".',
  ],
  ['resource(slug: "\\u0000") { name }', "NOT_FOUND", 'There is no resource "\\u0000".'],
  [
    'node(id: "broken") { id }',
    "BAD_USER_INPUT",
    'Expected id to be the id of an entity or of a path, got "broken".',
  ],
  [
    `node(id: "${Buffer.from("Citation:1").toString("base64")}") { id }`,
    "BAD_USER_INPUT",
    `Expected id to be the id of an entity or of a path, got "${Buffer.from("Citation:1").toString("base64")}".`,
  ],
  [
    'nodes(ids: ["U2tpbGw6Z2l0", ""]) { id }',
    "BAD_USER_INPUT",
    'Expected ids[1] to be the id of an entity or of a path, got "".',
  ],
  [
    `nodes(ids: [${Array.from({ length: 101 }, () => '"U2tpbGw6Z2l0"').join(" ")}]) { id }`,
    "BAD_USER_INPUT",
    'Expected ids to be a list of at most 100, got "101 entries".',
  ],
  [
    `search(query: "${"x".repeat(201)}") { totalCount }`,
    "BAD_USER_INPUT",
    'Expected query to be at most 200 letters, got "201 letters".',
  ],
  [
    'search(query: "x", first: 101) { totalCount }',
    "BAD_USER_INPUT",
    "Expected first to be between 0 and 100, got 101.",
  ],
  [
    'search(query: "x", after: "x") { totalCount }',
    "BAD_USER_INPUT",
    'Expected after to be a cursor that this server has given out, got "x".',
  ],
];

test.each(REFUSED_FIELDS)("%s is refused beside the data", async (field, code, message) => {
  const { status, data, errors } = await api.ask(`{ result: ${field} graph { revision } }`);
  expect(status).toBe(200);
  expect(data).toEqual({ result: null, graph: { revision: 1 } });
  expect(errors.map((error) => [error.extensions.code, error.message])).toEqual([[code, message]]);
});

test.each([
  [
    "a goal with two fields",
    `{ learningPath(input: { goals: [{ skill: "git", role: "x" }] }) { __typename } }`,
  ],
  ["a goal without a field", `{ learningPath(input: { goals: [{}] }) { __typename } }`],
  [
    "a day that does not exist",
    `{ learningPath(input: { goals: [{ skill: "git" }], startOn: "2027-02-30" }) { __typename } }`,
  ],
  ["an unknown kind", "{ skills(filter: { kinds: [MAGIC] }) { totalCount } }"],
  ["a number that is no page size", "{ skills(first: 1.5) { totalCount } }"],
])("%s is refused before anything is asked", async (_title, query) => {
  const { status, data, errors } = await api.ask(query);
  expect(status).toBeLessThan(500);
  expect(data ?? null).toBeNull();
  expect(errors.length).toBeGreaterThan(0);
  expect(errors[0]!.extensions.code).toMatch(/^(GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT)$/);
});

test("odd texts neither fail nor match everything", async () => {
  const { data, errors } = await api.ask(
    `{ percent: skills(filter: { text: "%" }) { totalCount } under: skills(filter: { text: "_" }) { totalCount }
       back: skills(filter: { text: "\\\\" }) { totalCount } quote: skills(filter: { text: "'" }) { totalCount }
       none: search(query: "") { totalCount } signs: search(query: "!?") { nodes { slug } } emoji: search(query: "🦆") { totalCount } }`,
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    percent: { totalCount: 0 },
    under: { totalCount: 0 },
    back: { totalCount: 0 },
    quote: { totalCount: 0 },
    none: { totalCount: 0 },
    signs: { nodes: [] },
    emoji: { totalCount: 0 },
  });
});

test("half a letter in a variable is refused beside the data", async () => {
  const { data, errors } = await api.ask("query ($text: String!) { search(query: $text) { totalCount } }", {
    text: "\ud800",
  });
  expect(data).toEqual({ search: null });
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
});

test("a path that is soon found, and an error in its place, are written without a promise", async () => {
  const operations = new OperationCache(buildSchema(), entityKey, rowSourceOf);
  const text = "query ($input: LearningPathInput!) { learningPath(input: $input) { __typename } }";
  const answerTo = (input: object) => {
    const { run, variables } = operations.prepare(text, "", { input })!;
    return run(createContext(api.store), api.store.snapshot().revision, variables);
  };
  // A busy machine may need more than a slice.
  await vi.waitFor(() => {
    expect(answerTo({ goals: [{ skill: "git" }] })).toMatchObject({
      data: '{"learningPath":{"__typename":"LearningPath"}}',
    });
    expect(answerTo({ goals: [] })).toMatchObject({
      data: '{"learningPath":{"__typename":"ValidationError"}}',
    });
  }, 10_000);
});

test("what a client is told has no stack: an operation may have a thousand such errors", async () => {
  const operations = new OperationCache(buildSchema(), entityKey, rowSourceOf);
  for (const [field] of REFUSED_FIELDS) {
    const { run, variables } = operations.prepare(`{ ${field} }`, "", {})!;
    const { errors } = await run(createContext(api.store), api.store.snapshot().revision, variables);
    expect(
      errors.map(({ stack }) => stack?.includes("\n    at ")),
      field,
    ).toEqual([false]);
  }
});
