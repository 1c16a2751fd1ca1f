import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serverAudits } from "graphql-http";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createContext } from "../../src/api/context.ts";
import { buildSchema } from "../../src/api/schema.ts";
import { Viewers } from "../../src/http/access/viewers.ts";
import { OperationCache } from "../../src/http/execution/operation-cache.ts";
import { Gate } from "../../src/http/gate.ts";
import { maskError } from "../../src/http/graphql/errors.ts";
import { PersistedOperations } from "../../src/http/graphql/persisted.ts";
import { createYogaHandler } from "../../src/http/graphql/yoga.ts";
import { FIRST_QUERY } from "../../src/http/playground/page.ts";
import type { Store } from "../../src/store/store.ts";
import { CORE_ANSWER } from "../support/core-answer.ts";
import { shippedDatabases } from "../support/database-pool.ts";
import { startTestServer, type TestServer } from "../support/http.ts";

let server: TestServer;
/** Where Yoga answers everything, as it does what the short ways leave to it. */
let yogaUrl: string;
let yogaServer: Server;
let store: Store;
beforeAll(async () => {
  server = await startTestServer();
  store = await shippedDatabases.open();
  const logger = pino({ level: "silent" });
  const yoga = await createYogaHandler({
    schema: buildSchema(),
    endpoint: "/graphql",
    operations: new OperationCache(buildSchema(), () => undefined, Object),
    persisted: new PersistedOperations([]),
    answerAt: (request, answer) => answer(createContext(store, request), 1),
    maskError: maskError(logger),
    gate: new Gate({}),
    viewers: new Viewers({}, async () => undefined),
    writingContext: () => ({}),
    logger,
  });
  yogaServer = createServer(yoga).listen(0, "127.0.0.1");
  await once(yogaServer, "listening");
  yogaUrl = `http://127.0.0.1:${(yogaServer.address() as AddressInfo).port}/graphql`;
});
afterAll(async () => {
  yogaServer.closeAllConnections();
  yogaServer.close();
  await store.close();
  await server.close();
});

describe("GraphQL over HTTP, the specification's own audits", () => {
  const audits = serverAudits({ url: () => `${server.url}/graphql` });
  const throughYoga = serverAudits({ url: () => yogaUrl });

  test("there are 61 of them", () => {
    expect(audits).toHaveLength(61);
  });

  test.each(audits)("$id $name", async ({ fn }) => {
    expect(await fn()).toMatchObject({ status: "ok" });
  });

  test.each(throughYoga)("$id $name, through Yoga", async ({ fn }) => {
    expect(await fn()).toMatchObject({ status: "ok" });
  });
});

describe("faults of a client are named and never 500", () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });

  test.each([
    ["a document that does not parse", "{ graph {", "GRAPHQL_PARSE_FAILED"],
    ["a field that does not exist", "{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
    ["an endless document", `{ ${"__typename ".repeat(10_000)}}`, "GRAPHQL_PARSE_FAILED"],
  ])("%s", async (_, query, code) => {
    const { errors, status } = await server.ask(query);
    expect(status).toBeLessThan(500);
    expect(errors[0]?.extensions.code).toBe(code);
    expect(JSON.stringify(errors)).not.toContain("node_modules");
  });

  test("a variable of the wrong type", async () => {
    const { errors, status } = await server.ask("query ($slug: String!) { skill(slug: $slug) { slug } }", {
      slug: { not: "a string" },
    });
    expect(status).toBeLessThan(500);
    expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  test("a body beyond the limit", async () => {
    const response = await post(JSON.stringify({ query: `{ __typename } # ${"x".repeat(2_000_000)}` }));
    expect(response.status).toBe(413);
  });

  test("a body that is not JSON", async () => {
    const response = await post("{");
    expect(response.status).toBe(400);
    const body = await response.json();
    expect(body.errors[0].extensions.code).toBe("BAD_REQUEST");
  });
});

describe("the pages around the API", () => {
  const get = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);

  test("the playground loads nothing from elsewhere", async () => {
    const page = await get("/playground");
    expect(page.headers.get("content-type")).toMatch("text/html");
    const html = await page.text();
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)=["']?https?:/);
  });

  test("the playground's first question is answered as it stands", async () => {
    const { data } = await server.ask(FIRST_QUERY);
    expect(data.learningPath).toMatchObject({ __typename: "LearningPath", totalHours: CORE_ANSWER.hours });
  });

  test("/health, /ready and /schema.graphql", async () => {
    expect(await (await get("/health")).json()).toEqual({ status: "live" });
    expect(await (await get("/ready")).json()).toMatchObject({ status: "ready", revision: 1 });
    const schema = await get("/schema.graphql");
    expect(await schema.text()).toContain("type Query");
    expect(schema.headers.get("content-encoding")).not.toBeNull();
    const etag = schema.headers.get("etag") ?? "";
    const held = await get("/schema.graphql", { headers: { "if-none-match": etag } });
    expect(held.status).toBe(304);
  });

  test("an unknown path and a wrong method", async () => {
    expect((await get("/nowhere")).status).toBe(404);
    const wrong = await get("/health", { method: "POST" });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toBe("GET, HEAD");
  });
});

describe("headers of every answer", () => {
  const url = () => server.url;
  const query = `/graphql?query=${encodeURIComponent("{ __typename }")}`;
  const post = (body: string) =>
    fetch(`${url()}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });

  test.each([
    ["an answer", () => fetch(url() + query)],
    ["an answer for one", () => fetch(url() + query, { headers: { authorization: "Bearer x" } })],
    ["an answer that the client has", () => fetch(url() + query, { headers: { "if-none-match": "*" } })],
    ["errors of fields", () => post('{"query":"{ skills(first: -1) { totalCount } }"}')],
    ["an answer by Yoga", () => post('{"query":"{"}')],
    ["a wrong method", () => fetch(`${url()}/graphql`, { method: "DELETE" })],
    ["the playground", () => fetch(`${url()}/graphql`, { headers: { accept: "text/html" } })],
    ["a page", () => fetch(`${url()}/health`)],
    ["a file", () => fetch(`${url()}/learning-path.md?skill=git`)],
    ["a file that there is not", () => fetch(`${url()}/learning-path.md?skill=nothing`)],
    ["nothing there", () => fetch(`${url()}/nowhere`)],
    ["a preflight", () => fetch(`${url()}/graphql`, { method: "OPTIONS" })],
  ])("%s", async (_what, ask) => {
    const { headers } = await ask();
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-expose-headers")).toBe("ETag, Retry-After, X-Request-Id");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
    expect(headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
  });

  test("a request keeps the id that it came with, where it is one", async () => {
    const idOf = async (id: string) =>
      (await fetch(url() + query, { headers: { "x-request-id": id } })).headers.get("x-request-id");
    expect(await idOf("trace-1:a.b_c")).toBe("trace-1:a.b_c");
    expect(await idOf("x".repeat(65))).toMatch(/^[\w-]{36}$/);
    expect(await idOf("<script>")).toMatch(/^[\w-]{36}$/);
  });

  test("a preflight allows what it is asked about", async () => {
    const answer = await fetch(`${url()}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin: "https://example.org",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,authorization",
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-methods")).toContain("POST");
    expect(answer.headers.get("access-control-allow-headers")).toBe("content-type,authorization");
  });
});
