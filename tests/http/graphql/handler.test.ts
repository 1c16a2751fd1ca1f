import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSchema } from "../../../src/api/schema.ts";
import { CORE_QUERY } from "../../bench/core-query.ts";
import { startTestServer, type TestServer } from "../../support/http.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const variables = { input: { goals: [{ role: "backend-developer" }], known: ["git"], choose: ["python"] } };
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Only Yoga reads this media type. */
const YOGA_ONLY = { "content-type": "application/graphql+json" };

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: JSON.stringify(body),
  });
const get = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql?${new URLSearchParams(parameters)}`, { headers });

describe("an answer without errors", () => {
  test("is the same, byte for byte, compiled, from what was stored, with credentials, and from Yoga", async () => {
    const body = { query: CORE_QUERY, variables };
    const first = await (await post(body)).text();
    const stored = await (await post(body)).text();
    const personal = await (await post(body, { authorization: "Bearer nobody" })).text();
    const throughYoga = await (await post(body, YOGA_ONLY)).text();
    expect(JSON.parse(first).data.learningPath.steps.length).toBeGreaterThan(25);
    expect(stored).toBe(first);
    expect(personal).toBe(first);
    expect(throughYoga).toBe(first);
  });

  test("carries an ETag of its revision and may be cached; the ETag is answered by 304", async () => {
    const question = { query: "{ graph { revision } }" };
    const answer = await get(question);
    const etag = answer.headers.get("etag")!;
    expect(etag).toMatch(/^"1-[\w-]+"$/);
    expect(answer.headers.get("cache-control")).toMatch(/^public, max-age=\d+, stale-while-revalidate=\d+$/);
    const again = await get(question, { "if-none-match": `W/"other", ${etag}` });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
    expect((await get(question, { "if-none-match": '"other"' })).status).toBe(200);
  });

  test("is neither stored nor offered to caches for a request with credentials", async () => {
    const answer = await post({ query: "{ graph { revision } }" }, { authorization: "Bearer x" });
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    expect(answer.headers.get("etag")).toBeNull();
  });

  test("is the same with a cookie, which nothing here reads", async () => {
    const question = { query: "{ graph { revision } }" };
    const answer = await get(question, { cookie: "_ga=1" });
    expect(answer.headers.get("etag")).toBe((await get(question)).headers.get("etag"));
    expect(answer.headers.get("vary")).toBe("Accept, Accept-Encoding, Authorization, X-Min-Revision");
  });

  test("is compressed once for those who take it, with an ETag of its own", async () => {
    const question = { query: "{ skills(first: 100) { nodes { slug name summary } } }" };
    const [plain, gzip, br] = await Promise.all(
      ["identity", "gzip", "br"].map((encoding) => get(question, { "accept-encoding": encoding })),
    );
    expect([plain, gzip, br].map((answer) => answer!.headers.get("content-encoding"))).toEqual([
      null,
      "gzip",
      "br",
    ]);
    const [first, second, third] = await Promise.all([plain, gzip, br].map((answer) => answer!.text()));
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(new Set([plain, gzip, br].map((answer) => answer!.headers.get("etag"))).size).toBe(3);
  });

  test("has no body when only its headers are asked for", async () => {
    const url = `${server.url}/graphql?query=${encodeURIComponent("{ graph { revision } }")}`;
    const head = await fetch(url, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(head.headers.get("etag")).toBe((await fetch(url)).headers.get("etag"));
    expect(await head.text()).toBe("");
  });

  test("has the media type that was asked for", async () => {
    const type = "application/graphql-response+json";
    const answer = await post(
      { query: "{ __typename }" },
      { accept: `text/plain;q=0.1, ${type}, */*;q=0.2` },
    );
    expect(answer.headers.get("content-type")).toBe(`${type}; charset=utf-8`);
  });
});

describe("an answer with errors", () => {
  test("is not offered to caches", async () => {
    const answer = await post({ query: "{ skills(first: -1) { totalCount } }" });
    const { errors } = await answer.json();
    expect(errors).toHaveLength(1);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("says so when a @oneOf input names two things, in a variable too", async () => {
    const two = { input: { goals: [{ role: "backend-developer", skill: "git" }] } };
    const { errors } = await (await post({ query: CORE_QUERY, variables: two })).json();
    expect(errors[0].message).toMatch(/exactly one key/i);
  });
});

describe("operations named by their hash", () => {
  const shipped: Record<string, string> = JSON.parse(
    readFileSync(new URL("../../../schema/persisted-operations.json", import.meta.url), "utf8"),
  );

  test("the shipped ones stand under the hash of their text and fit the schema", () => {
    expect(Object.keys(shipped).length).toBeGreaterThan(0);
    for (const [id, text] of Object.entries(shipped)) {
      expect(id).toBe(`sha256:${sha256(text)}`);
      expect(validate(buildSchema(), parse(text))).toEqual([]);
    }
  });

  test("a shipped one is answered by GET, so that caches on the way can hold it", async () => {
    const [documentId] = Object.entries(shipped).find(([, text]) => text.startsWith("query LearningPath"))!;
    const answer = await get({ documentId, variables: JSON.stringify(variables) });
    const { data } = await answer.json();
    expect(data.learningPath).toMatchObject({ __typename: "LearningPath", isOptimal: true });
    expect(answer.headers.get("cache-control")).toMatch(/^public/);
  });

  const query = "query Named { graph { revision } }";

  test("an unknown one is 404, by documentId and by Apollo's extension", async () => {
    const documentId = `sha256:${sha256("nobody sent this")}`;
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256("nor this") } };
    for (const answer of [
      await post({ documentId }),
      await get({ documentId }),
      await post({ documentId }, { authorization: "Bearer x" }),
      await post({ documentId }, YOGA_ONLY),
      await post({ extensions }, YOGA_ONLY),
      await get({ extensions: JSON.stringify(extensions) }),
    ]) {
      expect(answer.status).toBe(404);
      const { errors } = await answer.json();
      // The exchange of urql knows this message and no code.
      expect(errors).toEqual([
        { message: "PersistedQueryNotFound", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } },
      ]);
    }
  });

  test("sent once with its text, it is known by its hash, with credentials too", async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
    const expected = { data: { graph: { revision: 1 } } };
    expect(await (await post({ query, extensions })).json()).toEqual(expected);
    expect(await (await post({ extensions })).json()).toEqual(expected);
    expect(await (await post({ extensions }, { authorization: "Bearer x" })).json()).toEqual(expected);
    expect(await (await post({ extensions }, YOGA_ONLY)).json()).toEqual(expected);
    for (const documentId of [sha256(query), `sha256:${sha256(query)}`]) {
      expect(await (await get({ documentId })).json()).toEqual(expected);
      expect(await (await post({ documentId }, YOGA_ONLY)).json()).toEqual(expected);
    }
    expect(
      await (await get({ documentId: `sha256:${sha256(query)}` }, { authorization: "Bearer x" })).json(),
    ).toEqual(expected);
  });

  test("a hash that is another text's is refused", async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256("another") } };
    const answer = await post({ query, extensions });
    expect(answer.status).toBe(400);
    const { errors } = await answer.json();
    expect(errors[0].extensions.code).toBe("PERSISTED_QUERY_MISMATCH");
  });
});

describe("members and extensions that nobody here knows are ignored", () => {
  const query = "{ graph { revision } }";
  const expected = { data: { graph: { revision: 1 } } };
  // Apollo Client 4 sends this with every request.
  const extensions = { clientLibrary: { name: "@apollo/client", version: "4.0.0" } };

  test.each([
    ["compiled", {}],
    ["through Yoga", YOGA_ONLY],
  ])("%s", async (_way, headers) => {
    const answer = await post(
      { query, extensions, traceId: 7, variables: null, operationName: null },
      headers,
    );
    expect(await answer.json()).toEqual(expected);
    expect(answer.status).toBe(200);
  });

  test("in a URL", async () => {
    const answer = await get({ query, extensions: JSON.stringify(extensions), traceId: "7" });
    expect(await answer.json()).toEqual(expected);
  });

  test("beside the hash of an operation that is unknown and then registered", async () => {
    const text = "query Registered { graph { revision } }";
    const persistedQuery = { version: 1, sha256Hash: sha256(text) };
    const named = { extensions: { ...extensions, persistedQuery } };
    expect((await post(named)).status).toBe(404);
    expect(await (await post({ query: text, ...named })).json()).toEqual(expected);
    expect(await (await post(named)).json()).toEqual(expected);
    expect(await (await get({ extensions: JSON.stringify(named.extensions) })).json()).toEqual(expected);
  });
});

describe("what has the wrong type is named", () => {
  test.each([
    [{ query: 1 }, "Expected query to be a string, got a number."],
    [{ query: "{ __typename }", variables: "a" }, "Expected variables to be an object, got a string."],
    [{ query: "{ __typename }", extensions: [] }, "Expected extensions to be an object, got a list."],
    [{ query: "{ __typename }", operationName: {} }, "Expected operationName to be a string, got an object."],
    [{ documentId: 1 }, "Expected documentId to be a string, got a number."],
    [[{ query: "{ __typename }" }], "Batching is not supported."],
    [{}, "Must provide query string."],
  ])("%j", async (body, message) => {
    for (const headers of [{}, YOGA_ONLY]) {
      const answer = await post(body, headers);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({ errors: [{ message, extensions: { code: "BAD_REQUEST" } }] });
    }
  });

  test("in a URL", async () => {
    const answer = await get({ query: "{ __typename }", variables: "{" });
    expect(answer.status).toBe(400);
    expect((await answer.json()).errors[0].message).toBe("Expected variables to be JSON.");
  });
});

test("equal requests at once get equal answers", async () => {
  const body = {
    query: CORE_QUERY,
    variables: { input: { goals: [{ role: "backend-developer" }], known: ["linux"] } },
  };
  const answers = await Promise.all(Array.from({ length: 20 }, async () => (await post(body)).text()));
  expect(new Set(answers).size).toBe(1);
});
