import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSchema, GraphQLError, type GraphQLObjectType } from "graphql";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Viewers } from "../../../src/http/access/viewers.ts";
import type { Answered } from "../../../src/http/answered.ts";
import { OperationCache } from "../../../src/http/execution/operation-cache.ts";
import { Gate } from "../../../src/http/gate.ts";
import { maskError } from "../../../src/http/graphql/errors.ts";
import { type AnswerAt, createGraphqlHandler } from "../../../src/http/graphql/handler.ts";
import { PersistedOperations } from "../../../src/http/graphql/persisted.ts";
import { Subscriptions } from "../../../src/http/graphql/subscriptions.ts";
import { createYogaHandler } from "../../../src/http/graphql/yoga.ts";

/** What happens when resolvers fail, over HTTP, with a schema made for it. */

const schema = buildSchema(`
  type Query { fine: Int, fails: Int, must: Must, busy: Int, refused: Int, slow: Int, pet: Pet }
  type Must { never: Int! }
  union Pet = Cat
  type Cat { lives: Int }
`);
/** How often each field was resolved. */
let calls: Record<string, number> = {};
const log: Record<string, unknown>[] = [];
const answered: Answered[] = [];

function resolve(type: string, field: string, resolver: () => unknown): void {
  const { [field]: found } = (schema.getType(type) as GraphQLObjectType).getFields();
  found!.resolve = () => {
    calls[field] = (calls[field] ?? 0) + 1;
    return resolver();
  };
}
const fail = (error: Error) => () => {
  throw error;
};
resolve("Query", "fine", () => 1);
resolve("Query", "fails", fail(new Error("secret")));
resolve("Query", "must", () => ({}));
resolve("Must", "never", () => Promise.reject(new Error("secret, too")));
const http = { status: 503, headers: { "retry-after": "15" } };
resolve("Query", "busy", fail(new GraphQLError("Busy.", { extensions: { code: "TOO_BUSY", http } })));
resolve("Query", "refused", fail(new GraphQLError("No.", { extensions: { code: "NO" } })));
resolve("Query", "slow", () => new Promise((done) => setTimeout(done, 50, 1)));
resolve("Query", "pet", () => ({ lives: 9 }));
// Promises of types are not supported by the compiler, so that this is a fault of its.
Object.assign(schema.getType("Pet")!, { resolveType: async () => "Cat" });

const answerAt: AnswerAt = (_request, answer) => answer({}, 1);

let server: Server;
let url: string;
beforeAll(async () => {
  const logger = pino({ level: "error" }, { write: (line: string) => log.push(JSON.parse(line)) });
  const shared = {
    operations: new OperationCache(schema, () => undefined, Object),
    persisted: new PersistedOperations(new Map()),
    gate: new Gate({}),
    viewers: new Viewers({}, async () => undefined),
    answerAt,
    maskError: maskError(logger),
    logger,
  };
  const subscriptions = new Subscriptions({
    ...shared,
    schema,
    revision: () => 1,
    followingContext: () => {
      throw new Error("expected no subscription");
    },
  });
  const yoga = await createYogaHandler({
    ...shared,
    schema,
    endpoint: "/graphql",
    writingContext: () => ({}),
  });
  const handler = createGraphqlHandler({
    ...shared,
    subscriptions,
    revision: () => 1,
    yoga,
    onAnswered: (answer) => answered.push(answer),
  });
  server = createServer(handler);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  calls = {};
  log.length = 0;
  answered.length = 0;
});

function post(query: string, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
}

test("a failing operation is executed once, and what else it asks for is answered", async () => {
  const answer = await post("query Mixed { fine fails must { never } }");
  expect(answer.status).toBe(200);
  const { data, errors } = await answer.json();
  expect(data).toEqual({ fine: 1, fails: null, must: null });
  expect(errors.map(({ path }: { path: unknown }) => path)).toEqual([["fails"], ["must", "never"]]);
  expect(calls).toEqual({ fine: 1, fails: 1, must: 1, never: 1 });
  expect(answered).toMatchObject([
    { way: "compiled", operation: { name: "Mixed", deprecated: [] }, status: 200 },
  ]);
});

test("faults of ours are masked and logged under their request id", async () => {
  const { errors } = await (await post("{ fails }")).json();
  const { message, extensions } = errors[0];
  expect(message).not.toContain("secret");
  expect(extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", requestId: expect.any(String) });
  expect(log).toMatchObject([{ requestId: extensions.requestId, err: { message: "secret" } }]);
});

test("errors set the status and headers of the answer, and clients do not see how", async () => {
  const ways: Record<string, string>[] = [
    {},
    { accept: "application/graphql-response+json" },
    { "content-type": "application/graphql+json" },
  ];
  for (const headers of ways) {
    const answer = await post("{ fine refused busy }", headers);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("15");
    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: "NO" } }, { extensions: { code: "TOO_BUSY" } }],
      data: { fine: 1, refused: null, busy: null },
    });
  }
});

test("an answer with errors is not stored", async () => {
  await post("{ refused }");
  await post("{ refused }");
  expect(calls.refused).toBe(2);
});

test("equal requests under way are executed once, those with credentials each for itself", async () => {
  await Promise.all([1, 2, 3].map(() => post("{ slow }")));
  expect(calls.slow).toBe(1);
  await Promise.all([1, 2, 3].map(() => post("{ slow }", { authorization: "Bearer x" })));
  expect(calls.slow).toBe(4);
});

test("a fault of the compiler is logged and counted, and Yoga answers", async () => {
  for (const compilerFaults of [1, 2]) {
    const answer = await post("query Pets { pet { ... on Cat { lives } } }");
    expect(await answer.json()).toEqual({ data: { pet: { lives: 9 } } });
    expect(log.at(-1)).toMatchObject({ compilerFaults, msg: "compiled operation failed" });
  }
  expect(answered.map(({ way }) => way)).toEqual(["yoga", "yoga"]);
});

test("every way of answering is told", async () => {
  await post("query One { fine }");
  await post("query One { fine }");
  await post("mutation { nothing }");
  await fetch(url, { method: "DELETE" });
  const told = { requestId: expect.any(String), ms: expect.any(Number) };
  const one = { name: "One", deprecated: [] };
  expect(answered).toEqual([
    { way: "compiled", operation: one, status: 200, ...told },
    { way: "stored", operation: one, status: 200, ...told },
    { way: "yoga", operation: undefined, status: 401, ...told },
    { way: "yoga", operation: undefined, status: 405, ...told },
  ]);
});
