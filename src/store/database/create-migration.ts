import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { IN_MEMORY, openEmbedded } from "./clients.ts";
import { MIGRATIONS_FOLDER, readMigrations } from "./migration-files.ts";
import { applyMigrations, compareWithSchema } from "./migrations.ts";

/** What `schema.prisma` asks for beyond the migrations, as SQL; empty when they agree. */
export async function schemaDifference(folder: string = MIGRATIONS_FOLDER): Promise<string> {
  const database = await openEmbedded(IN_MEMORY);
  try {
    await applyMigrations(database, await readMigrations(folder));
    return await compareWithSchema(database);
  } finally {
    await database.close();
  }
}

/**
 * Writes the next migration: the SQL that leads from the migrations there are to `schema.prisma`, found by
 * applying them to an empty database. Returns the path of the file, or undefined when nothing is to be done.
 */
export async function createMigration(
  name: string,
  folder: string = MIGRATIONS_FOLDER,
  now: Date = new Date(),
): Promise<string | undefined> {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))
    throw new RangeError(
      `expected a name of lower-case letters, digits and hyphens, got ${JSON.stringify(name)}`,
    );
  const sql = await schemaDifference(folder);
  if (sql === "") return undefined;
  const timestamp = now.toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const file = join(folder, `${timestamp}_${name}`, "migration.sql");
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, sql);
  return file;
}
