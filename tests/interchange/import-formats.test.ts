import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { ExportFormatName } from "../../src/interchange/export-format-names.ts";
import { EXPORT_FORMATS } from "../../src/interchange/export-formats.ts";
import type { ExportedGraph } from "../../src/interchange/exported-graph.ts";
import { readSource } from "../../src/interchange/import-formats.ts";
import type { SpreadsheetDefaults } from "../../src/interchange/spreadsheet-import.ts";
import { toGraphFile } from "../../src/seeding/import-graph.ts";
import type { RequirementFile } from "../../src/seeding/requirement-file.ts";
import { exportOf, importableGraph } from "./exported-graphs.ts";

const folder = mkdtempSync(join(tmpdir(), "import-formats-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a source says, by its looks, and its problems as `line code`. */
function read(name: string, contents: string | Uint8Array, defaults: SpreadsheetDefaults = { hours: 1 }) {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return readAt([path], defaults);
}

function readAt(paths: readonly string[], defaults: SpreadsheetDefaults = { hours: 1 }) {
  const source = readSource(paths, undefined, defaults);
  if (source === undefined) throw new Error("expected the format to be recognised");
  return {
    ...toGraphFile(source.rows),
    problems: source.findings.map(({ line, code }) => `${line} ${code}`),
  };
}

/** Skills as `slug: requirement`. */
const requirements = ({ skills }: ReturnType<typeof readAt>) =>
  Object.fromEntries((skills ?? []).map(({ slug, requires }) => [slug, requires]));

describe("what we export is read again", () => {
  const written = (name: ExportFormatName, graph: ExportedGraph) =>
    [...EXPORT_FORMATS[name].write(graph)].join("");
  const readers: Record<string, (graph: ExportedGraph) => ReturnType<typeof readAt>> = {
    "node-link": (graph) => read("graph.json", written("node-link", graph)),
    graphml: (graph) => read("graph.graphml", written("graphml", graph)),
    ctdl: (graph) => read("pathway.jsonld", written("ctdl", graph)),
    tables: (graph) =>
      readAt(
        (["nodes.csv", "edges.csv", "groups.csv"] as const).map((name) => {
          writeFileSync(join(folder, name), written(name, graph));
          return join(folder, name);
        }),
      ),
  };
  /** Groups of one member are the member, and a group in which all are needed needs no number. */
  const plain = (requirement: RequirementFile | undefined): unknown => {
    if (requirement === undefined || typeof requirement === "string") return requirement;
    if ("skill" in requirement) return requirement.skill;
    const [of, atLeast] =
      "allOf" in requirement
        ? [requirement.allOf, requirement.allOf.length]
        : "anyOf" in requirement
          ? [requirement.anyOf, 1]
          : [requirement.of, requirement.atLeast];
    return of.length === 1 ? plain(of[0]) : { atLeast, of: of.map(plain) };
  };
  const isName = (name: string) => /[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u.test(name);

  test.each(Object.entries(readers))("as %s", (format, readAgain) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML excludes
    const impossible = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;
    const kept = (text: string) => (format === "graphml" ? text.replace(impossible, "\uFFFD") : text);
    fc.assert(
      fc.property(importableGraph, (random) => {
        fc.pre(random.details.skills.every(({ name }) => isName(name)));
        const again = readAgain(exportOf(random));
        expect(again.problems).toEqual([]);
        const bySlug = new Map(again.skills?.map((skill) => [skill.slug, skill]));
        for (const [at, { slug, name, summary, hours }] of random.details.skills.entries()) {
          const skill = bySlug.get(slug);
          expect(skill?.name).toBe(kept(name).trim());
          expect(skill?.summary ?? "").toBe(kept(summary));
          expect(skill?.hours).toBe(hours);
          const requirement = random.requirements[at];
          const asFile = (written: NonNullable<typeof requirement>): RequirementFile =>
            "skill" in written
              ? `s${written.skill}`
              : { atLeast: written.atLeast, of: written.of.map(asFile) };
          expect(plain(skill?.requires)).toEqual(plain(requirement && asFile(requirement)));
        }
        if (format !== "ctdl") {
          expect(again.roles?.[0]?.optional).toEqual(["s0"]);
          expect(bySlug.get("s1")?.partOf).toEqual(bySlug.size > 1 ? ["s0"] : undefined);
        }
      }),
    );
  });
});

describe("a spreadsheet as people write it", () => {
  const SHEET = `Name;Hours;Requires
HTTP;5;
Python;60;
Crème brûlée;1,5;http, PYTHON
CI/CD;10 h;HTTP; ignored
Django;"60";"Python; HTTP; PostgreSQL or MySQL"
Networks, basics;4;
Routing;8;Networks, basics
`;
  const wanted = {
    http: undefined,
    python: undefined,
    "creme-brulee": { allOf: ["http", "python"] },
    "ci-cd": "http",
    django: { allOf: ["python", "http", { anyOf: ["postgresql", "mysql"] }] },
    "networks-basics": undefined,
    routing: "networks-basics",
    postgresql: undefined,
    mysql: undefined,
  };

  test("has names in the place of slugs, hours with commas, and alternatives", () => {
    const sheet = read("sheet.csv", SHEET);
    expect(requirements(sheet)).toEqual(wanted);
    expect(sheet.skills?.map(({ hours }) => hours).sort()).toEqual([1, 1, 1.5, 10, 4, 5, 60, 60, 8]);
    expect(sheet.problems).toEqual(["6 dangling-id", "6 dangling-id"]);
  });

  test.each([
    ["UTF-16, as Excel saves text", Buffer.from(`\uFEFF${SHEET}`, "utf16le")],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${SHEET}`)],
    ["Windows-1252", Buffer.from(SHEET, "latin1")],
    ["a line that tells the separator, and CRLF", Buffer.from(`sep=;\r\n${SHEET.replaceAll("\n", "\r\n")}`)],
  ])("in %s", (_encoding, bytes) => {
    expect(requirements(read("encoded.csv", bytes))).toEqual(wanted);
  });

  test("with commas or tabs between", () => {
    const plain = { a: undefined, b: "a" };
    expect(requirements(read("commas.csv", "skill,needs\nA,\nB,A\n"))).toEqual(plain);
    expect(requirements(read("tabs.tsv", "skill\tneeds\nA\t\nB\tA\n"))).toEqual(plain);
  });

  test("tells of each problem with its row", () => {
    const sheet = read("bad.csv", 'name,hours,requires\nA,ten,\n,1,\nB,1,"C\nA"\na,2,\n', { hours: 3 });
    expect(sheet.problems).toEqual(["3 no-name", "6 duplicate-name", "2 wrong-hours", "4 dangling-id"]);
    expect(sheet.skills?.map(({ slug, hours }) => `${slug} ${hours}`)).toEqual(["a 3", "c 3", "b 1"]);
  });

  test("with columns of other names", () => {
    const columns = { name: "Kompetenz", requires: "Vorher" };
    const text = "Kompetenz,Vorher\nA,\nB,A\n";
    expect(requirements(read("deutsch.csv", text, { hours: 1, columns }))).toEqual({ a: undefined, b: "a" });
    expect(() => read("deutsch.csv", text)).toThrow(":1: expected a column of names, such as name, skill");
    expect(() => read("deutsch.csv", text, { hours: 1, columns: { name: "Skill" } })).toThrow(
      'expected a column "Skill", got Kompetenz, Vorher',
    );
  });
});

describe("what other programs write", () => {
  test("node-link JSON of NetworkX, old and new", () => {
    const nodes = [{ id: "HTTP" }, { id: 2, name: "Web servers" }];
    const link = { source: "HTTP", target: 2 };
    const wanted = { http: undefined, "web-servers": "http" };
    expect(requirements(read("old.json", JSON.stringify({ nodes, links: [link] })))).toEqual(wanted);
    expect(requirements(read("new.json", JSON.stringify({ nodes, edges: [link] })))).toEqual(wanted);
  });

  test("GraphML of Gephi", () => {
    const graphml = `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key attr.name="label" attr.type="string" for="node" id="label"/>
<graph edgedefault="directed">
<node id="1"><data key="label">A &amp; B</data></node><node id="2"><data key="label">C</data></node>
<edge source="1" target="2"/><edge source="1" target="3"/>
</graph></graphml>`;
    const graph = read("gephi.graphml", graphml);
    expect(requirements(graph)).toEqual({ "a-b": undefined, c: "a-b", "3": "a-b" });
    expect(graph.skills?.[0]?.name).toBe("A & B");
    expect(graph.problems).toEqual(["1 dangling-id"]);
    expect(() => read("bad.graphml", "<graphml><graph></graphml>")).toThrow("expected XML");
  });

  test("CTDL with one value for a list, languages, and conditions without a number", () => {
    const pathway = {
      "@context": "https://credreg.net/ctdl/schema/context/json",
      "@graph": [
        { "@id": "x:p", "@type": "ceterms:Pathway", "ceterms:name": { "en-US": "P" } },
        { "@id": "x:a", "@type": "ceterms:CourseComponent", "ceterms:name": { "en-US": "A" } },
        { "@id": "x:b", "@type": "ceterms:CourseComponent", "ceterms:name": "B" },
        {
          "@id": "x:c",
          "@type": ["ceterms:JobComponent"],
          "ceterms:name": { "en-US": "C" },
          "ceterms:hasCondition": {
            "ceterms:logicalOperator": "logicOp:Or",
            "ceterms:targetComponent": ["x:a", { "@id": "x:b" }],
          },
        },
      ],
    };
    const read1 = read("pathway.json", JSON.stringify(pathway));
    expect(read1.roles).toMatchObject([{ slug: "c", name: "C", requires: { anyOf: ["a", "b"] } }]);
    expect(read1.skills?.map(({ name }) => name)).toEqual(["A", "B"]);
  });

  test("what looks like none of them is left to the reader of graph files", () => {
    const path = join(folder, "graph.yaml");
    writeFileSync(path, "skills: []\n");
    expect(readSource([path], undefined, { hours: 1 })).toBeUndefined();
    expect(() => readSource([path], "exercism", { hours: 1 })).toThrow(
      "expected an Exercism track of version 3, got text that is not JSON",
    );
    const track = join(folder, "track.json");
    writeFileSync(
      track,
      JSON.stringify({ language: "X", slug: "x", version: 3, exercises: 1, concepts: [] }),
    );
    expect(() => readSource([track], "exercism", { hours: 1 })).toThrow(
      "expected an Exercism track of version 3; exercises: expected object, got number",
    );
    expect(() => readSource([track], "esco", { hours: 1 })).toThrow("a file such as skills_en.csv of ESCO");
    expect(() => readSource([join(folder, "none")], "esco", { hours: 1 })).toThrow("found nothing");
    expect(readFileSync(path, "utf8")).toBe("skills: []\n");
  });
});
