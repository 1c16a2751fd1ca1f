import { expect, test } from "vitest";
import { suggestions } from "../../../src/api/core/errors.ts";
import { MAX_SUGGESTION_CANDIDATES } from "../../../src/api/limits.ts";

const SLUGS = ["django", "git", "github", "java", "javascript", "postgresql", "python"];

test.each([
  ["pyhton", ["python"]],
  ["jango", ["django"]],
  ["postgres", ["postgresql"]],
  ["java-script", ["javascript"]],
  ["gti", ["git"]],
  ["x", []],
  ["", []],
  ["completely-different", []],
])("for %s: %j", (slug, expected) => {
  expect(suggestions(slug, SLUGS)).toEqual(expected);
});

test("at most three, the nearest first", () => {
  expect(suggestions("jav", [...SLUGS, "jax", "javb"])).toEqual(["java", "javascript", "javb"]);
});

test("none where comparing would take long", () => {
  const many = Array.from({ length: MAX_SUGGESTION_CANDIDATES + 1 }, (_, n) => `skill-${n}`);
  expect(suggestions("skill-", many)).toEqual([]);
});
