import fc from "fast-check";
import { expect, it } from "vitest";
import { SlugIndex } from "../../../src/store/snapshot/graph-snapshot.ts";
import { TextList } from "../../../src/store/snapshot/text-list.ts";

it("finds each slug at its place, and no other", () => {
  const slugs = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 3 }));
  fc.assert(
    fc.property(slugs, slugs, (some, others) => {
      const ordered = [...new Set(some)].sort();
      const index = new SlugIndex(TextList.of(ordered));
      for (const slug of [...some, ...others]) {
        const place = ordered.indexOf(slug);
        expect(index.get(slug)).toBe(place < 0 ? undefined : place);
        expect(index.has(slug)).toBe(place >= 0);
      }
    }),
  );
});
