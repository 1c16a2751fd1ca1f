import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { exportGraphFile, GRAPH_FILE_FORMATS } from "../../src/interchange/graph-file-export.ts";
import { toGraphFile } from "../../src/seeding/import-graph.ts";
import { readGraphText } from "../../src/seeding/read-graph-file.ts";
import type { RequirementFile } from "../../src/seeding/requirement-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { type GraphRows, NO_ROWS } from "../../src/store/rows/graph-rows.ts";
import { nameText } from "./exported-graphs.ts";

const FULL = readFileSync(join(import.meta.dirname, "..", "support", "full-graph.yaml"), "utf8");

function rowsIn(file: string, text: string): GraphRows {
  const { rows, findings } = readGraphText(file, text);
  expect(findings).toEqual([]);
  return toRows(toGraphFile(rows));
}

const exported = (rows: GraphRows, format: "yaml" | "json") => [...exportGraphFile(rows, format)].join("");

describe.each(GRAPH_FILE_FORMATS)("the graph as %s", (format) => {
  test("read again gives the same rows", () => {
    const rows = rowsIn("full.yaml", FULL);
    expect(rowsIn(`again.${format}`, exported(rows, format))).toEqual(rows);
  });

  test("can be empty", () => {
    expect(rowsIn(`empty.${format}`, exported(NO_ROWS, format))).toEqual(NO_ROWS);
  });

  test("keeps any text and any requirement", () => {
    const slug = fc.constantFrom("a", "b", "c");
    const requirement: fc.Arbitrary<RequirementFile> = fc.letrec<{ node: RequirementFile }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        slug,
        fc.record({ skill: slug, reason: fc.string({ minLength: 1 }) }),
        fc.record({ allOf: fc.array(tie("node"), { minLength: 1, maxLength: 4 }) }),
        fc.record({ anyOf: fc.array(tie("node"), { minLength: 1, maxLength: 4 }) }),
        fc
          .array(tie("node"), { minLength: 1, maxLength: 4 })
          .chain((of) => fc.record({ atLeast: fc.integer({ min: 1, max: of.length }), of: fc.constant(of) })),
      ),
    })).node;
    const text = fc
      .oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }))
      .filter((value) => !/\0|\p{Surrogate}/u.test(value));
    fc.assert(
      fc.property(nameText, text, requirement, (name, summary, requires) => {
        const rows = toRows({
          skills: [{ slug: "a", name: `${name}.`, summary, hours: 1, kind: "CONCEPT", requires }],
        });
        expect(rowsIn(`again.${format}`, exported(rows, format))).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });
});

/** Texts that a reader of YAML 1.1 takes for something else, or that no such reader takes at all. */
const TEXTS_OF_1_1 = [
  ...[
    "no",
    "Yes",
    "on",
    "y",
    "~",
    "null",
    "12:30",
    "1:20:30.5",
    "1_000",
    "0b1",
    "0o7",
    "017",
    "=",
    "<<",
    ".inf",
  ],
  ...[
    "2001-01-01",
    "2001-12-14t21:59:43.10-05:00",
    "a\u2028b",
    "\u2029",
    "a\u0085b",
    "\uFEFFa",
    "\u007F",
    "\u0090",
  ],
];

test("YAML 1.1 reads the same texts as YAML 1.2", () => {
  const text = fc.oneof(
    fc.constantFrom(...TEXTS_OF_1_1),
    fc.array(fc.constantFrom(...TEXTS_OF_1_1)).map((all) => all.join(" ")),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), text, (aliases, summary) => {
      const rows = toRows({
        skills: [{ slug: "a", name: "A", aliases, summary, hours: 1, kind: "CONCEPT" }],
      });
      const yaml = exported(rows, "yaml");
      expect(yaml).not.toMatch(/[\x7F-\x9F\u2028\u2029\uFEFF]/);
      const [skill] = parse(yaml, { version: "1.1" }).skills;
      expect(skill).toEqual(JSON.parse(exported(rows, "json")).skills[0]);
      expect(parse(yaml).skills[0]).toEqual(skill);
    }),
    { examples: TEXTS_OF_1_1.map((each): [string[], string] => [[each], each]) },
  );
});

test("a lone equals sign is quoted, which is a tag of YAML 1.1 that few readers know", () => {
  const rows = toRows({ skills: [{ slug: "a", name: "=", hours: 1, kind: "CONCEPT" }] });
  expect(exported(rows, "yaml")).toContain('name: "="');
});

test("the same graph gives the same text", () => {
  const rows = rowsIn("full.yaml", FULL);
  const text = exported(rows, "yaml");
  expect(exported(rowsIn("again.yaml", text), "yaml")).toBe(text);
});
