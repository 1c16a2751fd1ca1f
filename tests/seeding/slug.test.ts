import fc from "fast-check";
import { expect, test } from "vitest";
import { slug } from "../../src/seeding/graph-file-parts.ts";
import { slugOf } from "../../src/seeding/slug.ts";

test.each([
  ["Node JS", "node-js"],
  ["C++", "cpp"],
  ["C#", "csharp"],
  ["F# basics", "fsharp-basics"],
  ["  Café au lait!  ", "cafe-au-lait"],
  ["ＨＴＴＰ／２", "http-2"],
  [".NET", "net"],
  ["日本語", ""],
  ["x".repeat(100), "x".repeat(80)],
])("the slug of %j is %j", (name, expected) => {
  expect(slugOf(name)).toBe(expected);
});

test("a slug is valid or empty, and its own slug", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (name) => {
      const found = slugOf(name);
      if (found === "") return;
      expect(slug.safeParse(found).success).toBe(true);
      expect(slugOf(found)).toBe(found);
    }),
  );
});
