import { expect, test } from "vitest";
import { MAX_REQUIREMENT_INPUT_DEPTH, MAX_REQUIREMENT_INPUT_NODES } from "../../../src/api/limits.ts";
import { parseRequirement, type RequirementInput } from "../../../src/api/requirement/input.ts";
import { allOf, anyOf } from "../../../src/graph/model/requirement.ts";

type Input = typeof RequirementInput.$inferInput;

const SLUGS = ["git", "http", "sql"];
const parse = (input: Input) => parseRequirement(input, "requires", (slug) => SLUGS.indexOf(slug));
const skill = (slug: string): Input => ({ skill: slug });

test("all of, any of and at least, nested, with the skills as indices", () => {
  expect(parse(skill("sql"))).toEqual({ skill: 2 });
  expect(parse({ allOf: [skill("git"), { anyOf: [skill("http"), skill("sql")] }] })).toEqual(
    allOf({ skill: 0 }, anyOf({ skill: 1 }, { skill: 2 })),
  );
  expect(parse({ atLeast: { count: 2, of: SLUGS.map(skill) } })).toEqual({
    atLeast: 2,
    of: [{ skill: 0 }, { skill: 1 }, { skill: 2 }],
  });
});

test("a skill is looked up at its place in the input", () => {
  const places: string[] = [];
  const input: Input = { allOf: [skill("a"), { atLeast: { count: 1, of: [skill("b")] } }] };
  parseRequirement(input, "changes[3].requires", (slug, argument) => {
    places.push(`${slug}: ${argument}`);
    return 0;
  });
  expect(places).toEqual([
    "a: changes[3].requires.allOf[0].skill",
    "b: changes[3].requires.allOf[1].atLeast.of[0].skill",
  ]);
});

const deep = (levels: number): Input => (levels === 1 ? skill("git") : { allOf: [deep(levels - 1)] });
const wide = (nodes: number): Input => ({ anyOf: Array.from({ length: nodes - 1 }, () => skill("git")) });

test.each<[Input, string]>([
  [{ allOf: [] }, 'Expected requires.allOf to be at least one member, got "an empty list".'],
  [
    { anyOf: [{ atLeast: { count: 3, of: [skill("git"), skill("sql")] } }] },
    "Expected requires.anyOf[0].atLeast.count to be between 1 and 2, got 3.",
  ],
  [
    { atLeast: { count: 0, of: [skill("git")] } },
    "Expected requires.atLeast.count to be between 1 and 1, got 0.",
  ],
  [deep(MAX_REQUIREMENT_INPUT_DEPTH + 1), 'got "33 levels".'],
  [wide(MAX_REQUIREMENT_INPUT_NODES + 1), 'got "1001 nodes".'],
])("what cannot be met or is too large is refused: %#", (input, message) => {
  expect(() => parse(input)).toThrow(message);
});

test("the largest that is allowed passes", () => {
  expect(() => parse(deep(MAX_REQUIREMENT_INPUT_DEPTH))).not.toThrow();
  expect(() => parse(wide(MAX_REQUIREMENT_INPUT_NODES))).not.toThrow();
});
