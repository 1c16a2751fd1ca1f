import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findUnlearnable } from "../../src/graph/facts/learnability.ts";
import { checkGraph } from "../../src/seeding/check-graph.ts";
import { combineGraph } from "../../src/seeding/combined-graph.ts";
import { hasErrors } from "../../src/seeding/finding.ts";
import { toGraphFile } from "../../src/seeding/import-graph.ts";
import { quarantine } from "../../src/seeding/quarantine.ts";
import { readGraphText } from "../../src/seeding/read-graph-file.ts";
import type { RequirementFile } from "../../src/seeding/requirement-file.ts";

function keep(text: string) {
  const { rows, findings, setAside } = quarantine(readGraphText("graph.yaml", text), undefined);
  expect(findings).toEqual([]);
  const { skills = [] } = toGraphFile(rows);
  return {
    skills: Object.fromEntries(skills.map(({ slug, requires }) => [slug, requires])),
    setAside: setAside.map(({ line, code }) => `${line} ${code}`),
  };
}

describe("what is set aside", () => {
  test("is a row that does not follow the schema", () => {
    const text = "skills:\n  - {slug: a, name: A, hours: 1}\n  - {slug: b, name: B, hours: -1}\n";
    expect(keep(text)).toEqual({ skills: { a: undefined }, setAside: ["3 wrong-value"] });
  });

  test("is the second row with a slug", () => {
    const text = "skills:\n  - {slug: a, name: A, hours: 1}\n  - {slug: a, name: B, hours: 2}\n";
    expect(keep(text)).toEqual({ skills: { a: undefined }, setAside: ["3 duplicate-slug"] });
  });

  test("is no requirement that names a skill which is not there: that is made", () => {
    const text = "skills:\n  - {slug: a, name: A, hours: 1, requires: {anyOf: [b, {allOf: [b, c]}]}}\n";
    expect(keep(text)).toEqual({
      skills: { a: { anyOf: ["b", { allOf: ["b", "c"] }] }, b: undefined, c: undefined },
      setAside: ["2 dangling-id", "2 dangling-id"],
    });
  });

  test("is the prerequisite that closes a loop, and a skill's need of itself", () => {
    const text = `skills:
  - {slug: a, name: A, hours: 1, requires: c}
  - {slug: b, name: B, hours: 1, requires: a}
  - {slug: c, name: C, hours: 1, requires: {allOf: [b, d]}}
  - {slug: d, name: D, hours: 1, requires: {allOf: [d]}}
`;
    expect(keep(text)).toEqual({
      skills: { a: "c", b: undefined, c: { allOf: ["b", "d"] }, d: undefined },
      setAside: ["3 unlearnable", "5 self-loop"],
    });
  });

  test("is nothing of a loop through alternatives", () => {
    const text = `skills:
  - {slug: a, name: A, hours: 1, requires: {anyOf: [b, c]}}
  - {slug: b, name: B, hours: 1, requires: a}
  - {slug: c, name: C, hours: 1}
`;
    expect(keep(text).setAside).toEqual([]);
  });
});

test("what is kept of any graph has no errors, and every skill can be learned", () => {
  const slug = fc.constantFrom("a", "b", "c", "d", "e");
  const group = fc.array(slug, { minLength: 1, maxLength: 3 });
  const requires: fc.Arbitrary<RequirementFile | undefined> = fc.oneof(
    fc.constant(undefined),
    slug,
    fc.record({ allOf: group }),
    fc.record({ anyOf: group }),
    fc.record({ allOf: fc.tuple(slug, fc.record({ anyOf: group })) }),
  );
  const skill = fc.record({ slug, name: slug, hours: fc.constantFrom(1, -1), requires });
  fc.assert(
    fc.property(fc.array(skill, { maxLength: 6 }), (skills) => {
      const read = readGraphText("graph.json", JSON.stringify({ skills }));
      const { rows, findings } = quarantine(read, undefined);
      expect(hasErrors([...findings, ...checkGraph(rows)])).toBe(false);
      expect(findUnlearnable(combineGraph(rows, undefined).graph)).toBeUndefined();
    }),
  );
});
