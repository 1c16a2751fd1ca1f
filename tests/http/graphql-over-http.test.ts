import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe("GraphQL over HTTP, the specification's own audits", () => {
  const audits = serverAudits({ url: () => `${server.url}/graphql` });

  test("there are 61 of them", () => {
    expect(audits).toHaveLength(61);
  });

  test.each(audits)("$id $name", async ({ fn }) => {
    const result = await fn();
    expect(result).toMatchObject({ status: "ok" });
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
    const page = await get("/");
    expect(page.headers.get("content-type")).toMatch("text/html");
    const html = await page.text();
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)=["']?https?:/);
  });

  test("/health, /ready and /schema.graphql", async () => {
    expect(await (await get("/health")).json()).toEqual({ status: "live" });
    expect(await (await get("/ready")).json()).toMatchObject({ status: "ready", revision: 1 });
    expect(await (await get("/schema.graphql")).text()).toContain("type Query");
  });

  test("an unknown path and a wrong method", async () => {
    expect((await get("/nowhere")).status).toBe(404);
    const wrong = await get("/health", { method: "POST" });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toBe("GET, HEAD");
  });
});
