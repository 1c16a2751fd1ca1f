import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import type { Requirement } from "../../src/graph/model/requirement.ts";
import type { ExportFormatName } from "../../src/interchange/export-format-names.ts";
import { EXPORT_FORMATS } from "../../src/interchange/export-formats.ts";
import { exportedGraph } from "../../src/interchange/export-graph.ts";
import { readSource } from "../../src/interchange/import-formats.ts";
import type { Finding } from "../../src/seeding/finding.ts";
import type { GraphFile } from "../../src/seeding/graph-file.ts";
import { importRows, toGraphFile } from "../../src/seeding/import-graph.ts";
import { bareRequirement, type RequirementFile } from "../../src/seeding/requirement-file.ts";
import { readDetails } from "../../src/store/rows/read-details.ts";
import type { Store } from "../../src/store/store.ts";
import { inSlices } from "../../src/workers/slices.ts";
import { emptyDatabases } from "../support/database-pool.ts";
import { sharedData } from "../support/shared-data.ts";
import { solveLearningPath } from "../support/solve.ts";

/** Sources that nobody here wrote, whole. */

function read(...paths: readonly string[]) {
  const source = readSource(paths, undefined, { hours: 1 });
  if (source === undefined) throw new Error("expected the format to be recognised");
  return source;
}

const codes = (findings: readonly Finding[], code: string) =>
  findings.filter((finding) => finding.code === code);

async function imported(...paths: readonly string[]): Promise<{ store: Store; setAside: readonly string[] }> {
  const store = await emptyDatabases.open();
  onTestFinished(() => store.close());
  const result = await importRows(store, read(...paths), { onProblem: "QUARANTINE" });
  expect(result.kind).toBe("written");
  return { store, setAside: result.setAside.map(({ code, message }) => `${code}: ${message}`) };
}

describe.each([
  ["python", 3],
  ["csharp", 21],
])("the %s track of Exercism", (track, neverTaught) => {
  const { path, absent } = sharedData(`exercism/${track}.config.json`);

  test.skipIf(absent)(`has ${neverTaught} concepts that are required and never taught`, async () => {
    const config = JSON.parse(readFileSync(path, "utf8"));
    const source = read(path);
    expect(codes(source.findings, "never-taught")).toHaveLength(neverTaught);
    const { store } = await imported(path);
    const { skills, projects } = store.snapshot();
    const concepts: { slug: string }[] = config.concepts;
    expect(concepts.filter(({ slug }) => !skills.indexOf.has(slug))).toEqual([]);
    expect(projects.slugs.length).toBe(config.exercises.practice.length);
  });
});

describe("a university's catalogue", () => {
  const { path, absent } = sharedData("rpi-quatalog/graph.json");
  const trees = ({ skills }: GraphFile) =>
    new Map(
      (skills ?? []).flatMap(({ slug, requires }) =>
        requires === undefined ? [] : [[slug, bareRequirement(requires)]],
      ),
    );

  test.skipIf(absent)(
    "keeps its 1,001 requirement trees through every format, and 16 ids are told by name",
    async () => {
      const written = JSON.parse(readFileSync(path, "utf8"));
      type Tree = { skill: string } | { op: string; of: Tree[] };
      const requirementOf = (tree: Tree): Requirement<string> =>
        "skill" in tree
          ? { skill: tree.skill.toLowerCase() }
          : { atLeast: tree.op === "all" ? tree.of.length : 1, of: tree.of.map(requirementOf) };
      const original = new Map(
        Object.entries<Tree>(written.trees).map(([id, tree]) => [id.toLowerCase(), requirementOf(tree)]),
      );
      const { store, setAside } = await imported(path);
      const ids = new Set(written.nodes.map(({ id }: { id: string }) => id));
      const dangling = setAside.map((told) => /^dangling-id: .* names "([^"]+)"/.exec(told)?.[1]);
      expect(dangling).toHaveLength(16);
      expect(dangling.every((id) => id !== undefined && !ids.has(id))).toBe(true);

      const details = await readDetails(store.prisma);
      const graph = await inSlices(exportedGraph(store.snapshot(), details));
      const folder = mkdtempSync(join(tmpdir(), "real-sources-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const again = (...names: ExportFormatName[]) =>
        toGraphFile(
          read(
            ...names.map((name) => {
              const file = join(folder, name);
              writeFileSync(file, [...EXPORT_FORMATS[name].write(graph)].join(""));
              return file;
            }),
          ).rows,
        );
      expect(trees(again("node-link"))).toEqual(original);
      expect(trees(again("graphml"))).toEqual(original);
      expect(trees(again("nodes.csv", "edges.csv", "groups.csv"))).toEqual(original);

      const pathway = again("ctdl");
      expect(trees(pathway)).toEqual(original);
      const slugs = (pathway.skills ?? []).map(({ slug }) => slug).sort();
      const indexOf = new Map(slugs.map((slug, index) => [slug, index]));
      const indexed = (requirement: Requirement<string>): Requirement<number> =>
        "skill" in requirement
          ? { skill: indexOf.get(requirement.skill)! }
          : { atLeast: requirement.atLeast, of: requirement.of.map(indexed) };
      const bySlug = new Map(pathway.skills?.map((skill) => [skill.slug, skill]));
      const prerequisites = buildPrerequisiteGraph(
        slugs.length,
        slugs.map((slug) => {
          const { hours, requires } = bySlug.get(slug)!;
          return {
            cost: hours,
            requirement: requires === undefined ? undefined : indexed(bareRequirement(requires)),
          };
        }),
      );
      const optima: Record<string, { minimum: number }> = JSON.parse(
        readFileSync(sharedData("rpi-quatalog/optimum.json").path, "utf8"),
      );
      expect(Object.keys(optima)).toHaveLength(1_001);
      for (const [id, { minimum }] of Object.entries(optima)) {
        const question = { goals: [indexOf.get(id.toLowerCase())!], known: [], choose: [], avoid: [] };
        expect(solveLearningPath(prerequisites, question)).toMatchObject({
          cost: minimum + 1,
          isOptimal: true,
        });
      }
    },
  );
});

describe("ESCO", () => {
  const { path, absent } = sharedData("esco-1.1.1");

  test.skipIf(absent)(
    "is read whole: what is set aside are one relation of a skill to itself and those to what is not there",
    () => {
      const source = read(path);
      expect(codes(source.findings, "self-loop")).toHaveLength(1);
      const dangling = codes(source.findings, "dangling-id");
      expect(source.findings).toHaveLength(1 + dangling.length);
      const among = (file: RegExp) => dangling.filter((finding) => file.test(finding.file)).length;
      const { skills = [], roles = [] } = toGraphFile(source.rows);
      expect([skills.length, roles.length]).toEqual([13_896 + 640, 3_007]);
      const required = (rows: readonly { readonly requires?: RequirementFile | undefined }[]) =>
        sum(rows.map(({ requires }) => (requires === undefined ? 0 : membersOf(bareRequirement(requires)))));
      const listed = (lists: readonly (readonly unknown[] | undefined)[]) =>
        sum(lists.map((list) => list?.length ?? 0));
      expect(required(roles) + listed(roles.map(({ optional }) => optional)) + among(/occupationSkill/)).toBe(
        64_946 + 58_909,
      );
      expect(required(skills) + listed(skills.map(({ relations }) => relations))).toBe(191 + 5_708 - 1);
      expect(listed(skills.map(({ partOf }) => partOf)) + among(/broaderRelations/)).toBe(20_656);
      expect(dangling).toHaveLength(67 + 7);
    },
  );
});

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const membersOf = (requirement: Requirement<string>) => ("of" in requirement ? requirement.of.length : 1);
