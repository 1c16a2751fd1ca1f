import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { shippedTemplate } from "../../src/seeding/shipped-template.ts";
import { openStore } from "../../src/store/store.ts";

const SEEDS = join(import.meta.dirname, "..", "..", "seeds");

it("gives a new folder the shipped graph as the seeds are now", async () => {
  const folder = await mkdtemp(join(tmpdir(), "shipped-template-"));
  const seeds = join(folder, "seeds");
  await cp(SEEDS, seeds, { recursive: true });
  const hoursOfGit = async (dataDir: string) => {
    const store = await openStore({
      dataDir: join(folder, dataDir),
      template: () => shippedTemplate(seeds, join(folder, "cache")),
    });
    const { graph, skills, revision } = store.snapshot();
    await store.close();
    expect(revision).toBe(1);
    return graph.cost[skills.indexOf.get("git")!]! / 100;
  };
  const before = await hoursOfGit("first");
  const file = join(seeds, "version-control", "skills.yaml");
  const text = await readFile(file, "utf8");
  const changed = text.replace(/(slug: git\n(?:.*\n)*?\s+hours: )[\d.]+/, `$1${before + 7}`);
  expect(changed).not.toBe(text);
  await writeFile(file, changed);
  expect(await hoursOfGit("second")).toBe(before + 7);
  await rm(folder, { recursive: true });
});
