import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type EmbeddedDatabase, IN_MEMORY, openEmbedded } from "../../../src/store/database/clients.ts";
import { emptyTemplate, template } from "../../../src/store/database/templates.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "templates-"));
});
afterEach(() => rm(folder, { recursive: true }));

const make = vi.fn(async (): Promise<EmbeddedDatabase> => {
  const database = await openEmbedded(IN_MEMORY, { template: emptyTemplate });
  await database.run(`COMMENT ON TABLE "Skill" IS 'made'`);
  return database;
});

async function commentIn(contents: Uint8Array): Promise<unknown> {
  const database = await openEmbedded(IN_MEMORY, { template: async () => contents });
  const [row] = await database.prisma.$queryRaw<
    { comment: string }[]
  >`SELECT obj_description('"Skill"'::regclass) AS "comment"`;
  await database.close();
  return row?.comment;
}

it("is made once for the same contents, and anew when they change", async () => {
  const source = join(folder, "source.txt");
  const cache = join(folder, "cache");
  await writeFile(source, "one");
  make.mockClear();
  expect(await commentIn(await template("any", [source], make, cache))).toBe("made");
  const kept = await template("any", [source], make, cache);
  expect(make).toHaveBeenCalledTimes(1);
  expect(await commentIn(kept)).toBe("made");

  await writeFile(source, "two");
  const before = await readdir(cache);
  await template("any", [source], make, cache);
  expect(make).toHaveBeenCalledTimes(2);
  const after = await readdir(cache);
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
});

it("is made even where it cannot be kept", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  expect(await commentIn(await template("any", [], make, join(file, "cache")))).toBe("made");
});
