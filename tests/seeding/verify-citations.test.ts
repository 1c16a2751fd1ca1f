import { describe, expect, it } from "vitest";
import { verifyCitations } from "../../src/seeding/verify-citations.ts";

const texts = [
  {
    path: "texts/007_abc.txt",
    text: "Tools\n\n1. Which hammer?\nHammers, such as the claw hammer, drive nails into wood.\n",
  },
];

function findings(...yaml: string[]): string[] {
  const report = verifyCitations([{ path: "tools.yaml", text: yaml.join("\n") }], texts);
  return report.findings.map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

function findingsOf(citation: string): string[] {
  return findings("skills:", "  - slug: hammer", "    cites:", `      - ${citation}`);
}

describe("verifying citations", () => {
  it("finds nothing where every citation stands, wherever it is written", () => {
    const text = `
skills:
  - slug: claw-hammer
    hours: 1
    requires: { skill: wood, cites: [{ document: "007", line: 4, mention: wood, basis: IMPLIED }] }
    cites:
      - { document: "007", line: 4, mention: "CLAW hammer" }
`;
    expect(verifyCitations([{ path: "a.yaml", text }], texts)).toEqual({ findings: [], citations: 2 });
  });

  it.each([
    ['{ document: "008", line: 4, mention: claw }', 'document "008" not found'],
    ['{ document: "00", line: 4, mention: claw }', 'document "00" not found'],
    ['{ document: "007", line: 5, mention: claw }', "document 007 has 4 lines, no line 5"],
    [
      '{ document: "007", line: 3, mention: claw }',
      '"claw" does not stand on line 3 of document 007; it stands on 4',
    ],
    ['{ document: "007", line: 4, mention: law }', '"law" does not stand on line 4'],
    ['{ document: "007", line: 4, mention: "Hammers, such as the claw hammer, drive" }', "at most 6 words"],
    ["{ document: 007, line: 4, mention: claw }", "not a citation: document"],
    ['{ document: "007", line: 0, mention: claw }', "not a citation: line"],
    ['{ document: "007", line: 4, mention: "" }', "not a citation: mention"],
    ['{ document: "007", line: 4, mention: claw, basis: EDITORIAL }', "not a citation: basis"],
  ])("finds %s", (citation, message) => {
    const found = findingsOf(citation);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^tools\.yaml:4: /);
    expect(found[0]).toContain(message);
  });

  it("reads JSON, and reports a file that is neither", () => {
    const json =
      '{"skills": [\n{"slug": "claw",\n"cites": [{"document": "007", "line": 1, "mention": "claw"}]}]}';
    expect(findings(json)).toEqual([
      expect.stringMatching(/^tools\.yaml:3: "claw" does not stand on line 1/),
    ]);
    expect(findings("skills:", "  - [")).toEqual([expect.stringContaining("expected YAML or JSON")]);
  });

  it("refuses an id that two texts begin with", () => {
    const two = [...texts, { path: "texts/007-b.txt", text: "claw" }];
    const text = 'skills: [{ cites: [{ document: "007", line: 4, mention: claw }] }]';
    expect(verifyCitations([{ path: "a.yaml", text }], two).findings[0]?.message).toContain(
      "007_abc.txt and 007-b.txt",
    );
  });

  it("holds the lines and sections of documents against the text", () => {
    const found = findings(
      "documents:",
      '  - { id: "007", title: Tools, lines: 4, sections: [{ line: 1, title: Tools }, { line: 3, title: Which hammer }] }',
      '  - { id: "007", title: Tools, lines: 5, sections: [{ line: 4, title: Hammers }, { line: 9, title: Tools }] }',
    );
    expect(found).toEqual([
      "tools.yaml:3: document 007 is said to have 5 lines; its text has 4",
      expect.stringMatching(/^tools\.yaml:3: section "Hammers": line 4 of document 007 reads "Hammers, such/),
      'tools.yaml:3: section "Tools": document 007 has 4 lines, no line 9',
    ]);
  });

  it.each(["summary", "text", "note", "reason", "brief"])(
    "finds a sentence of the document in a %s",
    (field) => {
      const found = findings(
        "skills:",
        `  - ${field}: A claw hammer. Such as the claw hammer, drive nails into wood.`,
      );
      expect(found).toEqual([
        expect.stringMatching(/^tools\.yaml:2: .* shares more than 7 words in a row with 007_abc\.txt:4/),
      ]);
      expect(findings("skills:", `  - ${field}: A claw hammer drives nails and pulls them out.`)).toEqual([]);
    },
  );
});
