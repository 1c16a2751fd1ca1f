import { expect, test } from "vitest";
import { requirementParts } from "../../../src/api/requirement/requirement-tree.ts";
import { unmetParts } from "../../../src/api/requirement/unmet-parts.ts";
import { anyOf, atLeast, graphOf } from "../../support/graphs.ts";

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
const parts = requirementParts(graph, index("web"), { column: "skillId", id: 1 }, "skill:web");

function unmet(...known: readonly string[]): string[] {
  const has = new Set(known.map(index));
  return unmetParts(parts, (skill) => has.has(skill)).map(
    ({ skill, atLeast: need, parentOrdinal, ordinal }) =>
      `${ordinal} in ${parentOrdinal}: ${skill === undefined ? `${need} of` : slugsOf([skill])}`,
  );
}

test("nothing known: the whole requirement", () => {
  expect(unmet()).toHaveLength(parts.length);
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
