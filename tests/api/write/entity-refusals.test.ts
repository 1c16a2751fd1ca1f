import { afterEach, beforeEach, expect, test } from "vitest";
import { openApi, type TestApi } from "../../support/api.ts";
import { mutate } from "../../support/mutate.ts";
import { cites, SMALL_GRAPH } from "./small-graph.ts";

/** What a mutation of one entity is refused for. */

let api: TestApi;
beforeEach(async () => {
  api = await openApi(SMALL_GRAPH);
});
afterEach(() => api.close());

const skill = { slug: "x", name: "X", hours: 1 };
test.each<[string, string, Record<string, unknown>, object]>([
  [
    "a slug that another skill has",
    "createSkill",
    { input: { ...skill, slug: "http" } },
    { argument: "input.slug" },
  ],
  [
    "a slug that another skill had",
    "createSkill",
    { input: { ...skill, slug: "python-2" } },
    { argument: "input.slug" },
  ],
  [
    "a slug that is none",
    "createSkill",
    { input: { ...skill, slug: "No Slug" } },
    { argument: "input.slug", expected: "lower-case letters and digits with single hyphens between" },
  ],
  [
    "a resource's slug that is taken",
    "createResource",
    { input: { slug: "tour", name: "T", kind: "BOOK" } },
    { argument: "input.slug" },
  ],
  [
    "a name that nobody sees",
    "createSkill",
    { input: { ...skill, name: "\u200b" } },
    { argument: "input.name" },
  ],
  [
    "text that cannot be stored",
    "createSkill",
    { input: { ...skill, summary: "\0" } },
    { argument: "input" },
  ],
  [
    "negative hours",
    "createSkill",
    { input: { ...skill, hours: -1 } },
    {
      argument: "input.hours",
      expected: "at least 0",
      message: "input.hours: expected at least 0, got -1.",
    },
  ],
  [
    "an address that is none",
    "updateResource",
    { slug: "tour", input: { url: "javascript:alert(1)" } },
    { argument: "input.url" },
  ],
  [
    "a line that the document has not",
    "createSkill",
    { input: { ...skill, citations: [{ ...cites[0], line: 11 }] } },
    { argument: "input.citations[0].line" },
  ],
  [
    "a basis that no document gives",
    "createSkill",
    { input: { ...skill, citations: [{ ...cites[0], basis: "EDITORIAL" }] } },
    { argument: "input.citations[0].basis" },
  ],
  [
    "a skill that would count twice",
    "createSkill",
    {
      input: {
        ...skill,
        requires: {
          atLeast: { count: 2, of: [{ skill: "http" }, { skill: "http" }, { skill: "python" }] },
        },
      },
    },
    { argument: "input" },
  ],
  [
    "a skill that is part of its part",
    "updateSkill",
    { slug: "http", input: { partOf: [{ skill: "django" }] } },
    { argument: "input" },
  ],
  [
    "a role that is covered in part without a reason",
    "updateRole",
    { slug: "dev", input: { coverage: "PARTIAL" } },
    { argument: "input" },
  ],
  [
    "a reason that is too long",
    "deleteRole",
    { slug: "dev", reason: "x".repeat(4_001) },
    { argument: "reason" },
  ],
  [
    "slugs that do not exist",
    "createSkill",
    {
      input: {
        ...skill,
        requires: { anyOf: [{ skill: "htp" }] },
        partOf: [{ skill: "pyton" }],
        citations: [{ ...cites[0], document: "002" }],
      },
    },
    {
      unknown: [
        { kind: "DOCUMENT", slug: "002", argument: "input.citations[0].document" },
        { kind: "SKILL", slug: "pyton", argument: "input.partOf[0].skill", suggestions: ["python"] },
        { kind: "SKILL", slug: "htp", argument: "input.requires.anyOf[0].skill", suggestions: ["http"] },
      ],
    },
  ],
  [
    "a roadmap's resource that does not exist",
    "updateRoadmap",
    { slug: "first", input: { steps: [{ name: "S", resources: ["tuor"] }] } },
    {
      unknown: [
        { kind: "RESOURCE", slug: "tuor", argument: "input.steps[0].resources[0]", suggestions: ["tour"] },
      ],
    },
  ],
  [
    "a prerequisite to remove that does not exist",
    "updateSkill",
    { slug: "http", input: { remove: { requires: ["no"] } } },
    { unknown: [{ slug: "no", argument: "input.remove.requires[0]" }] },
  ],
  [
    "an entity that does not exist",
    "updateProject",
    { slug: "blgo", input: {} },
    { unknown: [{ kind: "PROJECT", slug: "blgo", suggestions: ["blog"] }] },
  ],
])("%s is refused", async (_what, name, args, expected) => {
  expect(await mutate(api, name, args)).toMatchObject(expected);
  expect(api.store.snapshot().revision).toBe(1);
});
