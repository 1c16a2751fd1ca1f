import fc from "fast-check";
import { expect, test } from "vitest";
import { requirementId } from "../../../src/api/requirement/requirement.ts";
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
    "0 in undefined: 2 of",
    "1 in 0: http",
    "5 in 0: 1 of",
    "7 in 5: sql",
    "8 in 5: linux",
  ]);
});

test("a requirement that is met has no unmet part", () => {
  expect(unmet("http", "django", "git", "linux")).toEqual([]);
  expect(unmetParts([], () => false)).toEqual([]);
});

test("of k of n, of which some are known, fewer are needed of the rest", () => {
  const { graph, index, indices, slugsOf } = graphOf({
    math: [],
    ics46: [],
    cse46: [],
    algorithms: atLeast(2, "math", "ics46", "cse46"),
  });
  const whole = requirementParts(graph, index("algorithms"), OWNER, "skill:algorithms");
  const [group, ...rest] = unmetParts(whole, (skill) => indices("math").includes(skill));
  expect(group).toMatchObject({ atLeast: 1, members: rest });
  expect(rest.map(({ skill }) => slugsOf([skill!]))).toEqual([["ics46"], ["cse46"]]);
  // A cache that keeps nodes by id must not take one for the other.
  expect([group!, ...rest].map(requirementId)).not.toContain(requirementId(whole[0]!));
});

test("what is left is met by just what meets the requirement together with what is known", () => {
  const isMet = ({ skill, atLeast, members }: RequirementPart, has: (skill: number) => boolean): boolean =>
    skill === undefined ? members.filter((member) => isMet(member, has)).length >= atLeast! : has(skill);
  const skills = fc.array(fc.nat(SKILLS - 1));
  fc.assert(
    fc.property(tree, skills, skills, (requirement, known, learned) => {
      const whole = partsOf(requirement);
      const left = unmetParts(whole, (skill) => known.includes(skill));
      const isMetWhole = isMet(whole[0]!, (skill) => known.includes(skill) || learned.includes(skill));
      const isMetRest =
        left.length === 0 || isMet(left[0]!, (skill) => learned.includes(skill) && !known.includes(skill));
      expect(isMetRest).toBe(isMetWhole);
    }),
  );
});
