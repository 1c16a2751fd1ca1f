import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closestWord, didYouMean, editDistance } from "../../src/seeding/closest-word.ts";

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

describe("the distance of words", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });

  test("is the least number of edits", () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(slowDistance(a, b));
      }),
    );
  });

  test("below a bound is the same as without it", () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 6 }), (a, b, bound) => {
        const distance = slowDistance(a, b);
        const bounded = editDistance(a, b, bound);
        if (distance < bound) expect(bounded).toBe(distance);
        else expect(bounded).toBeGreaterThanOrEqual(bound);
      }),
    );
  });
});

describe("the word that was meant", () => {
  test.each([
    ["pyhton", ["ruby", "python", "php"], "python"],
    ["Requires", ["requires", "relations"], "requires"],
    ["postgre", ["mysql", "postgresql-tuning", "postgresql"], "postgresql"],
    ["cobol", ["python", "go"], undefined],
    ["q", ["a"], undefined],
    ["", ["a"], undefined],
  ])("by %j among %j is %j", (wrong, known, expected) => {
    expect(closestWord(wrong, known)).toBe(expected);
  });

  test("is offered as a question", () => {
    expect(didYouMean("gti", ["git"])).toBe('; did you mean "git"?');
    expect(didYouMean("svn", ["git"])).toBe("");
  });
});
