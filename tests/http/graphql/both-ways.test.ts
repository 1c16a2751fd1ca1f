import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi } from "../../support/api.ts";
import { OPERATIONS, operationsGraph } from "../../support/operations-graph.ts";

/** The front and Yoga must give the same answer to the same question. */

let api: TestApi;
beforeAll(async () => {
  api = await openApi(operationsGraph());
});
afterAll(() => api.close());

async function answerTo(body: string, headers: Record<string, string>) {
  const response = await fetch(`${api.url}/graphql`, { method: "POST", headers, body });
  return { status: response.status, text: await response.text(), isCacheable: response.headers.has("etag") };
}

async function bothAnswer(query: string, variables: unknown = {}) {
  const body = JSON.stringify({ query, variables });
  const front = await answerTo(body, { "content-type": "application/json" });
  // Only Yoga reads this media type.
  const yoga = await answerTo(body, { "content-type": "application/graphql+json" });
  return { front, yoga };
}

const files = readdirSync(OPERATIONS);
const names = files.filter((name) => name.endsWith(".graphql")).map((name) => basename(name, ".graphql"));

describe("the operation fixtures", () => {
  test.each(names)("%s", async (name) => {
    const read = (file: string) => readFileSync(join(OPERATIONS, file), "utf8");
    const variables = files.includes(`${name}.variables.json`)
      ? JSON.parse(read(`${name}.variables.json`))
      : {};
    const query = read(`${name}.graphql`);
    const { front, yoga } = await bothAnswer(query, variables);
    expect(front.text).toBe(yoga.text);
    expect(front.status).toBe(yoga.status);
    expect(JSON.parse(front.text)).toEqual(JSON.parse(read(`${name}.json`)));
    // What changes without a revision is not kept.
    const isShared = !query.includes("hoursSpent");
    expect(front.isCacheable).toBe(isShared && !("errors" in JSON.parse(front.text)));
    expect(yoga.isCacheable).toBe(false);
  });
});

describe("operations that fail", () => {
  test.each([
    ["a page beyond the limit", "{ skills(first: 1000000) { edges { cursor } } }"],
    ["several fields", '{ a: skills(first: -1) { totalCount } b: node(id: "?") { id } graph { revision } }'],
    ["a field that may not be null", '{ nodes(ids: ["?"]) { id } }'],
    ["a document that does not parse", "{ graph {"],
    ["a field that does not exist", "{ nothing }"],
    ["a variable that is missing", "query ($slug: String!) { skill(slug: $slug) { slug } }"],
    ["two operations and no name", "query A { __typename } query B { __typename }"],
    ["no operation", "fragment F on Query { __typename }"],
  ])("%s", async (_what, query) => {
    const { front, yoga } = await bothAnswer(query);
    expect(JSON.parse(front.text).errors.length).toBeGreaterThan(0);
    expect(front).toEqual(yoga);
  });
});
