import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PRISMA_FOLDER = fileURLToPath(new URL("../../../prisma", import.meta.url));
export const SCHEMA_FILE = join(PRISMA_FOLDER, "schema.prisma");
export const MIGRATIONS_FOLDER = join(PRISMA_FOLDER, "migrations");

/** A step of the history of the schema: a folder `<timestamp>_<name>` that holds `migration.sql`. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hex, as `_prisma_migrations` records it. */
  readonly checksum: string;
}

/** Reads the migrations of a folder in the order in which they apply. */
export async function readMigrations(folder: string = MIGRATIONS_FOLDER): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

export function readSchema(): Promise<string> {
  return readFile(SCHEMA_FILE, "utf8");
}
