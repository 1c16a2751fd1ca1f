import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportGraphFile } from "../../src/interchange/graph-file-export.ts";
import { formatFinding } from "../../src/seeding/finding.ts";
import { importGraph } from "../../src/seeding/import-graph.ts";
import { seed, seedIfEmpty } from "../../src/seeding/seed.ts";
import { NO_ROWS } from "../../src/store/rows/graph-rows.ts";
import { readGraphRows } from "../../src/store/rows/read-graph.ts";
import type { Store } from "../../src/store/store.ts";
import { describeOnBothDatabases } from "../support/databases.ts";
import { dump } from "../support/dump.ts";
import { quatalogAbsent, quatalogGraphFile } from "../support/quatalog.ts";

const FULL = join(import.meta.dirname, "..", "support", "full-graph.yaml");
const BAD = join(import.meta.dirname, "bad");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "import-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describeOnBothDatabases("importing graph files", (open) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  /** The store, with nothing in it. */
  const emptied = async (): Promise<Store> => {
    await store.write(NO_ROWS, "a test", { replace: true });
    return store;
  };

  test("twice changes nothing the second time", async () => {
    const store = await emptied();
    const first = await importGraph(store, [FULL]);
    expect(first).toMatchObject({ kind: "written", outcome: { created: 13, unchanged: 0 } });
    const before = await dump(store);
    const second = await importGraph(store, [FULL]);
    expect(second).toMatchObject({
      kind: "written",
      outcome: { created: 0, updated: 0, unchanged: 13 },
    });
    expect(await dump(store)).toEqual(before);
  });

  test.each(["yaml", "json"] as const)("what is exported as %s imports without a change", async (format) => {
    const store = await emptied();
    await importGraph(store, [FULL]);
    const text = [...exportGraphFile(await readGraphRows(store.prisma), format)].join("");
    const before = await dump(store);
    const again = await importGraph(store, [fileWith(`exported.${format}`, text)]);
    expect(again.findings).toEqual([]);
    expect(again).toMatchObject({ outcome: { created: 0, updated: 0, unchanged: 13 } });
    expect(await dump(store)).toEqual(before);
  });

  test("bad files leave the database as it was", async () => {
    const store = await emptied();
    await importGraph(store, [FULL]);
    const before = await dump(store);
    const cases = readdirSync(BAD).filter(
      (name) => !name.endsWith(".findings") && !name.startsWith("own-alternative"),
    );
    for (const name of cases) {
      const result = await importGraph(store, [FULL, join(BAD, name)]);
      expect([name, result.kind]).toEqual([name, "refused"]);
      expect(result.findings.length, name).toBeGreaterThan(0);
    }
    expect(await dump(store)).toEqual(before);
  });

  test("builds on what is stored", async () => {
    const store = await emptied();
    await importGraph(store, [FULL]);
    const more = fileWith(
      "more.yaml",
      `skills:
  - { slug: redis, name: Redis, hours: 5, requires: postgresql, cites: [{ document: "001", line: 20, mention: it }] }
roadmaps:
  - { slug: other, name: Other, steps: [{ name: One, requires: redis, resources: [manual], projects: [shop] }] }
`,
    );
    expect(await importGraph(store, [more])).toMatchObject({
      kind: "written",
      findings: [],
      outcome: { created: 2 },
    });
  });

  test("checks against what is stored", async () => {
    const store = await emptied();
    await importGraph(store, [FULL]);
    const loop = fileWith(
      "loop.yaml",
      `skills:
  - { slug: sql, name: SQL, hours: 1, requires: backend }
  - { slug: redis, name: Redis, hours: 5, requires: postgre, cites: [{ document: "001", line: 21, mention: it }] }
`,
    );
    const result = await importGraph(store, [loop]);
    expect(result.findings.map((finding) => formatFinding({ ...finding, file: "loop.yaml" }))).toEqual([
      'loop.yaml:2: error: skill "sql": cannot be learned: sql needs backend needs sql; 2 more skills wait for this. Take one of these prerequisites out or give it an alternative [unlearnable]',
      'loop.yaml:3: error: skill "redis": expected a line of document "001", which has 20, got 21 [line-beyond-document]',
      'loop.yaml:3: error: skill "redis": expected the slug of a skill, got "postgre", which no skill has; did you mean "postgresql"? [unknown-skill]',
    ]);
  });

  test("a dry run writes nothing", async () => {
    const store = await emptied();
    const { revision } = store.snapshot();
    expect(await importGraph(store, [FULL], { dryRun: true })).toMatchObject({
      kind: "checked",
      findings: [],
      setAside: [],
      rows: 13,
      outcome: { created: 13, updated: 0 },
    });
    await store.refresh();
    expect(store.snapshot().revision).toBe(revision);
    expect(store.snapshot().skills.slugs).toHaveLength(0);
  });

  test("with prune, what is not in the files is deleted", async () => {
    const store = await emptied();
    await importGraph(store, [FULL]);
    const only = fileWith("only.yaml", "skills: [{ slug: sql, name: SQL, hours: 1 }]");
    expect(await importGraph(store, [only], { prune: true, mode: "REPLACE" })).toMatchObject({
      outcome: { updated: 1, deleted: 12 },
    });
    const dangling = fileWith("dangling.yaml", "skills: [{ slug: orm, name: ORM, hours: 1, requires: sql }]");
    expect(await importGraph(store, [dangling], { prune: true })).toMatchObject({
      kind: "refused",
      findings: [{ code: "unknown-skill" }],
    });
  });

  test("a file changes what it gives, keeps the rest and says so", async () => {
    const store = await emptied();
    const mine = (row: string) => fileWith("mine.yaml", `skills: [${row}]`);
    const skill = async () => (await readGraphRows(store.prisma)).skills.find(({ slug }) => slug === "b");
    await importGraph(store, [
      mine(
        "{ slug: a, name: A, hours: 1 }, { slug: b, name: B, kind: TOOL, hours: 2, summary: Text, aliases: [bee], requires: a }",
      ),
    ]);
    const changed = await importGraph(store, [mine("{ slug: b, name: B, hours: 3, aliases: [bees] }")]);
    expect(changed).toMatchObject({ kind: "written", outcome: { updated: 1, unchanged: 0 } });
    expect(changed.findings.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      'warning skill "b": keeps its kind, requires, summary, which the file does not give: null clears one of them, --replace all',
    ]);
    expect(await skill()).toMatchObject({
      hours: 3,
      kind: "TOOL",
      summary: "Text",
      aliases: ["bees"],
      requirement: [{ needs: "a" }],
      origin: "mine.yaml",
    });
    const again = await importGraph(store, [mine("{ slug: b, name: B, hours: 3, aliases: [bees] }")]);
    expect(again).toMatchObject({ outcome: { updated: 0, unchanged: 1 } });
    const cleared = await importGraph(store, [mine("{ slug: b, name: B, hours: 3, requires: null }")]);
    expect(cleared.findings.map(({ code }) => code).sort()).toEqual(["keeps-fields", "loses-fields"]);
    expect(await skill()).toMatchObject({ requirement: [], summary: "Text" });
    const replaced = await importGraph(store, [mine("{ slug: b, name: B, hours: 3 }")], { mode: "REPLACE" });
    expect(replaced.findings.map(({ message }) => message)).toEqual([
      'skill "b": loses its aliases, summary',
    ]);
    expect(await skill()).toMatchObject({ kind: "CONCEPT", summary: "", aliases: [] });
  });

  test("a requirement that a file keeps counts for what can be learned", async () => {
    const store = await emptied();
    const mine = (...rows: string[]) => fileWith("mine.yaml", `skills: [${rows.join(", ")}]`);
    await importGraph(store, [
      mine("{ slug: a, name: A, hours: 1 }, { slug: b, name: B, hours: 2, requires: a }"),
    ]);
    const loop = mine("{ slug: a, name: A, hours: 1, requires: b }", "{ slug: b, name: B, hours: 2 }");
    expect(await importGraph(store, [loop])).toMatchObject({
      kind: "refused",
      findings: [{ code: "unlearnable" }],
    });
    expect(await importGraph(store, [loop], { mode: "REPLACE" })).toMatchObject({ kind: "written" });
  });

  test("a file does not change what another has brought, unless it is asked to", async () => {
    const store = await emptied();
    await importGraph(store, [
      fileWith(
        "first.yaml",
        "skills: [{ slug: a, name: A, hours: 1, summary: Text }, { slug: b, name: B, hours: 1 }]",
      ),
    ]);
    const before = await dump(store);
    const second = fileWith(
      "second.yaml",
      "skills: [{ slug: a, name: A, hours: 2 }, { slug: c, name: C, hours: 1 }]",
    );
    const refused = await importGraph(store, [second]);
    expect(refused).toMatchObject({ kind: "refused", findings: [{ code: "foreign-row", line: 1 }] });
    expect(refused.findings[0]?.message).toBe(
      'skill "a": belongs to first.yaml, and this would change hours (1 to 2): import with --keep to leave it as it is, with --update to change this and keep the rest, with --replace to make it what the file says',
    );
    expect(await dump(store)).toEqual(before);
    // What says the same is no change.
    const same = fileWith(
      "same.yaml",
      "skills: [{ slug: a, name: A, hours: 1 }, { slug: b, name: B, hours: 1 }]",
    );
    expect(await importGraph(store, [same])).toMatchObject({ outcome: { unchanged: 2, updated: 0 } });
    const updated = await importGraph(store, [second], { mode: "UPDATE" });
    expect(updated).toMatchObject({
      outcome: { byKind: { SKILL: { created: 1, updated: 1, unchanged: 0 }, ROLE: { created: 0 } } },
    });
    const { skills } = await readGraphRows(store.prisma);
    expect(skills.map(({ slug, origin, summary }) => [slug, origin, summary])).toEqual([
      ["a", "second.yaml", "Text"],
      ["b", "first.yaml", ""],
      ["c", "second.yaml", ""],
    ]);
  });

  test("another write between check and write is no obstacle", async () => {
    const store = await emptied();
    const other = fileWith("other.yaml", "skills: [{ slug: other, name: Other, hours: 1 }]");
    let isFirst = true;
    const busy: Store = {
      ...store,
      write: async (rows, source, options) => {
        if (isFirst) {
          isFirst = false;
          await importGraph(store, [other]);
        }
        return store.write(rows, source, options);
      },
    };
    expect(await importGraph(busy, [FULL])).toMatchObject({
      kind: "written",
      outcome: { created: 13 },
    });
  });

  test("the shipped graph goes into an empty database, and only there", async () => {
    const fresh = await open();
    expect(await seedIfEmpty(fresh)).toBe(true);
    expect(await seedIfEmpty(fresh)).toBe(false);
    expect(await seed(fresh)).toMatchObject({
      kind: "written",
      outcome: { revision: 1, created: 0, updated: 0 },
    });
    expect(fresh.snapshot().roles.indexOf.has("backend-developer")).toBe(true);
  });

  describe.skipIf(quatalogAbsent)(`a catalogue of 6,552 courses ${quatalogAbsent ?? ""}`, () => {
    test("is imported and reports its progress", async () => {
      const store = await emptied();
      const file = fileWith("quatalog.json", JSON.stringify(quatalogGraphFile()));
      const messages: string[] = [];
      const result = await importGraph(store, [file], { progress: (message) => messages.push(message) });
      expect(result).toMatchObject({ kind: "written", outcome: { created: 6_552 } });
      // The catalogue names courses twice in seven lists of alternatives.
      expect(result.findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(
        new Array(7).fill("warning listed-twice"),
      );
      expect(messages).toEqual([`reading ${file}`, "checking 6552 rows", "writing 6552 rows"]);
    });
  });
});
