import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";
import { postRaw, type RawAnswer, sendRaw } from "../support/raw-http.ts";

/** What an anonymous client can send that is meant to hurt, over sockets of its own. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const post = (request: object, headers?: Record<string, string>) =>
  postRaw(server.url, JSON.stringify(request), headers);
const get = (path: string, ...headers: string[]) =>
  sendRaw(
    server.url,
    [`GET ${path} HTTP/1.1`, "host: localhost", "connection: close", ...headers, "", ""].join("\r\n"),
  );
const errorsOf = ({ body }: RawAnswer) => JSON.parse(body).errors;
const codeOf = (answer: RawAnswer) => errorsOf(answer)[0].extensions.code;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** The largest answer to what is refused. */
const MAX_REFUSAL_BYTES = 10_000;
/** How much processor time anything refused may take, this client's included. */
const MAX_REFUSAL_MS = 1_000;

async function refusal(answering: () => Promise<RawAnswer>): Promise<RawAnswer> {
  const begun = process.cpuUsage();
  const answer = await answering();
  expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(MAX_REFUSAL_MS);
  expect(answer.body.length).toBeLessThan(MAX_REFUSAL_BYTES);
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  expect(answer.body).not.toMatch(/originalError|SyntaxError|JSON at position|node_modules|at .*\.[tj]s:/);
  return answer;
}

const citations = (levels: number): string =>
  levels === 0 ? "line" : `document { citations(first: 100) { nodes { ${citations(levels - 1)} } } }`;

describe("operations that would not end are refused with 400 before they run", () => {
  const nested = (levels: number, size: string) =>
    `{ document(slug: "003") { citations(first: ${size}) { nodes { ${citations(levels - 1)} } } } }`;
  const aliases = (count: number, field: string) =>
    `{ ${Array.from({ length: count }, (_, at) => `a${at}: ${field}`).join(" ")} }`;

  test.each([
    ["pages of pages of pages", { query: nested(3, "100") }],
    ["the same, four levels", { query: nested(4, "100") }],
    ["sized by a variable", { query: `query ($n: Int) ${nested(3, "$n")}`, variables: { n: 100 } }],
    ["sized by a default", { query: `query ($n: Int = 100) ${nested(3, "$n")}` }],
    [
      "many plans",
      { query: aliases(220, 'learningPath(input: { goals: [{ skill: "git" }] }) { __typename }') },
    ],
    [
      "introspection sixty times",
      {
        query: aliases(
          60,
          "__schema { types { fields { args { name type { name ofType { name } } } type { name } } } }",
        ),
      },
    ],
  ])("%s", async (_what, request) => {
    for (const headers of [{}, { "content-type": "application/graphql+json" }] as Record<string, string>[]) {
      const answer = await refusal(() => post(request, headers));
      expect(answer.status).toBe(400);
      expect(codeOf(answer)).toBe("OPERATION_TOO_LARGE");
    }
  });
});

describe("documents are counted before they are parsed", () => {
  test.each([
    ["comments", `query Q { __typename ${"#\n".repeat(300_000)} }`],
    ["a long name", `{ ${"a".repeat(900_000)} }`],
    ["brackets", "[".repeat(2_400)],
    ["brackets of an argument", `{ skill(slug: ${"[".repeat(2_400)} }`],
    ["selections in selections", `${"{ a ".repeat(20_000)}`],
    [
      "values in values",
      `{ learningPath(input: ${"{ a: ".repeat(3_000)}1${" }".repeat(3_000)}) { __typename } }`,
    ],
    ["fields", `{ ${"__typename ".repeat(8_000)} }`],
  ])("%s", async (_what, query) => {
    for (const type of ["application/json", "application/graphql+json"]) {
      const answer = await refusal(() => post({ query }, { "content-type": type }));
      expect(answer.status).toBe(400);
      expect(codeOf(answer)).toBe("GRAPHQL_PARSE_FAILED");
    }
  });

  test("thousands of different documents, valid or not, take bounded memory", async () => {
    const heap = () => {
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const send = (from: number, count: number) =>
      Promise.all(
        Array.from({ length: count }, (_, at) => {
          const name = from + at;
          const end = at % 2 === 0 ? "" : "nothing";
          return server.ask(`query Q${name} { __typename ${"#\n".repeat(4_900)} ${end} }`);
        }),
      );
    await send(0, 20);
    const before = heap();
    for (let round = 1; round <= 20; round++) await send(20 * round, 20);
    // 400 documents of 5,000 comments: 180 MB if all were kept.
    expect(heap() - before).toBeLessThan(80_000_000);
  });
});

describe("errors are few and short", () => {
  test("tens of thousands of unknown input fields", async () => {
    const input = Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`unknown${at}`, 1]));
    const query = "query ($input: LearningPathInput!) { learningPath(input: $input) { __typename } }";
    const answer = await refusal(() => post({ query, variables: { input } }));
    expect(codeOf(answer)).toBe("BAD_USER_INPUT");
    expect(errorsOf(answer)[0].message.length).toBeLessThanOrEqual(200);
  });

  test("unknown fields, thousands of them", async () => {
    const query = `{ ${Array.from({ length: 2_000 }, (_, at) => `nothing${at}`).join(" ")} }`;
    const answer = await refusal(() => post({ query }));
    expect(errorsOf(answer).length).toBeLessThanOrEqual(21);
  });

  test("fields that fail, hundreds of them", async () => {
    const query = `{ ${Array.from({ length: 300 }, (_, at) => `a${at}: skill(slug: "unknown-${at}") { slug }`).join(" ")} }`;
    const answer = await post({ query });
    const errors = errorsOf(answer);
    expect(errors).toHaveLength(21);
    expect(errors.at(-1)).toEqual({ message: "280 more errors.", extensions: { code: "TOO_MANY_ERRORS" } });
  });

  test.each([
    [
      "a slug",
      {
        query: "query ($slug: String!) { skill(slug: $slug) { slug } }",
        variables: { slug: "x".repeat(500_000) },
      },
    ],
    [
      "a search",
      {
        query: "query ($q: String!) { search(query: $q) { __typename } }",
        variables: { q: "x".repeat(500_000) },
      },
    ],
    ["a hash", { extensions: { persistedQuery: { version: 1, sha256Hash: "f".repeat(500_000) } } }],
    ["an id", { documentId: "f".repeat(500_000) }],
    [
      "a variable of the wrong type",
      {
        query: "query ($n: Int) { skills(first: $n) { totalCount } }",
        variables: { n: "x".repeat(500_000) },
      },
    ],
    ["the name of an operation", { query: "query A { __typename }", operationName: "x".repeat(500_000) }],
  ])("%s is echoed by its beginning at most", async (_what, request) => {
    const { body } = await refusal(() => post(request));
    expect(/[xf]{201}/.test(body)).toBe(false);
  });
});

describe("how a request is read", () => {
  test.each([
    ["not JSON", "{", {}],
    ["JSON of another encoding", Buffer.from('{"query":"{ __typename }"}', "utf16le").toString("latin1"), {}],
    ["not JSON for Yoga", "{", { "content-type": "application/graphql+json" }],
  ])("%s: 400 without the words of a parser", async (_what, body, headers: Record<string, string>) => {
    const answer = await refusal(() => postRaw(server.url, body, headers));
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe("BAD_REQUEST");
  });

  test("a type does not depend on letter case, and its charset may be quoted", async () => {
    const answer = await post(
      { query: "{ __typename }" },
      { "content-type": 'Application/JSON; Charset="UTF-8"' },
    );
    expect(JSON.parse(answer.body)).toEqual({ data: { __typename: "Query" } });
  });

  test.each(["application/x-www-form-urlencoded", "Multipart/Form-Data; boundary=x", "text/plain"])(
    "%s is not executed",
    async (type) => {
      const answer = await refusal(() =>
        postRaw(server.url, "query=%7B__typename%7D", { "content-type": type }),
      );
      expect(answer.status).toBe(415);
    },
  );

  test("a body in chunks is read, up to the same size", async () => {
    const head = [
      "POST /graphql HTTP/1.1",
      "host: localhost",
      "content-type: application/json",
      "connection: close",
    ];
    const send = (body: string) =>
      sendRaw(
        server.url,
        [...head, "transfer-encoding: chunked", "", body.length.toString(16), body, "0", "", ""].join("\r\n"),
      );
    expect((await send('{"query":"{ __typename }"}')).status).toBe(200);
    expect((await send(`{"query":"{ __typename } #${"x".repeat(1_000_000)}"}`)).status).toBe(413);
  });

  test("a parameter that comes twice is refused, with and without credentials", async () => {
    const path = `/graphql?query=${encodeURIComponent("{ __typename }")}&query=${encodeURIComponent("{ graph { revision } }")}`;
    for (const header of ["x: y", "authorization: Bearer x", "cookie: a=b"]) {
      const answer = await get(path, header);
      expect(answer.status).toBe(400);
      expect(errorsOf(answer)[0].message).toBe("Expected query once, got it several times.");
    }
    expect((await get("/graphql?query=%7B__typename%7D&variables=notjson")).status).toBe(400);
  });

  test("a body that reads like the URL of a GET does not get its answer", async () => {
    const path = `/graphql?query=${encodeURIComponent("{ __typename }")}`;
    expect((await get(path)).status).toBe(200);
    expect((await refusal(() => postRaw(server.url, path))).status).toBe(400);
  });

  test("a page that is not wanted is not sent", async () => {
    const answer = await get("/graphql?query=%7B__typename%7D", "accept: application/json, text/html;q=0");
    expect(JSON.parse(answer.body)).toEqual({ data: { __typename: "Query" } });
  });

  test("what is refused has 400 where the type of the answer allows it", async () => {
    const types = { "application/json": 200, "application/graphql-response+json": 400 };
    for (const [accept, status] of Object.entries(types)) {
      expect((await post({ query: "{ nothing }" }, { accept })).status).toBe(status);
      expect((await post({ query: "[".repeat(3_000) }, { accept })).status).toBe(400);
    }
  });
});

describe("persisted operations", () => {
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");

  test("a miss is not stored by anybody on the way", async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash("unknown") } };
    const answer = await get(`/graphql?extensions=${encodeURIComponent(JSON.stringify(extensions))}`);
    expect(answer.status).toBe(404);
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("a text that is too long to be kept is refused, and one of the longest is kept", async () => {
    const query = `{ __typename } #${"x".repeat(60_000)}`;
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash(query) } };
    const answer = await refusal(() => post({ query, extensions }));
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)[0].message).toMatch(/at most 50000 characters/);
    const fits = query.slice(0, 50_000);
    const named = { extensions: { persistedQuery: { version: 1, sha256Hash: hash(fits) } } };
    expect((await post({ query: fits, ...named })).status).toBe(200);
    expect((await post(named)).status).toBe(200);
  });
});

test("the schema is the published one, which is read once", async () => {
  const published = readFileSync(new URL("../../schema/schema.graphql", import.meta.url), "utf8");
  const cpu = process.cpuUsage();
  const answers = await Promise.all(Array.from({ length: 50 }, () => get("/schema.graphql")));
  for (const { body } of answers) expect(body === published).toBe(true);
  // To print it takes 50 ms.
  expect(process.cpuUsage(cpu).user / 1_000).toBeLessThan(1_500);
});

test("a calendar of thousands of weeks, asked for by many at once, delays nobody", async () => {
  const path = "/learning-path.ics?role=backend-developer&weeklyHours=0.3&startOn=2027-01-04&events=week";
  let isDone = false;
  const calendars = Promise.all(Array.from({ length: 20 }, () => get(path))).finally(() => {
    isDone = true;
  });
  // Written in one go, a calendar takes two seconds in which nothing else is answered.
  let probes = 0;
  for (; !isDone; probes++) expect((await get("/health")).status).toBe(200);
  expect(probes).toBeGreaterThan(20);
  const bodies = new Set((await calendars).map(({ body }) => body));
  expect(bodies.size).toBe(1);
  expect([...bodies][0]!.match(/BEGIN:VEVENT/g)!.length).toBeGreaterThan(2_000);
  const begun = process.cpuUsage();
  await get(path);
  expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(200);
});

test("a calendar of more events than anybody has weeks is refused", async () => {
  const answer = await get(
    "/learning-path.ics?role=backend-developer&weeklyHours=0.01&startOn=2027-01-04&events=week",
  );
  expect(answer.status).toBe(400);
});
