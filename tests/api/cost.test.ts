import { readFileSync } from "node:fs";
import { getOperationAST, parse } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createContext, rowSourceOf } from "../../src/api/context.ts";
import { encodeGlobalId } from "../../src/api/core/global-id.ts";
import { entityKey } from "../../src/api/core/handle.ts";
import { LIST_LENGTH_ASSUMED, LIST_LENGTHS } from "../../src/api/limits.ts";
import { sizeOf } from "../../src/api/operation-limits.ts";
import { buildSchema } from "../../src/api/schema.ts";
import { actualCost } from "../../src/http/cost.ts";
import { OperationCache } from "../../src/http/execution/operation-cache.ts";
import { RequestRefused } from "../../src/http/graphql/errors.ts";
import type { Store } from "../../src/store/store.ts";
import { closeWorkers } from "../../src/workers/ask.ts";
import { shippedDatabases } from "../support/database-pool.ts";
import { longestLists } from "../support/longest-lists.ts";
import { RandomOperations } from "../support/random-operations.ts";

/** How many operations are tried; the whole hundred thousand with OPERATIONS_TRIED=100000, in some minutes. */
const TRIED = Number(process.env.OPERATIONS_TRIED ?? 100);
/** Each takes some milliseconds, on a machine that does other things as well. */
const TIMEOUT_MS = Math.max(120_000, 50 * TRIED);

let store: Store;
beforeAll(async () => {
  store = await shippedDatabases.open();
});
afterAll(async () => {
  await closeWorkers();
  await store.close();
});

/** The smallest question of each root field that searches. */
const SMALLEST: Readonly<Record<string, string>> = {
  learningPath: "input: { goals: [] }",
  "learningPath, `INSTANT`": "input: { goals: [], effort: INSTANT }",
  "learningPath, `THOROUGH`": "input: { goals: [], effort: THOROUGH }",
  explain: 'skill: "git", input: { goals: [] }',
  readyToLearn: "input: { goals: [] }",
  whatIf: "input: { goals: [] }, changes: []",
  skillGap: 'from: {}, to: { skill: "git" }',
  compareRoles: "roles: []",
  transitions: "from: {}",
  subgraph: "roots: []",
  search: 'query: "git"',
};

test("the table of costs is the one that operations are priced by", () => {
  const page = readFileSync(new URL("../../SECURITY.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `(\w+)`(.*?) \| ([\d,]+) \|/gm)];
  const told = Object.fromEntries(rows.map(([, name, more, cost]) => [`${name}${more}`, cost]));
  const schema = buildSchema();
  const priced = Object.entries(SMALLEST).map(([name, args]) => {
    const document = parse(`{ ${name.split(",", 1)[0]}(${args}) { __typename } }`);
    const { cost } = sizeOf(getOperationAST(document)!, { schema, fragments: {}, variables: {} });
    return [name, Math.ceil(cost).toLocaleString("en")];
  });
  expect(told).toEqual(Object.fromEntries(priced));
});

test("an effort, and the id of a path, are priced wherever they stand", () => {
  const costOf = (text: string, variables?: Record<string, unknown>) => {
    const measured = { schema: buildSchema(), fragments: {}, variables };
    return sizeOf(getOperationAST(parse(text))!, measured).cost;
  };
  const ask = (input: string, variables?: Record<string, unknown>) =>
    costOf(
      `query ($input: LearningPathInput!, $effort: SearchEffort) { learningPath(input: ${input}) { __typename } }`,
      variables,
    );
  const thorough = ask("{ goals: [], effort: THOROUGH }", {});
  expect(ask("$input", { input: { goals: [], effort: "THOROUGH" } })).toBe(thorough);
  expect(ask("{ goals: [], effort: $effort }", { effort: "THOROUGH" })).toBe(thorough);
  expect(ask("$input", { input: { goals: [] } })).toBeLessThan(thorough);
  expect(ask("$input")).toBe(ask("{ goals: [], effort: INSTANT }", {}));
  const path = encodeGlobalId("LearningPath", '["key",1,false,[],[],"skill=git"]');
  const nodes = (ids: readonly string[]) =>
    costOf("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
  expect(nodes([path, path])).toBeGreaterThan(2 * ask("{ goals: [] }", {}) - 10);
  expect(nodes([encodeGlobalId("Skill", "git")])).toBeLessThan(10);
  // As operations are priced that come over HTTP: not by what is known before their variables are.
  const cache = new OperationCache(buildSchema(), entityKey, rowSourceOf);
  const query = "query ($a: ID!, $b: ID!) { nodes(ids: [$a, $b]) { id } }";
  const prepared = cache.prepare(query, "", { a: path, b: path });
  expect(prepared?.size.cost).toBeGreaterThan(2 * ask("{ goals: [] }", {}) - 10);
});

test(
  "no operation costs more than it was priced at before",
  async () => {
    const schema = buildSchema();
    const cache = new OperationCache(schema, entityKey, rowSourceOf);
    const { skills, roles, projects, roadmaps } = store.snapshot();
    const names = {
      skills: [...skills.slugs],
      roles: [...roles.slugs],
      projects: [...projects.slugs],
      roadmaps: [...roadmaps.slugs],
    };
    const operations = new RandomOperations(schema, names, Number(process.env.OPERATIONS_SEED ?? 1));
    const dearer: object[] = [];
    let executed = 0;
    let refused = 0;
    const lists = new Map<string, number>();
    const tell = () => {
      const longest = JSON.stringify([...lists].filter(([, length]) => length > 10).sort());
      const counts = `${executed} operations executed, ${refused} refused, ${dearer.length} dearer than priced`;
      process.stdout.write(`${counts}; longest lists ${longest}\n`);
    };
    for (let at = 0; at < TRIED; at++) {
      const query = operations.next();
      try {
        const prepared = cache.prepare(query, "", {});
        if (prepared === undefined) throw new Error(`expected a query, got ${query}`);
        const context = createContext(store);
        const { data, written } = await prepared.run(context, context.snapshot.revision, prepared.variables);
        executed++;
        const actual = actualCost(prepared.size, written, context.spent);
        longestLists(schema, JSON.parse(data), lists);
        if (actual > prepared.size.cost) dearer.push({ actual, requested: prepared.size.cost, query });
      } catch (error) {
        if (!(error instanceof RequestRefused)) throw error;
        refused++;
        for (const { extensions, message } of error.errors)
          expect(["OPERATION_TOO_LARGE", "ANSWER_TOO_LARGE"], message).toContain(extensions.code);
      }
      if (at % 1_000 === 999) tell();
    }
    const longer = [...lists].filter(
      ([field, length]) => !isOfPage(field) && length > (LIST_LENGTHS[field] ?? LIST_LENGTH_ASSUMED),
    );
    expect(longer, "lists that are longer than priced").toEqual([]);
    expect(dearer.slice(0, 3)).toEqual([]);
    expect(executed).toBeGreaterThan(TRIED / 2);
  },
  TIMEOUT_MS,
);

/** Whether a list is as long as its `first` or `last` says. */
const isOfPage = (field: string) => /Connection\.(?:nodes|edges)$/.test(field) || field === "Query.nodes";
