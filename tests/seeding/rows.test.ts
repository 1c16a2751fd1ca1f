import { describe, expect, it } from "vitest";
import type { GraphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { sampleFile } from "../support/sample-file.ts";

const cite = { document: "001", line: 3, mention: "so they say", basis: "EXPLICIT" } as const;

function skillOf(file: GraphFile, slug: string) {
  return toRows(file).skills.find((skill) => skill.slug === slug);
}

describe("toRows", () => {
  it("lists the nodes of a requirement in depth-first order, with reasons and citations", () => {
    const nodes = skillOf(sampleFile(), "django")?.requirement.map(
      ({ parentOrdinal, atLeast, needs, reason, citations }) =>
        [parentOrdinal, needs ?? atLeast, reason, citations.length] as const,
    );
    expect(nodes).toEqual([
      [null, 4, null, 0],
      [0, "python", null, 0],
      [0, "http", "It answers requests.", 1],
      [0, 1, "It stores data.", 1],
      [3, "postgresql", null, 0],
      [3, "mysql", null, 0],
      [0, 2, null, 0],
      [6, "git", null, 0],
      [6, "html", null, 0],
      [6, 2, null, 0],
      [9, "css", null, 0],
      [9, "git", null, 0],
    ]);
  });

  it("makes one of a reference that is named twice, with the citations of both", () => {
    const rows = toRows({
      resources: [
        {
          slug: "r",
          name: "R",
          kind: "BOOK",
          teaches: [
            "git",
            { skill: "css", cites: [cite] },
            { skill: "git", reason: "later", cites: [cite, cite] },
          ],
        },
      ],
    });
    expect(rows.resources[0]?.teaches).toEqual([
      { skill: "git", reason: null, citations: [cite] },
      { skill: "css", reason: null, citations: [cite] },
    ]);
  });

  it("writes a null, nothing or the default for what is left out", () => {
    expect(toRows({})).toEqual({
      documents: [],
      skills: [],
      resources: [],
      projects: [],
      roles: [],
      roadmaps: [],
    });
    expect(skillOf(sampleFile(), "git")).toMatchObject({
      kind: "CONCEPT",
      level: null,
      summary: "",
      aliases: [],
      requirement: [],
      citations: [],
    });
  });

  it("gives the same digest to the same entity, however its keys are ordered", () => {
    const file = sampleFile();
    const reordered = sampleFile();
    reordered.skills = reordered.skills?.map(({ slug, ...rest }) => ({ ...rest, slug }));
    expect(toRows(reordered)).toEqual(toRows(file));
  });

  it("gives another digest to an entity in which anything differs", () => {
    const digestOf = (change: Partial<NonNullable<GraphFile["skills"]>[number]>) => {
      const skill = { slug: "a", name: "A", kind: "CONCEPT", hours: 1, ...change } as const;
      return toRows({ skills: [skill] }).skills[0]?.digest;
    };
    const digests = [
      {},
      { name: "B" },
      { kind: "TOOL" },
      { level: "BEGINNER" },
      { summary: "S" },
      { hours: 1.01 },
      { aliases: ["A"] },
      { aliases: ["A", "B"] },
      { aliases: ["B", "A"] },
      { requires: "b" },
      { requires: { allOf: ["b"] } },
      { requires: { skill: "b", reason: "R" } },
      { requires: { skill: "b", cites: [cite] } },
      { partOf: ["b"] },
      { relations: [{ kind: "USED_WITH", skill: "b" }] },
      { notes: [{ kind: "ADVICE", text: "b" }] },
      { claims: [{ field: "level", value: "b" }] },
      { cites: [cite] },
      { cites: [{ ...cite, line: 4 }] },
    ] as const satisfies readonly Parameters<typeof digestOf>[0][];
    expect(new Set(digests.map((change) => digestOf(structuredClone(change)))).size).toBe(digests.length);
  });
});
