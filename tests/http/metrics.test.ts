import { afterEach, expect, test } from "vitest";
import { startTestServer, type TestServer, type TestServerOptions } from "../support/http.ts";

const TOKEN = "a token that nobody guesses".replaceAll(" ", "-");

let server: TestServer;
afterEach(() => server.close());

const start = async (options: TestServerOptions = {}) => {
  server = await startTestServer({ metricsToken: TOKEN, ...options });
};
const post = async (body: object, type = "application/json") => {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": type, "x-forwarded-for": "192.0.2.1" },
    body: JSON.stringify(body),
  });
  await response.text();
  return response.status;
};
const scrape = (url = server.url, token = TOKEN) =>
  fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}`, "x-forwarded-for": "192.0.2.1" } });
/** The samples by their names with labels. */
const samples = async (url?: string) => {
  const answer = await scrape(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
};
const requests = (way: string, status: number) =>
  `skills_graph_requests_total{way="${way}",status="${status}"}`;

test("every way to an answer is counted, with its status and duration", async () => {
  await start();
  const query = "{ skills(first: 3) { nodes { slug } } }";
  await post({ query });
  await post({ query });
  await post({ query });
  await post({ query }, "application/graphql+json");
  await post({ query: "{ nothing }" });
  await post({ query }, "text/plain");
  await fetch(`${server.url}/learning-path.md?skill=git`);
  await fetch(`${server.url}/export/edges.csv`);
  await fetch(`${server.url}/nowhere`);
  const told = await samples();
  expect(told.get(requests("compiled", 200))).toBe(2);
  expect(told.get(requests("stored", 200))).toBe(2);
  expect(told.get(requests("yoga", 200))).toBe(1);
  expect(told.get(requests("refused", 415))).toBe(1);
  expect(told.get(requests("file", 200))).toBe(2);
  expect(told.get(requests("page", 404))).toBe(1);
  expect(told.get('skills_graph_request_duration_seconds_count{way="compiled"}')).toBe(2);
  expect(told.get('skills_graph_request_duration_seconds_sum{way="compiled"}')).toBeGreaterThan(0);
});

test("cost, refusals, the revision and the event loop are told", async () => {
  const rateLimit = 1_500;
  await start({ rateLimit, trustedProxies: ["127.0.0.1"] });
  const statuses = new Set<number>();
  for (let first = 80; first < 90; first++)
    statuses.add(await post({ query: `{ skills(first: ${first}) { nodes { slug } } }` }));
  expect(statuses).toContain(429);
  // Who watches the server is answered whatever else was asked from there.
  const told = await samples();
  expect(told.get(requests("compiled", 429))! + (told.get(requests("refused", 429)) ?? 0)).toBeGreaterThan(0);
  const charged = told.get("skills_graph_cost_charged_total")!;
  const kept = charged - told.get("skills_graph_cost_given_back_total")!;
  expect(kept).toBeGreaterThan(240);
  expect(kept).toBeLessThanOrEqual(rateLimit + 500);
  expect(told.get("skills_graph_revision")).toBe(1);
  expect(told.get("skills_graph_revision_lag")).toBe(0);
  expect(told.get("skills_graph_revision_told_seconds")).toBe(0);
  expect(told.get("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThanOrEqual(0);
  expect(told.get('skills_graph_worker_tasks{pool="searches"}')).toBe(0);
  expect(told.get('skills_graph_worker_tasks_total{pool="proofs"}')).toBe(0);
});

test("who asks for deprecated fields is told by the names of operations, of which there are not too many", async () => {
  await start();
  const asking = (name: string) => ({ query: `query ${name} { projects(first: 1) { nodes { brief } } }` });
  await post(asking("Old"));
  await post(asking("Old"));
  await post({ query: "query New { projects(first: 1) { nodes { summary } } }" });
  for (let at = 0; at < 120; at++) await post(asking(`Q${at}`));
  const told = await samples();
  const of = (operation: string) =>
    told.get(`skills_graph_deprecated_fields_total{operation="${operation}",field="Project.brief"}`);
  expect(of("Old")).toBe(2);
  expect(of("New")).toBeUndefined();
  expect(of("Q98")).toBe(1);
  expect(of("Q99")).toBeUndefined();
  expect(of("other")).toBe(21);
});

test("without the token nothing is told", async () => {
  await start();
  for (const answer of [
    await fetch(`${server.url}/metrics`),
    await scrape(server.url, `${TOKEN}x`),
    await scrape(server.url, TOKEN.slice(1)),
  ]) {
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(await answer.text()).not.toContain("skills_graph");
  }
});

test("they may have a port of their own, which serves nothing else", async () => {
  await start({ metricsToken: undefined, metricsPort: 0 });
  await post({ query: "{ __typename }" });
  expect((await samples(server.metricsUrl)).get(requests("compiled", 200))).toBe(1);
  expect((await scrape()).status).toBe(404);
  expect((await fetch(`${server.metricsUrl}/graphql?query={__typename}`)).status).toBe(404);
});

test("there are none unless they are wanted", async () => {
  await start({ metricsToken: undefined });
  expect((await scrape()).status).toBe(404);
  expect(server.metricsUrl).toBeUndefined();
});
