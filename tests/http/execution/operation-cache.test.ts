import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSchema, GraphQLError } from "graphql";
import pino from "pino";
import { expect, test, vi } from "vitest";
import { buildSchema as buildApi } from "../../../src/api/schema.ts";
import { Viewers } from "../../../src/http/access/viewers.ts";
import { OperationCache } from "../../../src/http/execution/operation-cache.ts";
import { Gate } from "../../../src/http/gate.ts";
import { PersistedOperations } from "../../../src/http/graphql/persisted.ts";
import { createYogaHandler } from "../../../src/http/graphql/yoga.ts";

const schema = buildSchema(`
  type Query { name(of: Int): String, other: String }
  type Mutation { name: String }
`);
const cacheOf = () => new OperationCache(schema, () => undefined, Object);
const dataOf = async (cache: OperationCache, text: string, name = "", values = {}) => {
  const prepared = cache.prepare(text, name, values);
  return prepared && (await prepared.run({}, 1, prepared.variables)).data;
};

test("a document is parsed once, by the front and by Yoga together", async () => {
  const operations = cacheOf();
  const logger = pino({ level: "silent" });
  const yoga = await createYogaHandler({
    schema,
    endpoint: "/graphql",
    operations,
    persisted: new PersistedOperations(new Map()),
    gate: new Gate({}),
    viewers: new Viewers({}, async () => undefined),
    writingContext: () => ({}),
    answerAt: (_request, answer) => answer({}, 1),
    maskError: (error) => new GraphQLError(String(error)),
    logger,
  });
  const server = createServer(yoga);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  // Whoever executes a document shows resolvers the operation that was parsed.
  const operationsSeen = new Set<unknown>();
  schema.getQueryType()!.getFields().other!.resolve = (_source, _args, _context, info) => {
    operationsSeen.add(info.operation);
    return "seen";
  };
  const query = "{ other }";
  expect(await dataOf(operations, query)).toBe('{"other":"seen"}');
  for (let time = 0; time < 2; time++) {
    const answer = await fetch(`${url}?${new URLSearchParams({ query })}`);
    expect(await answer.json()).toEqual({ data: { other: "seen" } });
  }
  expect(operationsSeen.size).toBe(1);
  server.closeAllConnections();
  server.close();
});

test("what is no valid query of the name, or does not take the variables, is not prepared", () => {
  const operations = cacheOf();
  const named = "query A { name } query B { other }";
  expect(operations.prepare(named, "A", {})?.asked.name).toBe("A");
  expect(operations.prepare(named, "C", {})).toBeUndefined();
  expect(operations.prepare(named, "", {})).toBeUndefined();
  expect(operations.prepare("mutation { name }", "", {})).toBeUndefined();
  // A write has its price, whatever it writes, and a field.
  expect(operations.mutation("mutation { name }", "")?.costOf({})).toBe(5_001);
  expect(operations.prepare("mutation { name }", "", {})).toBeUndefined();
  expect(operations.mutation("{ name }", "")).toBeUndefined();
  expect(() => operations.prepare("{ nothing }", "", {})).toThrow(/Cannot query field/);
  expect(() => operations.prepare("{", "", {})).toThrow(/Syntax Error/);
  const asked = "query ($of: Int!) { name(of: $of) }";
  expect(() => operations.prepare(asked, "", { of: "one" })).toThrow(/Int cannot represent/);
  expect(operations.prepare(asked, "", { of: 1 })?.variables).toEqual({ of: 1 });
});

test("says what is wrong with a document", () => {
  const operations = cacheOf();
  expect(operations.check("{").document).toBeInstanceOf(GraphQLError);
  expect(operations.check("{ nothing }").errors[0]?.message).toContain("nothing");
  expect(operations.check("{ name }").errors).toEqual([]);
  // They are kept, and what a stack names could not be collected.
  const limit = Error.stackTraceLimit;
  for (const text of ["{", "{ other nothing }"]) {
    const { document, errors } = operations.check(text);
    expect(String((errors[0] ?? (document as GraphQLError)).stack)).not.toMatch(/^ +at /m);
  }
  expect(Error.stackTraceLimit).toBe(limit);
});

test("a flood of documents that come once pushes out none that is asked again", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const operations = cacheOf();
    operations.prepare("{ name }", "", {});
    vi.advanceTimersByTime(1_000);
    operations.prepare("{ name }", "", {});
    const large = (nth: number) => `{ a${nth}: name } #${"a".repeat(90_000)}`;
    for (let nth = 0; nth < 200; nth++) operations.prepare(large(nth), "", {});
    expect(operations.knows("{ name }")).toBe(true);
    expect(operations.knows(large(199))).toBe(true);
    expect(operations.knows(large(150))).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

test("conditions are decided by the variables of each request", async () => {
  const operations = cacheOf();
  const text = "query ($a: Boolean!) { name @include(if: $a) other @skip(if: $a) }";
  for (let time = 0; time < 2; time++) {
    expect(await dataOf(operations, text, "", { a: true })).toBe('{"name":null}');
    expect(await dataOf(operations, text, "", { a: false })).toBe('{"other":"seen"}');
  }
});

test("what an operation costs follows its variables, whatever came before", () => {
  const api = buildApi();
  const texts = [
    "query ($input: LearningPathInput!) { learningPath(input: $input) { __typename } }",
    "query ($effort: SearchEffort) { learningPath(input: { goals: [], effort: $effort }) { __typename } }",
    "query ($first: Int, $ids: [ID!]!) { nodes(ids: $ids) { id } skills(first: $first) { nodes { slug } } }",
    "query ($id: ID!, $first: Int) { nodes(ids: [$id]) { id } skills(first: $first) { nodes { slug } } }",
  ];
  const efforts = ["INSTANT", "THOROUGH", "NORMAL", undefined];
  const path = (effort: string) => Buffer.from(`LearningPath:7?effort=${effort}`).toString("base64url");
  const all = efforts.map((effort, at) => ({
    ...{ input: { goals: [], effort }, effort, first: 10 * at },
    ...{ id: path(String(effort)), ids: Array.from({ length: at + 1 }, () => path(String(effort))) },
  }));
  const shared = new OperationCache(api, () => undefined, Object);
  for (const text of texts) {
    const costs = new Set<number>();
    for (const variables of [...all, ...all]) {
      const { cost } = new OperationCache(api, () => undefined, Object).prepare(text, "", variables)!.size;
      expect(shared.prepare(text, "", variables)!.size.cost).toBe(cost);
      costs.add(cost);
    }
    expect(costs.size).toBeGreaterThan(1);
  }
});
