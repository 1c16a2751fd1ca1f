import { type GraphFile, graphFile } from "../../src/seeding/graph-file.ts";

/**
 * A small graph that uses every list and every field of the graph file.
 *
 *     html ─→ css          git      http ─→ django (python, http and one of postgresql, mysql)
 */
export function sampleFile(): GraphFile {
  const cites = [{ document: "001", line: 3, mention: "so they say" }];
  const skill = (slug: string, hours: number) => ({ slug, name: slug.toUpperCase(), hours });
  return graphFile.parse({
    documents: [
      { id: "001", title: "First text", lines: 10, sections: [{ line: 1, title: "Top" }] },
      { id: "002", title: "Second text", publisher: "A press", publishedOn: "2024-02-29" },
    ],
    skills: [
      skill("databases", 0),
      { ...skill("html", 12.5), kind: "LANGUAGE", level: "BEGINNER", aliases: ["HTML5", "Hypertext"], cites },
      {
        ...skill("css", 20.25),
        summary: "Styles — “quoted” 🎨 \\ and\nlines",
        requires: { skill: "html", cites },
      },
      skill("git", 8),
      skill("http", 6),
      skill("python", 40),
      { ...skill("postgresql", 30), partOf: ["databases", { topic: "http", reason: "a test", cites }] },
      { ...skill("mysql", 25), claims: [{ field: "level", value: "BEGINNER", cites }] },
      {
        ...skill("django", 60),
        requires: {
          allOf: [
            "python",
            { skill: "http", reason: "It answers requests.", cites },
            { anyOf: ["postgresql", "mysql"], reason: "It stores data.", cites },
            { atLeast: 2, of: ["git", "html", { allOf: ["css", "git"] }] },
          ],
        },
        relations: [
          { kind: "USED_WITH", skill: "postgresql", note: "often", cites },
          { kind: "USED_WITH", skill: "mysql" },
        ],
        notes: [{ kind: "STRENGTH", text: "Much is included.", cites }],
      },
    ],
    resources: [
      {
        slug: "the-book",
        name: "The book",
        kind: "BOOK",
        url: "https://example.org/book",
        authors: ['A "quoted", name', "B"],
        provider: "A press",
        cost: "PAID",
        hours: 9.75,
        language: "en",
        summary: "All of it",
        teaches: ["python", { skill: "django", reason: "in part", cites }],
        claims: [{ field: "cost", value: "FREE" }],
        cites,
      },
    ],
    projects: [
      {
        slug: "a-blog",
        name: "A blog",
        kind: "APPLICATION",
        brief: "Write one",
        difficulty: "INTERMEDIATE",
        hours: 15,
        requires: { anyOf: ["django", "css"], cites },
        practises: ["python", { skill: "git", cites }],
        steps: [
          { name: "Begin", cites },
          { name: "End", summary: "Stop." },
        ],
        claims: [{ field: "difficulty", value: "BEGINNER", cites }],
        cites,
      },
    ],
    roles: [
      {
        slug: "backend-developer",
        name: "Backend developer",
        aliases: ["Server developer"],
        summary: "Builds servers",
        requires: { allOf: ["django", "git"] },
        optional: ["css", { skill: "mysql", reason: "for old sites", cites }],
        responsibilities: [{ name: "Servers", skills: ["http", "django"], cites }, { name: "Talking" }],
        market: [
          {
            kind: "SALARY",
            summary: "It pays",
            amount: 1000.5,
            amountMax: 2000,
            currency: "EUR",
            period: "MONTH",
            region: "Europe",
            seniority: "junior",
            source: "A survey",
            year: 2024,
            cites,
          },
          { kind: "DEMAND", summary: "It is wanted" },
        ],
        claims: [{ field: "name", value: "Backend engineer", cites }],
        cites,
      },
    ],
    roadmaps: [
      {
        slug: "first-steps",
        name: "First steps",
        summary: "In order",
        steps: [
          { name: "Web", requires: { allOf: ["html", "http"] }, resources: ["the-book"], cites },
          { name: "Build", summary: "Do it.", projects: ["a-blog"] },
          { name: "Store", requires: { anyOf: ["postgresql", "mysql"], reason: "Either." } },
        ],
        claims: [{ field: "ordered", value: "false", cites }],
        cites,
      },
      { slug: "loose-list", name: "A list", ordered: false, steps: [{ name: "Only", requires: "git" }] },
    ],
  });
}
