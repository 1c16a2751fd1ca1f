import { expect, test } from "vitest";
import { MAX_LANGUAGES, MAX_PATH_RESOURCES } from "../../../src/api/limits.ts";
import { parsePreferences, type ResourcePreferencesInput } from "../../../src/api/resource/resource.ts";

type Input = typeof ResourcePreferencesInput.$inferInput;

test("what is absent or null is no condition", () => {
  expect(parsePreferences({}, "preferences")).toEqual({});
  expect(
    parsePreferences({ kinds: null, maxCost: null, languages: null, atMost: null }, "preferences"),
  ).toEqual({});
});

test("conditions within the limits are kept", () => {
  const all: Input = {
    kinds: ["BOOK"],
    maxCost: "FREE",
    languages: ["en", "pt-BR", "zh-Hant-TW"],
    atMost: MAX_PATH_RESOURCES,
  };
  expect(parsePreferences(all, "preferences")).toEqual(all);
});

test.each<[Input, string]>([
  [{ kinds: [] }, 'Expected p.kinds to be at least one kind, or absent, got "an empty list".'],
  [{ languages: [] }, `Expected p.languages to be a list of 1 to ${MAX_LANGUAGES}, got "0 entries".`],
  [
    { languages: Array.from({ length: MAX_LANGUAGES + 1 }, () => "en") },
    `Expected p.languages to be a list of 1 to ${MAX_LANGUAGES}, got "21 entries".`,
  ],
  [{ languages: ["en", "e_n"] }, 'Expected p.languages to be BCP 47 tags, such as en or pt-BR, got "e_n".'],
  [{ atMost: 0 }, `Expected p.atMost to be between 1 and ${MAX_PATH_RESOURCES}, got 0.`],
])("%j is refused", (input, message) => {
  expect(() => parsePreferences(input, "p")).toThrow(message);
});
