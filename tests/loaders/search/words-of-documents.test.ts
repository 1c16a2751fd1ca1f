import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readSearchables } from "../../../src/loaders/search/read-searchables.ts";
import { SearchIndex } from "../../../src/loaders/search/search-index.ts";
import { shippedDatabases } from "../../support/database-pool.ts";
import { runToEnd } from "../../support/run-to-end.ts";

const file = join(import.meta.dirname, "words-of-documents.yaml");
const words = z
  .record(z.string(), z.record(z.string(), z.array(z.string())))
  .parse(parse(readFileSync(file, "utf8")));

test("the words of the documents find what they mean: first, among three, at least somewhere", async () => {
  const store = await shippedDatabases.open();
  const searchables = await readSearchables(store.prisma);
  await store.close();
  const index = runToEnd(SearchIndex.build(searchables));
  const known = new Set(searchables.map(({ kind, slug }) => `${kind.toLowerCase()}/${slug}`));

  const places = Object.values(words).flatMap((ofDocument) =>
    Object.entries(ofDocument).map(([query, wanted]) => {
      for (const row of wanted) expect(known).toContain(row);
      const { hits } = index.find(query, undefined, 10);
      return {
        query,
        place: hits.findIndex(({ kind, slug }) => wanted.includes(`${kind.toLowerCase()}/${slug}`)),
      };
    }),
  );
  const within = (most: number) =>
    places.filter(({ place }) => place >= 0 && place < most).length / places.length;

  expect(places.length).toBeGreaterThan(450);
  expect(places.filter(({ place }) => place < 0)).toEqual([]);
  expect(within(1)).toBeGreaterThan(0.98);
  expect(within(3)).toBeGreaterThan(0.99);
});
