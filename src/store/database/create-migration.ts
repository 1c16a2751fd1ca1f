import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "./clients.ts";
import { MIGRATIONS_FOLDER, readMigrations } from "./migration-files.ts";
import { applyMigrations, compareWithSchema } from "./migrations.ts";

/**
 * Writes the next migration: the SQL that leads from the migrations of a folder to `schema.prisma`, found by applying
 * them to an empty database. Returns the path of the file, or undefined when the two agree already.
 */
export async function createMigration(
  empty: Database,
  name: string,
  folder: string = MIGRATIONS_FOLDER,
  now: Date = new Date(),
): Promise<string | undefined> {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))
    throw new RangeError(
      `expected a name of lower-case letters, digits and hyphens, got ${JSON.stringify(name)}`,
    );
  await applyMigrations(empty, await readMigrations(folder));
  const sql = await compareWithSchema(empty);
  if (sql === "") return undefined;
  const timestamp = now.toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const file = join(folder, `${timestamp}_${name}`, "migration.sql");
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, sql);
  return file;
}
