import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { contentDigest, entityDigest } from "../../../src/store/rows/entity-digest.ts";

/** The digest as stored databases have it: JSON whose keys a replacer puts in order. */
function storedDigest(entity: object): string {
  const inKeyOrder = (_key: string, value: unknown) =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return createHash("sha256").update(JSON.stringify(entity, inKeyOrder)).digest("hex");
}

test("is that of databases that are there, whatever the order of keys", () => {
  const value = fc.anything({ withDate: true, withNullPrototype: true, maxDepth: 4 });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), (entity) => {
      const digest = entityDigest(entity);
      expect(digest).toBe(storedDigest(entity));
      expect(entityDigest(Object.fromEntries(Object.entries(entity).reverse()))).toBe(digest);
    }),
  );
});

test("of a row is that of what it says, not of its digest or source", () => {
  const row = { slug: "git", hours: 10, aliases: [{ alias: "Git" }], digest: "old", origin: "seeds" };
  expect(contentDigest(row)).toBe(contentDigest({ ...row, digest: "new", origin: undefined }));
  expect(contentDigest(row)).not.toBe(contentDigest({ ...row, hours: 11 }));
});
