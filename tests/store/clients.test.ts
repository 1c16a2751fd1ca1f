import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openEmbedded } from "../../src/store/clients.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "skills-graph-clients-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const answer = async () => {
  const { prisma, close } = await openEmbedded(dataDir);
  try {
    return await prisma.$queryRaw`SELECT 1 AS one`;
  } finally {
    await close();
  }
};

it("begins a database anew that was not finished, and leaves a finished one alone", async () => {
  // What a start leaves that is killed while it makes the database.
  await mkdir(join(dataDir, "database"));
  await writeFile(join(dataDir, "database", "PG_VERSION"), "18\n");
  await writeFile(join(dataDir, "database.unfinished"), "");
  expect(await answer()).toEqual([{ one: 1 }]);
  expect(await readdir(dataDir)).toEqual(["database"]);

  await writeFile(join(dataDir, "database", "a-file-of-the-owner"), "");
  expect(await answer()).toEqual([{ one: 1 }]);
  expect(existsSync(join(dataDir, "database", "a-file-of-the-owner"))).toBe(true);
});

it("refuses what is no database, and does not touch it", async () => {
  await mkdir(join(dataDir, "database"));
  await writeFile(join(dataDir, "database", "PG_VERSION"), "18\n");
  await expect(openEmbedded(dataDir)).rejects.toMatchObject({ code: "DATABASE_UNREADABLE" });
  expect(await readdir(join(dataDir, "database"))).toContain("PG_VERSION");
});
