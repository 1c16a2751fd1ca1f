import { expect, test } from "vitest";
import { checkCount, checkRange, checkText } from "../../../src/api/core/check.ts";
import { MAX_SEARCH_LENGTH } from "../../../src/api/limits.ts";

test("what lies within the limits passes, both ends included", () => {
  for (const value of [1, 5, 10]) expect(() => checkRange("first", value, 1, 10)).not.toThrow();
  for (const list of [[], [1], [1, 2]]) expect(() => checkCount("ids", list, 2)).not.toThrow();
  expect(() => checkCount("ids", [1], 2, 1)).not.toThrow();
  for (const text of ["", "x".repeat(MAX_SEARCH_LENGTH), "🦆"])
    expect(() => checkText("query", text)).not.toThrow();
});

test.each([
  [() => checkRange("first", 0, 1, 10), "Expected first to be between 1 and 10, got 0."],
  [() => checkRange("first", 11, 1, 10), "Expected first to be between 1 and 10, got 11."],
  [() => checkCount("ids", [1, 2, 3], 2), 'Expected ids to be a list of at most 2, got "3 entries".'],
  [() => checkCount("ids", [], 2, 1), 'Expected ids to be a list of 1 to 2, got "0 entries".'],
  [
    () => checkText("query", "x".repeat(MAX_SEARCH_LENGTH + 1)),
    'Expected query to be at most 200 letters, got "201 letters".',
  ],
  [
    () => checkText("query", "\ud800"),
    'Expected query to be without U+0000 and lone surrogates, got "\\ud800".',
  ],
])("%s: the argument, what it has to be and what came", (check, message) => {
  expect(check).toThrow(message);
});
