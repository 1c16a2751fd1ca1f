import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Searchable, SearchIndex } from "../../../src/loaders/search/search-index.ts";
import { wordsOf } from "../../../src/loaders/search/words.ts";
import { runToEnd } from "../../support/run-to-end.ts";

const skill = (name: string, aliases: string[] = [], summary = ""): Searchable => ({
  kind: "SKILL",
  slug: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
  name,
  texts: [
    ...aliases.map((text) => ({ field: "ALIAS", text }) as const),
    ...(summary === "" ? [] : [{ field: "SUMMARY", text: summary } as const]),
  ],
});

const indexOf = (entities: readonly Searchable[]) => runToEnd(SearchIndex.build(entities));

const index = indexOf([
  skill("PostgreSQL", ["Postgres"], "A relational database with transactions."),
  skill("MySQL", [], "A relational database."),
  skill("Java"),
  skill("JavaScript", ["JS", "ECMAScript"]),
  skill("Python"),
  skill("C"),
  skill("C++"),
  skill("C#"),
  skill("Node.js"),
  skill("Machine learning"),
  skill("Résumé writing"),
  { ...skill("Python in a week"), kind: "RESOURCE", slug: "python-in-a-week" },
]);

const names = (query: string, limit = 10) => index.find(query, undefined, limit).hits.map(({ name }) => name);

describe("the search", () => {
  test.each([
    ["Postgres", "PostgreSQL"],
    ["postgre", "PostgreSQL"],
    ["postgers", "PostgreSQL"],
    ["pyhton", "Python"],
    ["phyton", "Python"],
    ["jvaa", "Java"],
    ["java", "Java"],
    ["javascipt", "JavaScript"],
    ["ecma script", "JavaScript"],
    ["js", "JavaScript"],
    ["c++", "C++"],
    ["c#", "C#"],
    ["nodejs", "Node.js"],
    ["machne lerning", "Machine learning"],
    ["learning machine", "Machine learning"],
    ["resume", "Résumé writing"],
  ])("finds for %s first %s", (query, name) => {
    expect(names(query)[0]).toBe(name);
  });

  test("looks into summaries where names do not fit", () => {
    expect(names("relational database")).toEqual(["MySQL", "PostgreSQL"]);
    expect(names("relational transactions")).toEqual(["PostgreSQL"]);
  });

  test("keeps to the kinds and to the limit", () => {
    expect(index.find("python", new Set(["RESOURCE"]), 10).hits.map(({ slug }) => slug)).toEqual([
      "python-in-a-week",
    ]);
    expect(names("python", 1)).toEqual(["Python"]);
  });

  test("finds nothing for nothing and for what resembles nothing", () => {
    for (const query of ["", "  ", "?!", "🦆", "zzzzqqqq"]) expect(names(query)).toEqual([]);
  });

  test("puts the very name first, with the score 1", () => {
    fc.assert(
      fc.property(fc.constantFrom("PostgreSQL", "Java", "C++", "Machine learning"), (name) => {
        expect(index.find(name.toUpperCase(), undefined, 1).hits).toMatchObject([{ name, score: 1 }]);
      }),
    );
  });
});

describe("the words people use", () => {
  const small = indexOf(
    [
      skill("Databases"),
      skill("Database design"),
      skill("Containers"),
      skill("Container isolation"),
      skill("Testing"),
      skill("Test-driven development"),
      skill("Spring"),
      skill("Spring Boot"),
      skill("CI/CD", ["Continuous integration and deployment"]),
      skill("Front-end development"),
      skill("RESTful API for a to-do list"),
      skill("Calculus I"),
      skill("Calculus II"),
      skill("数据结构"),
      skill("Программирование"),
      skill("Optimisation", [], "Making it fast."),
      { ...skill("The .NET platform"), slug: "dotnet" },
      { ...skill("Introduction", [], "The first course."), slug: "cs101" },
    ].map((row) => ({ ...row, texts: [...row.texts, { field: "SLUG", text: row.slug }] as const })),
  );

  test.each([
    ["database", "Databases"],
    ["container", "Containers"],
    ["test", "Testing"],
    ["springboot", "Spring Boot"],
    ["cicd", "CI/CD"],
    ["frontend", "Front-end development"],
    ["front end", "Front-end development"],
    ["todo", "RESTful API for a to-do list"],
    ["Calculus 2", "Calculus II"],
    ["calculus 1", "Calculus I"],
    ["结构", "数据结构"],
    ["программирование", "Программирование"],
    ["optimized", "Optimisation"],
    ["dotnet", "The .NET platform"],
    ["cs101", "Introduction"],
  ])("find for %s first %s", (query, name) => {
    expect(small.find(query, undefined, 1).hits[0]?.name).toBe(name);
  });

  test("are told with the text that has them, and how many there are", () => {
    const { hits, total } = small.find("database", undefined, 1);
    expect({ ...hits[0], total }).toMatchObject({ matched: "Databases", field: "NAME", total: 2 });
    expect(small.find("fast", undefined, 1).hits[0]).toMatchObject({
      matched: "Making it fast.",
      field: "SUMMARY",
    });
  });

  test("cost no more the longer the query is", () => {
    for (const query of ["x".repeat(1_000_000), "a ".repeat(500_000), "数据".repeat(500_000)])
      expect(small.find(query, undefined, 10).hits.length).toBeLessThan(11);
  });
});

test("of more names that fit equally well than are compared, the shortest are found", () => {
  const long = Array.from({ length: 500 }, (_, n) => skill(`manage things of kind ${n}`));
  const many = indexOf([...long, skill("manage it"), ...long.map(({ name }) => skill(`${name} too`))]);
  expect(many.find("manage", undefined, 1).hits[0]?.name).toBe("manage it");
});

test("is built in many small steps, so that others get their turn", () => {
  const entities = Array.from({ length: 2_000 }, (_, n) =>
    skill(`skill ${n}`, [`alias ${n}`], `summary of ${n}`),
  );
  const steps = Array.from(SearchIndex.build(entities)).length;
  expect(steps).toBeGreaterThan(entities.length / 20);
});

test("one slip in a name of six letters or more is forgiven, wherever it is", () => {
  const known = ["kubernetes", "terraform", "elasticsearch", "rabbitmq", "graphql", "django", "laravel"];
  const small = indexOf(known.map((name) => skill(name)));
  const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz");
  fc.assert(
    fc.property(fc.constantFrom(...known), fc.nat(), fc.nat(3), letter, (name, place, kind, other) => {
      const at = place % name.length;
      const slips = [
        name.slice(0, at) + name.slice(at + 1),
        name.slice(0, at) + other + name.slice(at),
        name.slice(0, at) + other + name.slice(at + 1),
        name.slice(0, at) + (name[at + 1] ?? "") + name[at] + name.slice(at + 2),
      ];
      expect(small.find(slips[kind]!, undefined, 1).hits[0]?.name).toBe(name);
    }),
  );
});

test("words are cut, lower case and without accents", () => {
  expect(wordsOf("  Ünïcode, C++/C# & Node.js — x86-64 ")).toEqual([
    "unicode",
    "c++",
    "c#",
    "node",
    "js",
    "x86",
    "64",
  ]);
  expect(wordsOf("x".repeat(100))[0]).toHaveLength(40);
});
