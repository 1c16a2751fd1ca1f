import { describe, expect, test } from "vitest";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import { allOf, anyOf, type Requirement, skill } from "../../../src/graph/model/requirement.ts";
import { type KnownQuestion, takenAsKnownSearch } from "../../../src/planning/problem/taken-as-known.ts";
import { runToEnd } from "../../support/run-to-end.ts";

/**
 *     version-control → git → branches → merging          git has the parts branches and commits,
 *     python | java   → git                               branches the part merging
 *                                                         version-control (1 h) the part git (5 h)
 */
const SKILLS = ["branches", "commits", "git", "java", "merging", "python", "version-control"] as const;
type Slug = (typeof SKILLS)[number];
const index = (slug: Slug) => SKILLS.indexOf(slug);
const needs = (hours: number, requirement?: Requirement<number>) => ({ cost: hours * 100, requirement });
const graph = buildPrerequisiteGraph(7, [
  needs(1.5, skill(2)),
  needs(1),
  needs(5, allOf(skill(6), anyOf(skill(3), skill(5)))),
  needs(90),
  needs(1.5, skill(0)),
  needs(60),
  needs(1),
]);
const parts = new Map([
  [index("git"), [index("branches"), index("commits")]],
  [index("branches"), [index("merging"), index("git")]],
  [index("version-control"), [index("git")]],
]);

function taken(known: readonly Slug[], implies: KnownQuestion["implies"], notKnown: readonly Slug[] = []) {
  const question = { known: known.map(index), implies, notKnown: notKnown.map(index) };
  return runToEnd(takenAsKnownSearch(graph, question, parts)).map(
    ({ skill, because }) => `${SKILLS[skill]} by ${SKILLS[because]}`,
  );
}

describe("what counts as known", () => {
  test("is nothing else with NOTHING", () => {
    expect(taken(["git"], "NOTHING")).toEqual([]);
  });

  test("are the parts and theirs, because of the skill that was named, even where they run in a loop", () => {
    expect(taken(["git"], "PARTS")).toEqual(["branches by git", "commits by git", "merging by git"]);
  });

  test("is no part that takes longer than the skill", () => {
    expect(taken(["version-control"], "PARTS")).toEqual([]);
    expect(taken(["branches"], "PARTS")).toEqual(["merging by branches"]);
  });

  test("is no skill that the learner denies, and nothing because of it", () => {
    expect(taken(["git"], "PARTS", ["branches"])).toEqual(["commits by git"]);
  });

  test("is nothing that cannot be learned without what the learner denies", () => {
    expect(taken(["merging"], "PREREQUISITES_AND_PARTS", ["git"])).toEqual(["version-control by merging"]);
    expect(taken(["merging"], "PREREQUISITES_AND_PARTS", ["version-control"])).toEqual([]);
    // What is named is known, whatever is denied as well.
    expect(taken(["merging", "git"], "PREREQUISITES_AND_PARTS", ["git"])).toEqual(
      taken(["merging", "git"], "PREREQUISITES_AND_PARTS"),
    );
  });

  test("are the prerequisites that cannot have been skipped, when asked for", () => {
    expect(taken(["merging"], "PREREQUISITES_AND_PARTS")).toEqual([
      "branches by merging",
      "git by merging",
      "version-control by merging",
      "commits by merging",
    ]);
  });

  test("comes from skills of the graph alone", () => {
    const question = { known: [99, index("git")], implies: "PREREQUISITES_AND_PARTS" as const, notKnown: [] };
    const found = runToEnd(takenAsKnownSearch(graph, question, parts));
    expect(found.every(({ because }) => because === index("git"))).toBe(true);
    expect(found).toHaveLength(4);
  });
});
