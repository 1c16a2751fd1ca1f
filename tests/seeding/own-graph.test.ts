import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importGraph } from "../../src/seeding/import-graph.ts";
import { dataDirOf, GraphError, holdOnly } from "../../src/seeding/own-graph.ts";
import { describeOnBothDatabases } from "../support/databases.ts";

test.each([
  ["my-graph.yaml", ".data", ".data-my-graph"],
  ["a/b/My Graph.JSON", "/var/data/", "/var/data-my-graph"],
  ["graphs/", ".data", ".data-graphs"],
  ["日本.yaml", ".data", ".data-graph"],
])("the graph of %s is kept beside %s in %s", (graph, dataDir, expected) => {
  expect(dataDirOf(graph, dataDir)).toBe(expected);
});

describeOnBothDatabases("a database for a graph of one's own", (open) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "own-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("holds what the file says, and nothing else", async () => {
    const store = await open();
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    await importGraph(store, [
      write(
        "other.yaml",
        "skills: [{ slug: a, name: A, hours: 1, aliases: [aa] }, { slug: b, name: B, hours: 1 }]",
      ),
    ]);
    const mine = write("mine.yaml", "skills: [{ slug: a, name: A, hours: 2 }]");
    await holdOnly(store, mine);
    const { revision, skills } = store.snapshot();
    expect({ revision, slugs: [...skills.slugs] }).toEqual({ revision: 2, slugs: ["a"] });
    expect(await store.prisma.skillAlias.count()).toBe(0);
    await holdOnly(store, mine);
    expect(store.snapshot().revision).toBe(2);
    const refused = holdOnly(store, write("mine.yaml", "skills: [{ slug: a }]"));
    await expect(refused).rejects.toBeInstanceOf(GraphError);
    await expect(refused).rejects.toThrow(/mine\.yaml:1: error: skill "a": hours: /);
    expect(store.snapshot().revision).toBe(2);
  });
});
