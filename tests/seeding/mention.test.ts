import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standsOnLine } from "../../src/seeding/mention.ts";

describe("a mention on a line", () => {
  it.each([
    ["PostgreSQL", "databases like postgresql."],
    ["Node.js", "(Node.js)"],
    ["C++", "Java, Python, C++, and Ruby"],
    ["r/webdev", "(e.g., r/programming, r/webdev)"],
    ["₹13 LPA", "earning up to ₹13 LPA."],
    ["User’s", "a user’s name"],
    ["Ärger", "kein ÄRGER hier"],
  ])("finds %s in %s", (mention, line) => {
    expect(standsOnLine(mention, line)).toBe(true);
  });

  it.each([
    ["Java", "JavaScript only"],
    ["Express", "by expressing interest"],
    ["C", "C++"],
    ["Go", "google"],
    ["rest", "the forest"],
    ["SQL", "NoSQL"],
    ["api", "ápi"],
    ["", "anything"],
    ["a.b", "a-b"],
  ])("does not find %s in %s", (mention, line) => {
    expect(standsOnLine(mention, line)).toBe(false);
  });

  it("finds every run of whole words of a line, in any letter case", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9.()+$^*[\]\\|/-]{0,6}[A-Za-z]$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), (words, a, b) => {
        const from = a % words.length;
        const run = words.slice(from, from + 1 + (b % (words.length - from))).join(" ");
        expect(standsOnLine(run.toUpperCase(), words.join(" "))).toBe(true);
      }),
    );
  });
});
