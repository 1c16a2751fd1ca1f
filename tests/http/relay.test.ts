import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";

/** Relay's specification (global object identification, connections, cursors), over HTTP. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Page {
  totalCount: number;
  edges: { cursor: string; node: { id: string; slug: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

const ROOTS = ["skills", "resources", "projects", "roles", "roadmaps", "documents"] as const;

async function page(root: string, args: Record<string, unknown>): Promise<Page> {
  const { data, errors } = await server.ask(
    `query ($first: Int, $after: String, $last: Int, $before: String) {
      page: ${root}(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        edges { cursor node { id slug } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`,
    args,
  );
  expect(errors).toEqual([]);
  return data.page;
}

const slugs = (from: Page) => from.edges.map(({ node }) => node.slug);

describe.each(ROOTS)("%s", (root) => {
  test("forward in small pages gives the same list as one page, each row once", async () => {
    const whole = await page(root, { first: 100 });
    expect(whole.totalCount).toBeGreaterThan(0);
    const walked: string[] = [];
    let after: string | undefined;
    for (let more = true; more && walked.length < whole.edges.length; ) {
      const next: Page = await page(root, { first: 7, after });
      walked.push(...slugs(next));
      expect(next.totalCount).toBe(whole.totalCount);
      after = next.pageInfo.endCursor;
      more = next.pageInfo.hasNextPage;
    }
    expect(walked.slice(0, whole.edges.length)).toEqual(slugs(whole));
    expect(new Set(walked).size).toBe(walked.length);
  });

  test("backward from a cursor gives what stands before it, in the same order", async () => {
    const whole = await page(root, { first: 20 });
    const last = whole.edges.at(-1)!;
    const before = await page(root, { last: 3, before: last.cursor });
    expect(slugs(before)).toEqual(slugs(whole).slice(0, -1).slice(-3));
    expect(before.pageInfo.hasPreviousPage).toBe(whole.edges.length - 1 > 3);
  });

  test("every node is found again by its id, alone and among others, in order", async () => {
    const { edges } = await page(root, { first: 5 });
    const ids = edges.map(({ node }) => node.id);
    const { data } = await server.ask(
      "query ($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id } }",
      { id: ids[0], ids },
    );
    expect(data.node.id).toBe(ids[0]);
    expect(data.nodes.map((node: { id: string }) => node.id)).toEqual(ids);
  });
});

describe("what is not there or not well formed", () => {
  test("an unknown id of a known type is null", async () => {
    const id = Buffer.from("Skill:no-such-skill").toString("base64");
    const { data, errors } = await server.ask("query ($id: ID!) { node(id: $id) { id } }", { id });
    expect(errors).toEqual([]);
    expect(data.node).toBeNull();
  });

  test.each([
    ["a broken cursor", '{ skills(first: 1, after: "?") { totalCount edges { cursor } } }'],
    ["a page beyond the limit", "{ skills(first: 1000000) { edges { cursor } } }"],
    ["a negative page", "{ skills(first: -1) { edges { cursor } } }"],
    ["first and last at once", "{ skills(first: 1, last: 1) { edges { cursor } } }"],
    ["an id that is none", '{ node(id: "?") { id } }'],
  ])("%s", async (_, query) => {
    const { status, errors } = await server.ask(query);
    expect(status).toBeLessThan(500);
    expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});
