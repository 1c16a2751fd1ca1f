import { createHash } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { MAX_QUICK_REFUSALS, SLOW_REFUSAL_MS } from "../../src/http/limits.ts";
import { startTestServer, type TestServer, type TestServerOptions } from "../support/http.ts";

let server: TestServer;
afterEach(() => server.close());

const start = async (options: TestServerOptions) => {
  server = await startTestServer({ trustedProxies: ["127.0.0.1"], ...options });
};
/** Asks as the client of an address. */
const askAs = async (address: string, request: object, headers: Record<string, string> = {}) => {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address, ...headers },
    body: JSON.stringify(request),
  });
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    body: await response.json(),
  };
};
/** The same document each time, which is new, and costs more, the first time only. */
const skills = (first: number) => ({
  query: "query ($first: Int!) { skills(first: $first) { nodes { slug } } }",
  variables: { first },
});

test("a client that has used up its budget is refused, the others are not", async () => {
  await start({ rateLimit: 950 });
  const statuses = [];
  for (let first = 80; first < 90; first++) statuses.push((await askAs("192.0.2.1", skills(first))).status);
  expect(statuses.slice(0, 3)).toEqual([200, 200, 200]);
  expect(statuses.slice(-3)).toEqual([429, 429, 429]);
  const { body, retryAfter } = await askAs("192.0.2.1", skills(70));
  expect(body.errors[0].extensions).toEqual({ code: "RATE_LIMITED" });
  expect(Number(retryAfter)).toBeGreaterThan(0);
  expect(Number(retryAfter)).toBeLessThanOrEqual(60);
  expect((await askAs("192.0.2.2", skills(80))).status).toBe(200);
  // What watches the server is answered all the same, and what the client cannot see through is the proxy's word.
  expect((await fetch(`${server.url}/health`, { headers: { "x-forwarded-for": "192.0.2.1" } })).status).toBe(
    200,
  );
});

test("new documents cost more than known ones, as events too", async () => {
  await start({ rateLimit: 2_000 });
  const statusOf = async (query: string) => {
    const headers = { "content-type": "application/json", accept: "text/event-stream" };
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers,
      body: JSON.stringify({ query }),
    });
    await response.body?.cancel();
    return response.status;
  };
  for (let time = 0; time < 8; time++) expect(await statusOf("{ known: __typename }")).toBe(200);
  const statuses = [];
  for (let nth = 0; nth < 8; nth++) statuses.push(await statusOf(`{ new${nth}: __typename }`));
  expect(statuses.at(-1)).toBe(429);
});

test("keys and tokens that are made up cost more than an ordinary request, as the client of the address", async () => {
  await start({ rateLimit: 2_000 });
  const made = (number: number) => ({
    authorization: `Bearer sg_${String(number).padStart(16, "0")}_${"x".repeat(43)}`,
  });
  const statuses = [];
  for (let number = 0; number < 8; number++)
    statuses.push((await askAs("192.0.2.1", { query: "{ __typename }" }, made(number))).status);
  expect(statuses[0]).toBe(200);
  expect(statuses.at(-1)).toBe(429);
  // Another scheme, such as that of a proxy, is not looked up.
  for (let time = 0; time < 8; time++) {
    const basic = { authorization: "Basic YTpi" };
    expect((await askAs("192.0.2.2", { query: "{ __typename }" }, basic)).status).toBe(200);
  }
});

test("stored answers cost little, and through Yoga an operation costs the same", async () => {
  await start({ rateLimit: 950 });
  for (let time = 0; time < 30; time++) expect((await askAs("192.0.2.1", skills(80))).status).toBe(200);
  const yoga = { "content-type": "application/graphql+json" };
  const statuses = [];
  for (let first = 80; first < 100; first++)
    statuses.push((await askAs("192.0.2.2", skills(first), yoga)).status);
  expect(statuses[0]).toBe(200);
  expect(statuses.at(-1)).toBe(429);
});

test("who asks the same at the same time as a client that is refused is answered", async () => {
  await start({ rateLimit: 800 });
  for (let first = 90; first < 94; first++) await askAs("192.0.2.1", skills(first));
  const [refused, ...others] = await Promise.all(
    ["192.0.2.1", "192.0.2.2", "192.0.2.3"].map((client) => askAs(client, skills(95))),
  );
  expect(refused!.status).toBe(429);
  for (const { status, body } of others) {
    expect(status).toBe(200);
    expect(body.data.skills.nodes).toHaveLength(95);
  }
});

test("a client is told what an operation costs, if it asks, and gets back what it did not cost", async () => {
  await start({ rateLimit: 20_000 });
  const question = { query: '{ learningPath(input: { goals: [{ skill: "git" }] }) { __typename } }' };
  const told = [];
  for (const type of ["application/json", "application/graphql+json"])
    told.push(await askAs("192.0.2.1", question, { "content-type": type, "x-cost": "1" }));
  for (const { body } of told) {
    const { requested, actual, remaining, resetsIn } = body.extensions.cost;
    expect(requested).toBeGreaterThan(10_000);
    expect(actual).toBeLessThan(100);
    expect(remaining).toBeGreaterThan(19_000);
    expect(remaining).toBeLessThan(20_000);
    expect(resetsIn).toBeLessThanOrEqual(60);
  }
  // Who does not ask is answered with the bytes that everybody gets, stored ones too.
  expect(Object.keys((await askAs("192.0.2.1", question)).body)).toEqual(["data"]);
  const url = `${server.url}/graphql?query=${encodeURIComponent(question.query)}`;
  const byUrl = await fetch(`${url}&cost`);
  expect((await byUrl.json()).extensions.cost.actual).toBeLessThan(100);
  expect(byUrl.headers.get("cache-control")).toBe("no-store");
  expect(Object.keys(await (await fetch(url)).json())).toEqual(["data"]);
});

test("pages and files count, and asking in vain does not end the waiting later", async () => {
  await start({ rateLimit: 12_000 });
  const file = () =>
    fetch(`${server.url}/learning-path.md?skill=git`, { headers: { "x-forwarded-for": "192.0.2.1" } });
  expect((await file()).status).toBe(200);
  expect((await file()).status).toBe(200);
  const third = await file();
  expect(third.status).toBe(429);
  expect(third.headers.get("cache-control")).toBe("no-store");
  expect((await askAs("192.0.2.1", skills(10))).status).toBe(200);
});

test("an export costs who has it written, not who gets it then", async () => {
  await start({ rateLimit: 9_000 });
  const get = (name: string, address: string) =>
    fetch(`${server.url}/export/${name}`, { headers: { "x-forwarded-for": address } });
  const statuses = [];
  for (const name of ["graphml", "dot", "edges.csv", "nodes.csv"])
    statuses.push((await get(name, "192.0.2.1")).status);
  expect(statuses[0]).toBe(200);
  expect(statuses.at(-1)).toBe(429);
  expect((await get("graphml", "192.0.2.1")).status).toBe(200);
  expect((await get("nodes.csv", "192.0.2.2")).status).toBe(200);
});

test("one client's registered operations do not push out another's", async () => {
  await start({});
  const named = (text: string) => {
    const sha256Hash = createHash("sha256").update(text).digest("hex");
    return { extensions: { persistedQuery: { version: 1, sha256Hash } } };
  };
  const texts = Array.from({ length: 12 }, (_, at) => `{ __typename } # ${at} ${"x".repeat(45_000)}`);
  const mine = "{ __typename } # mine";
  await askAs("192.0.2.1", { query: mine, ...named(mine) });
  for (let round = 0; round < 4; round++)
    for (const text of texts) {
      const query = `${text}${round}`;
      expect((await askAs("192.0.2.2", { query, ...named(query) })).status).toBe(200);
    }
  expect((await askAs("192.0.2.3", named(mine))).status).toBe(200);
  expect((await askAs("192.0.2.2", named(`${texts[0]}0`))).status).toBe(404);
  expect((await askAs("192.0.2.2", named(`${texts[11]}3`))).status).toBe(200);
});

test("a large body is paid before it is read, and what it was not is given back", async () => {
  // What a body of which the length is not announced may cost, and a little more.
  await start({ rateLimit: 21_000 });
  const large = { query: "{ __typename }", variables: { x: "x".repeat(900_000) } };
  expect((await askAs("192.0.2.1", large)).status).toBe(200);
  const refused = await askAs("192.0.2.1", large);
  expect(refused).toMatchObject({
    status: 429,
    body: { errors: [{ extensions: { code: "RATE_LIMITED" } }] },
  });
  // A short one of a length that is not announced, again and again.
  for (let time = 0; time < 5; time++) {
    const { body } = new Response(JSON.stringify(skills(10 + time)));
    const response = await fetch(`${server.url}/graphql`, {
      ...{ method: "POST", body, duplex: "half" },
      headers: { "content-type": "application/json", "x-forwarded-for": "192.0.2.2" },
    });
    expect(response.status).toBe(200);
    await response.text();
  }
});

test("a document costs more when it is new, and that is paid whether it is answered or not", async () => {
  await start({ rateLimit: 4_000 });
  const often = [];
  for (let time = 0; time < 12; time++)
    often.push((await askAs("192.0.2.1", { query: "{ __typename }", variables: { time } })).status);
  expect(new Set(often)).toEqual(new Set([200]));
  for (const [client, document, type] of [
    ["192.0.2.2", "{ __typename }", "application/json"],
    ["192.0.2.3", "{ nothing }", "application/json"],
    ["192.0.2.4", "{ __typename }", "application/graphql+json"],
  ] as const) {
    const statuses = [];
    for (let time = 0; time < 16; time++) {
      const query = `${document} # ${client} ${time}`;
      statuses.push((await askAs(client, { query }, { "content-type": type })).status);
    }
    expect(statuses.at(-1), `${document} as ${type}`).toBe(429);
  }
});

test("who goes on asking without a budget is refused more slowly, and nobody else is", async () => {
  await start({ rateLimit: 100 });
  const timed = async (address: string) => {
    const begun = performance.now();
    const { status } = await askAs(address, skills(100));
    return { status, ms: performance.now() - begun };
  };
  for (let time = 0; time < MAX_QUICK_REFUSALS; time++) await timed("192.0.2.1");
  const late = await timed("192.0.2.1");
  expect(late.status).toBe(429);
  expect(late.ms).toBeGreaterThan(0.9 * SLOW_REFUSAL_MS);
  const order: string[] = [];
  const both = ["192.0.2.1", "192.0.2.2"].map((address) => timed(address).then(() => order.push(address)));
  await Promise.all(both);
  expect(order).toEqual(["192.0.2.2", "192.0.2.1"]);
});
