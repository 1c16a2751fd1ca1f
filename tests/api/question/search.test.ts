import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { SearchIndex } from "../../../src/loaders/search/search-index.ts";
import { SLICE_MS } from "../../../src/workers/limits.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { operationsGraph } from "../../support/operations-graph.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openApi(operationsGraph());
});
afterAll(() => api.close());

/** A page of hits for a query that finds several. */
async function page(args: string) {
  const { data, errors } = await api.ask(
    `{ search(query: "s"${args}) { totalCount edges { cursor node { slug } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
  );
  expect(errors).toEqual([]);
  const { totalCount, edges, pageInfo } = data!.search;
  return {
    totalCount,
    pageInfo,
    slugs: edges.map((edge: { node: { slug: string } }) => edge.node.slug),
  };
}

test("pages of a search are parts of the whole, from either end", async () => {
  const whole = await page("");
  const count = whole.slugs.length;
  expect(count).toBeGreaterThan(2);
  expect(whole.totalCount).toBe(count);
  expect(whole.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });

  const first = await page(", first: 2");
  expect(first.slugs).toEqual(whole.slugs.slice(0, 2));
  expect(first.totalCount).toBe(count);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = await page(`, after: "${first.pageInfo.endCursor}"`);
  expect(rest.slugs).toEqual(whole.slugs.slice(2));
  expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });

  const last = await page(", last: 1");
  expect(last.slugs).toEqual(whole.slugs.slice(-1));
  expect(last.pageInfo.hasPreviousPage).toBe(true);
  const before = await page(`, last: 100, before: "${last.pageInfo.startCursor}"`);
  expect(before.slugs).toEqual(whole.slugs.slice(0, -1));
  expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
});

test("a page after the last hit is empty", async () => {
  const { pageInfo } = await page("");
  const { slugs, pageInfo: after } = await page(`, after: "${pageInfo.endCursor}"`);
  expect(slugs).toEqual([]);
  expect(after).toMatchObject({ hasNextPage: false, startCursor: null });
});

test("many searches of one operation take several turns of the event loop", async () => {
  const { find } = SearchIndex.prototype;
  const slow = vi.spyOn(SearchIndex.prototype, "find").mockImplementation(function (
    this: SearchIndex,
    ...args
  ) {
    for (const end = performance.now() + SLICE_MS / 2; performance.now() < end; );
    return find.apply(this, args);
  });
  let turns = 0;
  let isOver = false;
  const counting = (async () => {
    for (; !isOver; turns++) await turn();
  })();
  const aliases = Array.from({ length: 20 }, (_, at) => `a${at}: search(query: "s") { totalCount }`);
  const { errors } = await api.ask(`{ ${aliases.join(" ")} }`);
  isOver = true;
  await counting;
  slow.mockRestore();
  expect(errors).toEqual([]);
  expect(turns).toBeGreaterThan(5);
});
