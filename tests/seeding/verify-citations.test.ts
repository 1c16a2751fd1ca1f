import { describe, expect, it } from "vitest";
import { formatFinding } from "../../src/seeding/finding.ts";
import { verifyCitations } from "../../src/seeding/verify-citations.ts";

const texts = [
  {
    path: "texts/007_abc.txt",
    text: "Tools\n\n1. Which hammer?\nHammers, such as the claw hammer, drive nails into wood.\n",
  },
];

function findings(...yaml: string[]): string[] {
  return verifyCitations([{ path: "tools.yaml", text: yaml.join("\n") }], texts).findings.map(formatFinding);
}

function findingsOf(citation: string): string[] {
  return findings(
    "skills:",
    "  - slug: hammer",
    "    name: Hammer",
    "    hours: 1",
    "    cites:",
    `      - ${citation}`,
  );
}

describe("verifying citations", () => {
  it("finds nothing where every citation stands, wherever it is written", () => {
    const text = `
skills:
  - slug: claw-hammer
    name: Claw hammer
    hours: 1
    requires: { allOf: [{ skill: wood, cites: [{ document: "007", line: 4, mention: wood, basis: IMPLIED }] }] }
    cites:
      - { document: "007", line: 4, mention: "CLAW hammer" }
`;
    expect(verifyCitations([{ path: "a.yaml", text }], texts)).toEqual({ findings: [], citations: 2 });
  });

  it.each([
    ['{ document: "008", line: 4, mention: claw }', 'begins with "008", got 007_abc.txt'],
    ['{ document: "00", line: 4, mention: claw }', 'begins with "00", got 007_abc.txt'],
    ['{ document: "007", line: 5, mention: claw }', "expected a line of document 007, which has 4, got 5"],
    [
      '{ document: "007", line: 3, mention: claw }',
      'words of line 3 of document 007, got "claw"; it stands on 4',
    ],
    ['{ document: "007", line: 4, mention: law }', 'words of line 4 of document 007, got "law" ['],
    ['{ document: "007", line: 4, mention: "Hammers, such as the claw hammer, drive" }', "at most 6 words"],
    ["{ document: 007, line: 4, mention: claw }", "document"],
    ['{ document: "007", line: 0, mention: claw }', "line"],
    ['{ document: "007", line: 4, mention: "" }', "mention"],
    ['{ document: "007", line: 4, mention: claw, basis: EDITORIAL }', "basis"],
  ])("finds %s", (citation, message) => {
    const found = findingsOf(citation);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^tools\.yaml:6: error: /);
    expect(found[0]).toContain(message);
  });

  it("reads JSON, too, and passes on what cannot be read", () => {
    const json =
      '{"skills": [\n{"slug": "claw", "name": "Claw", "hours": 1,\n"cites": [{"document": "007", "line": 1, "mention": "claw"}]}]}';
    const report = verifyCitations([{ path: "a.json", text: json }], texts);
    expect(report.findings.map(formatFinding)).toEqual([
      expect.stringMatching(/^a\.json:3: error: .*got "claw"/),
    ]);
    expect(findings("skills:", "  - [")).not.toEqual([]);
  });

  it("refuses an id that two texts begin with", () => {
    const text =
      'skills: [{ slug: a, name: A, hours: 1, cites: [{ document: "007", line: 4, mention: claw }] }]';
    const report = verifyCitations(
      [{ path: "a.yaml", text }],
      [...texts, { path: "texts/007-b.txt", text: "claw" }],
    );
    expect(report.findings.map(formatFinding)).toEqual([expect.stringContaining("007_abc.txt, 007-b.txt")]);
  });

  it("holds the lines and sections of documents against the text", () => {
    const found = findings(
      "documents:",
      '  - { id: "007", title: Tools, lines: 4, sections: [{ line: 1, title: Tools }, { line: 3, title: Hammer }] }',
      '  - id: "007"',
      "    title: Tools",
      "    lines: 5",
      "    sections:",
      "      - { line: 3, title: Which nail }",
      "      - { line: 9, title: Tools }",
      "  - { id: '008', title: Saws }",
    );
    expect(found).toEqual([
      expect.stringMatching(/^tools\.yaml:5: error: expected 4 lines as document 007 has, got 5/),
      expect.stringMatching(
        /^tools\.yaml:7: error: expected the heading "Which nail" on line 3 .* reads "1. Which hammer/,
      ),
      expect.stringMatching(
        /^tools\.yaml:8: error: expected the heading "Tools" on line 9 .* has only 4 lines/,
      ),
      expect.stringMatching(/^tools\.yaml:9: error: expected one text whose file name begins with "008"/),
    ]);
  });

  it.each([
    ["resources", "kind: BOOK", "summary: %"],
    ["skills", "hours: 1", "notes: [{ kind: ADVICE, text: % }]"],
    ["skills", "hours: 1", "relations: [{ kind: USED_WITH, skill: nail, note: % }]"],
    ["skills", "hours: 1", "requires: { skill: nail, reason: % }"],
    ["projects", "hours: 1", "brief: %"],
  ])("finds a sentence of the document in %s (%s, %s)", (list, field, holder) => {
    const withText = (text: string) =>
      findings(
        `${list}:`,
        "  - slug: a",
        "    name: A",
        `    ${field}`,
        `    ${holder.replace("%", JSON.stringify(text))}`,
      );
    expect(withText("A tool. Such as the claw hammer, drive nails into wood.")).toEqual([
      expect.stringMatching(/^tools\.yaml:5: .* shares more than 7 words in a row with 007_abc\.txt:4/),
    ]);
    expect(withText("A claw hammer drives nails and pulls them out.")).toEqual([]);
  });
});
