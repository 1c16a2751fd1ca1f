import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMigrations } from "../../src/store/database/migration-files.ts";
import { openStore } from "../../src/store/store.ts";

const CACHE = fileURLToPath(new URL("../../node_modules/.cache/skills-graph-tests", import.meta.url));

/**
 * A new data folder with a migrated, empty database. Making one from nothing takes four seconds, so it is
 * made once per set of migrations and copied.
 */
export async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "skills-graph-data-"));
  await cp(await template(), folder, { recursive: true });
  return folder;
}

async function template(): Promise<string> {
  const manifest = createRequire(import.meta.url)
    .resolve("@electric-sql/pglite")
    .replace(/dist.*$/, "package.json");
  const hash = createHash("sha256").update(await readFile(manifest));
  hash.update(
    await readFile(fileURLToPath(new URL("../../src/store/database/schema-catalogue.ts", import.meta.url))),
  );
  for (const { checksum } of await readMigrations()) hash.update(checksum);
  const folder = join(CACHE, hash.digest("hex").slice(0, 16));
  if (await exists(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  const store = await openStore({ dataDir: draft });
  await store.close();
  try {
    await rename(draft, folder);
  } catch (error) {
    // Another test file was faster.
    await rm(draft, { recursive: true });
    if (!(await exists(folder))) throw error;
  }
  return folder;
}

async function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}
