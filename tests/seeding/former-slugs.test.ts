import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportGraphFile } from "../../src/interchange/graph-file-export.ts";
import { type ImportOptions, importGraph } from "../../src/seeding/import-graph.ts";
import { tableReader } from "../../src/store/rows/graph-tables.ts";
import { readGraphRows } from "../../src/store/rows/read-graph.ts";
import { readSnapshot } from "../../src/store/snapshot/build-snapshot.ts";
import { type GraphSnapshot, indexOfSlug } from "../../src/store/snapshot/graph-snapshot.ts";
import { readNewer } from "../../src/store/snapshot/newer-snapshot.ts";
import type { Store } from "../../src/store/store.ts";
import type { WrittenFile } from "../support/api.ts";
import { describeOnBothDatabases } from "../support/databases.ts";
import { snapshotContents } from "../support/graph-contents.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "former-slugs-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const skill = (slug: string, more: object = {}) => ({ slug, name: slug, hours: 1, ...more });

/**
 *     postgres ─→ django ←─ go        the role backend asks for django, the book teaches postgres
 */
const BEFORE: WrittenFile = {
  skills: [
    skill("postgres", { summary: "A database." }),
    skill("go"),
    skill("django", { requires: { allOf: ["postgres", "go"] } }),
  ],
  resources: [{ slug: "book", name: "Book", kind: "BOOK", teaches: ["postgres"] }],
  roles: [{ slug: "backend", name: "Backend", requires: "django" }],
};
const RENAMED: WrittenFile = {
  skills: [skill("z-postgresql", { formerSlugs: ["postgres", "pg"] })],
  resources: [{ slug: "the-book", name: "Book", kind: "BOOK", formerSlugs: ["book"] }],
};

describeOnBothDatabases("former slugs", (open) => {
  let store: Store;
  let old: GraphSnapshot;
  /** Imports a file of one name, so that all rows are of one source. */
  const load = async (file: object, options: ImportOptions = {}) => {
    const path = join(folder, "graph.json");
    writeFileSync(path, JSON.stringify(file));
    return importGraph(store, [path], options);
  };
  const messages = async (file: WrittenFile, options: ImportOptions = {}) =>
    (await load(file, options)).findings.map(({ message }) => message).join("\n");
  const begin = async () => {
    store = await open();
    expect(await load(BEFORE, { prune: true })).toMatchObject({ kind: "written" });
    old = store.snapshot();
  };
  const idOf = (slug: string) => {
    const { skills } = store.snapshot();
    return skills.ids[indexOfSlug(skills, slug) ?? -1];
  };

  test("a row that gives a stored slug as its former one renames that row", async () => {
    await begin();
    const id = idOf("postgres");
    const result = await load(RENAMED);
    // The skill, the resource, and the skill that needs the first; what teaches it is the second.
    expect(result).toMatchObject({ kind: "written", outcome: { created: 0, updated: 3, deleted: 0 } });
    const { skills } = store.snapshot();
    expect([...skills.slugs]).toEqual(["django", "go", "z-postgresql"]);
    for (const slug of ["z-postgresql", "postgres", "pg"]) expect(idOf(slug)).toBe(id);
    const rows = await readGraphRows(store.prisma);
    expect(rows.skills.find(({ slug }) => slug === "z-postgresql")).toMatchObject({
      summary: "A database.",
      formerSlugs: ["postgres", "pg"],
    });
    expect(rows.skills[0]!.requirement.map(({ needs }) => needs)).toEqual([null, "z-postgresql", "go"]);
    expect(rows.resources[0]).toMatchObject({ slug: "the-book", teaches: [{ skill: "z-postgresql" }] });
  });

  test("other processes see the same graph", async () => {
    await begin();
    await load(RENAMED);
    const { snapshot } = await readNewer(tableReader(store.prisma), old);
    const anew = await readSnapshot(store.prisma);
    expect(snapshotContents(snapshot)).toEqual(snapshotContents(anew));
    expect(snapshotContents(store.snapshot())).toEqual(snapshotContents(anew));
    for (const each of [snapshot, anew, store.snapshot()])
      expect([...each.skills.former.keys()].sort()).toEqual(["pg", "postgres"]);
    // A later write patches them.
    const last = store.snapshot();
    await load({ skills: [skill("go", { formerSlugs: ["golang"] }), skill("aa")] });
    for (const { skills } of [
      store.snapshot(),
      (await readNewer(tableReader(store.prisma), last)).snapshot,
    ]) {
      expect(skills.slugs.at(indexOfSlug(skills, "golang") ?? -1)).toBe("go");
      expect(skills.slugs.at(indexOfSlug(skills, "pg") ?? -1)).toBe("z-postgresql");
    }
    await load({ skills: [skill("go", { formerSlugs: null })] });
    expect(indexOfSlug(store.snapshot().skills, "golang")).toBeUndefined();
  });

  test("importing the same file again, or what is exported, changes nothing", async () => {
    await begin();
    await load(RENAMED);
    expect(await load(RENAMED)).toMatchObject({ outcome: { updated: 0, unchanged: 2 } });
    const exported = [...exportGraphFile(await readGraphRows(store.prisma), "json")].join("");
    expect(exported).toContain('"formerSlugs":["postgres","pg"]');
    expect(await load(JSON.parse(exported))).toMatchObject({
      findings: [],
      outcome: { created: 0, updated: 0, unchanged: 5 },
    });
  });

  test("rows are merged where all files are imported", async () => {
    await begin();
    const id = idOf("go");
    const merged = {
      skills: [skill("go", { formerSlugs: ["postgres"] }), skill("django", { requires: "go" })],
    };
    expect(await messages(merged)).toContain(
      'got "postgres", which another stored skill has: to merge the two, import all files with --prune',
    );
    await load(merged, { prune: true });
    expect(idOf("postgres")).toBe(id);
    expect([...store.snapshot().skills.slugs]).toEqual(["django", "go"]);
  });

  test("a slug leads to one row", async () => {
    await begin();
    await load(RENAMED);
    expect(await messages({ skills: [skill("postgres")] })).toContain(
      'expected a slug of its own, got one that the stored skill "z-postgresql" had before',
    );
    expect(await messages({ skills: [skill("x", { formerSlugs: ["pg"] })] })).toContain(
      'got "pg", which the stored skill "z-postgresql" had',
    );
    expect(await messages({ resources: [{ ...RENAMED.resources![0]!, slug: "other" }] })).toContain(
      'got "book", which the stored resource "the-book" had',
    );
    expect(await messages({ skills: [skill("x", { formerSlugs: ["x"] })] })).toContain("which is its slug");
    expect(
      await messages({
        skills: [skill("x", { formerSlugs: ["y"] }), skill("y"), skill("z", { formerSlugs: ["w"] })],
      }),
    ).toContain('got "y", which a skill of the files has');
    expect(
      await messages({ skills: [skill("x", { formerSlugs: ["w"] }), skill("z", { formerSlugs: ["w"] })] }),
    ).toContain('got "w", which "x" gives too');
    expect(await messages({ skills: [skill("x", { requires: "postgres" })] })).toContain(
      'got "postgres", which no skill has; did you mean "z-postgresql"?',
    );
  });
});
