import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance, editDistanceWithin } from "../../src/words/edit-distance.ts";

/** The definition, word for word, without rows or bounds. */
function slowDistance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const [x, y] = [a.slice(0, -1), b.slice(0, -1)];
  const same = a.at(-1) === b.at(-1) ? 0 : 1;
  const costs = [slowDistance(x, b) + 1, slowDistance(a, y) + 1, slowDistance(x, y) + same];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
    costs.push(slowDistance(a.slice(0, -2), b.slice(0, -2)) + 1);
  return Math.min(...costs);
}

describe("the edit distance", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });
  const longWord = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 6, maxLength: 12 });
  test("is zero for equal words only, symmetric, and at most the longer length", () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const { whole, beginning } = editDistance(a, b);
        expect(whole === 0).toBe(a === b);
        expect(whole).toBe(editDistance(b, a).whole);
        expect(whole).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(beginning).toBe(
          Math.min(
            ...Array.from({ length: b.length + 1 }, (_, end) => editDistance(a, b.slice(0, end)).whole),
          ),
        );
      }),
    );
  });
  test("within a bound is the same, or nothing where it is more", () => {
    fc.assert(
      fc.property(longWord, longWord, fc.nat(5), (a, b, atMost) => {
        const { whole } = editDistance(a, b);
        expect(editDistanceWithin(a, b, atMost)).toBe(whole <= atMost ? whole : undefined);
      }),
      { numRuns: 2_000 },
    );
  });
  test("is the least number of edits", () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b).whole).toBe(slowDistance(a, b));
      }),
    );
  });
  test("counts a swap of neighbours once", () => {
    expect(editDistance("pyhton", "python").whole).toBe(1);
  });
});
