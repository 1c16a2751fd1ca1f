import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";

const TYPES = ["application/json", "application/graphql+json"];

describe("without introspection", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ introspection: false });
  });
  afterAll(() => server.close());

  const ask = async (type: string, query: string, variables?: object) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": type },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  };

  describe.each(TYPES)("by %s", (type) => {
    test.each([
      ["the schema", "{ __schema { types { name } } }"],
      ["a type", '{ __type(name: "Skill") { name } }'],
      ["a field", "{ skils { totalCount } }"],
      ["an argument", "{ skills(fist: 1) { totalCount } }"],
      ["a type condition", "{ node(id: 1) { ... on Skil { slug } } }"],
      ["an enum value", "{ skills(filter: { kinds: [LANGUAG] }) { totalCount } }"],
      ["an input field", "{ skills(filter: { kind: LANGUAGE }) { totalCount } }"],
      [
        "an input field of a variable",
        "query ($f: SkillFilter) { skills(filter: $f) { totalCount } }",
        { f: { kind: "LANGUAGE" } },
      ],
      [
        "an enum value of a variable",
        "query ($f: SkillFilter) { skills(filter: $f) { totalCount } }",
        { f: { kinds: ["LANGUAG"] } },
      ],
    ])("%s is not told", async (_what, query, variables?: object) => {
      const { data, errors } = await ask(type, query, variables);
      expect(data?.__schema).toBeUndefined();
      expect(errors.length).toBeGreaterThan(0);
      expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
    });

    test("questions are answered as ever", async () => {
      expect(await ask(type, "{ __typename graph { __typename } }")).toEqual({
        data: { __typename: "Query", graph: { __typename: "Graph" } },
      });
    });
  });

  test.each(["/playground", "/schema.graphql"])("there is no %s", async (path) => {
    expect((await fetch(server.url + path)).status).toBe(404);
  });

  test("a browser gets no playground", async () => {
    const answer = await fetch(`${server.url}/graphql`, { headers: { accept: "text/html" } });
    expect(await answer.text()).not.toContain("<html");
  });
});

describe("with persisted operations only", () => {
  const folder = mkdtempSync(join(tmpdir(), "skills-graph-"));
  const own = "query Own { graph { revision } }";
  let server: TestServer;
  beforeAll(async () => {
    const file = join(folder, "own.json");
    writeFileSync(file, JSON.stringify({ own }));
    server = await startTestServer({ operationFiles: [file], onlyPersisted: true });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  test.each(TYPES)("they are answered, by id or by text, and nothing else is, by %s", async (type) => {
    const ask = async (request: object) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": type },
        body: JSON.stringify(request),
      });
      return { status: response.status, ...(await response.json()) };
    };
    const data = { graph: { revision: 1 } };
    expect(await ask({ documentId: "own" })).toEqual({ status: 200, data });
    expect(await ask({ query: own })).toEqual({ status: 200, data });
    const { status, errors } = await ask({ query: "{ graph { revision } }" });
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ extensions: { code: "PERSISTED_OPERATIONS_ONLY" } }]);
  });

  test("there is no playground, which sends texts", async () => {
    expect((await fetch(`${server.url}/playground`)).status).toBe(404);
    expect((await fetch(`${server.url}/schema.graphql`)).status).toBe(200);
  });
});
