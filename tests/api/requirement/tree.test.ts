import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type RequirementPart,
  requirementParts,
  requirementPartsOfRows,
  unmetParts,
} from "../../../src/api/requirement/tree.ts";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import type { Requirement } from "../../../src/graph/model/requirement.ts";
import { anyOf, atLeast, graphOf } from "../../support/graphs.ts";

const SKILLS = 5;
const OWNER = { column: "skillId", id: 1 } as const;

const tree: fc.Arbitrary<Requirement<number>> = fc.letrec<{ tree: Requirement<number> }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    fc.nat(SKILLS - 1).map((skill) => ({ skill })),
    fc
      .array(tie("tree"), { minLength: 1, maxLength: 4 })
      .chain((of) => fc.integer({ min: 1, max: of.length }).map((atLeast) => ({ atLeast, of }))),
  ),
})).tree;

const partsOf = (requirement: Requirement<number> | undefined) =>
  requirementParts(
    buildPrerequisiteGraph(
      SKILLS,
      Array.from({ length: SKILLS + 1 }, (_, owner) => ({
        cost: 1,
        requirement: owner === SKILLS ? requirement : undefined,
      })),
    ),
    SKILLS,
    OWNER,
    "project:p",
  );

const written = (part: RequirementPart): Requirement<number> =>
  part.skill === undefined
    ? { atLeast: part.atLeast!, of: part.members.map(written) }
    : { skill: part.skill };

test("the parts put together again are the requirement, members in the author's order", () => {
  fc.assert(
    fc.property(tree, (requirement) => {
      const parts = partsOf(requirement);
      expect(written(parts[0]!)).toEqual(requirement);
      expect(parts.map(({ ordinal }) => ordinal)).toEqual(parts.map((_, at) => at));
      for (const part of parts.slice(1)) expect(parts[part.parentOrdinal!]!.members).toContain(part);
    }),
  );
});

test("rows in depth-first order give the same parts", () => {
  fc.assert(
    fc.property(tree, (requirement) => {
      const parts = partsOf(requirement);
      const rows = parts.map(({ ordinal, parentOrdinal, atLeast, skill }) => ({
        ordinal,
        parentOrdinal: parentOrdinal ?? null,
        atLeast: atLeast ?? null,
        needsId: skill === undefined ? null : skill + 100,
      }));
      expect(requirementPartsOfRows(rows, OWNER, "project:p", (id) => id - 100)).toEqual(parts);
    }),
  );
});

test("no requirement has no parts, and rows of unknown skills are left out", () => {
  expect(partsOf(undefined)).toEqual([]);
  const rows = [
    { ordinal: 0, parentOrdinal: null, atLeast: 1, needsId: null },
    { ordinal: 1, parentOrdinal: 0, atLeast: null, needsId: 7 },
  ];
  expect(requirementPartsOfRows(rows, OWNER, "x", () => undefined)).toMatchObject([
    { ordinal: 0, members: [] },
  ]);
});

test("a requirement nested 20,000 deep does not overflow the stack", () => {
  let requirement: Requirement<number> = { skill: 0 };
  for (let depth = 0; depth < 20_000; depth++) requirement = { atLeast: 1, of: [requirement] };
  expect(partsOf(requirement)).toHaveLength(20_001);
});

/** web = http & (django | spring) & 2 of (git, sql, linux) */
const { graph, index, slugsOf } = graphOf({
  http: [],
  django: [],
  spring: [],
  git: [],
  sql: [],
  linux: [],
  web: ["http", anyOf("django", "spring"), atLeast(2, "git", "sql", "linux")],
});
const web = requirementParts(graph, index("web"), { column: "skillId", id: 1 }, "skill:web");

function unmet(...known: readonly string[]): string[] {
  const has = new Set(known.map(index));
  return unmetParts(web, (skill) => has.has(skill)).map(
    ({ skill, atLeast: need, parentOrdinal, ordinal }) =>
      `${ordinal} in ${parentOrdinal}: ${skill === undefined ? `${need} of` : slugsOf([skill])}`,
  );
}

test("nothing known: the whole requirement", () => {
  expect(unmet()).toHaveLength(web.length);
});

test("groups that are met are left out with all their members, known members of others too", () => {
  expect(unmet("spring", "git")).toEqual([
    "0 in undefined: 3 of",
    "1 in 0: http",
    "5 in 0: 2 of",
    "7 in 5: sql",
    "8 in 5: linux",
  ]);
});

test("a requirement that is met has no unmet part", () => {
  expect(unmet("http", "django", "git", "linux")).toEqual([]);
  expect(unmetParts([], () => false)).toEqual([]);
});
