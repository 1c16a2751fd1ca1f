import { afterAll, beforeAll, expect, test } from "vitest";
import { suggestions } from "../../../src/api/core/suggestions.ts";
import { MAX_COMPARED_SPELLINGS, MAX_SUGGESTED_SLUGS } from "../../../src/api/limits.ts";
import { type Spelled, Spellings } from "../../../src/words/closest-words.ts";
import { openShippedGraph, type TestApi } from "../../support/api.ts";

const SLUGS = ["django", "git", "github", "java", "javascript", "postgresql", "python"];
const spellings = (slugs: readonly string[]) => new Spellings(slugs.map((slug): Spelled => [slug]));

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
  expect(suggestions(slug, spellings(SLUGS))).toEqual(expected);
});

test("at most three, the nearest first", () => {
  expect(suggestions("jav", spellings([...SLUGS, "jax", "javb"]))).toEqual(["java", "javb", "javascript"]);
});

test("only of equal spellings where comparing would take long", () => {
  const many = spellings(Array.from({ length: MAX_COMPARED_SPELLINGS + 1 }, (_, n) => `skill-${n}`));
  expect(suggestions("skill-", many)).toEqual([]);
  expect(suggestions("Skill 7", many)).toEqual(["skill-7"]);
});

let api: TestApi;
beforeAll(async () => {
  api = await openShippedGraph();
});
afterAll(() => api.close());

const suggested = async (selection: string) => {
  const { errors } = await api.ask(`{ ${selection} }`);
  return errors.map(({ extensions }) => extensions.suggestions);
};

test.each([
  ['skill(slug: "GIT") { slug }', ["git"]],
  ['skill(slug: "PostgreSQL") { slug }', ["postgresql"]],
  ['skill(slug: "NodeJS") { slug }', ["node-js"]],
  ['skill(slug: "js") { slug }', ["javascript"]],
  ['role(slug: "Back-end Developer") { slug }', ["backend-developer"]],
  ['resource(slug: "Clean Code") { slug }', ["clean-code"]],
  ['resource(slug: "No such resource at all") { slug }', []],
])("by slug, name and aliases for %s: %j", async (field, expected) => {
  expect(await suggested(field)).toEqual([expected]);
});

test("of one request for the first unknown slugs only", async () => {
  const fields = Array.from(
    { length: MAX_SUGGESTED_SLUGS + 5 },
    (_, at) => `s${at}: skill(slug: "gti") { slug }`,
  );
  const lists = await suggested(fields.join(" "));
  expect(lists.filter((list) => Array.isArray(list) && list.length > 0)).toHaveLength(MAX_SUGGESTED_SLUGS);
});
