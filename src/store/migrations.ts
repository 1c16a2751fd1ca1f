import type { Database, Session } from "./clients.ts";
import { MIGRATIONS_FOLDER, type Migration, readMigrations, readSchema } from "./migration-files.ts";
import { openSchemaEngine, type SchemaEngine } from "./schema-engine.ts";
import { readFingerprint, writeFingerprint } from "./schema-fingerprint.ts";
import { StoreError } from "./store-errors.ts";

interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/**
 * Brings the schema of a database up to date: applies the migrations it lacks, all in one transaction, so
 * that a start that is killed half-way leaves nothing behind.
 *
 * Returns the names of the migrations applied. Throws `StoreError`: `DATABASE_NEWER` when the database has
 * migrations that are not among ours, `DATABASE_EDITED` when its history or its tables were changed by other
 * means, `MIGRATION_FAILED` when a migration does not apply. Costs two statements when nothing is missing;
 * Prisma's engine is loaded only otherwise.
 */
export async function applyMigrations(
  database: Database,
  migrations?: readonly Migration[],
): Promise<readonly string[]> {
  const ours = migrations ?? (await readMigrations());
  if (missing(await readHistory(database), ours).length === 0) {
    await refuseEditedTables(database);
    return [];
  }
  const applied = await withSession(database, (session) => applyWithEngine(session, ours));
  await writeFingerprint(database.prisma);
  return applied;
}

/** What differs between the tables of a database and `schema.prisma`, as the SQL that would mend it; empty: nothing. */
export function compareWithSchema(database: Database): Promise<string> {
  return withSession(database, async (session) => {
    const schema = await readSchema();
    const engine = await openSchemaEngine(session, schema);
    try {
      return await compare(engine, schema);
    } finally {
      engine.free();
    }
  });
}

async function compare(engine: SchemaEngine, schema: string): Promise<string> {
  const files = [{ path: "schema.prisma", content: schema }];
  const { exitCode, stdout } = await engine.diff({
    from: { tag: "schemaDatasource", files, configDir: "." },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: true,
    filters: NO_FILTERS,
  });
  return exitCode === 0 ? "" : (stdout ?? "");
}

const NO_FILTERS = { externalTables: [], externalEnums: [] };

async function withSession<T>(database: Database, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await database.openSession();
  try {
    return await work(session);
  } finally {
    await session.end();
  }
}

async function applyWithEngine(session: Session, ours: readonly Migration[]): Promise<readonly string[]> {
  const engine = await openSchemaEngine(session, await readSchema());
  try {
    await session.run("BEGIN");
    const { appliedMigrationNames } = await engine.applyMigrations({
      filters: NO_FILTERS,
      migrationsList: {
        baseDir: MIGRATIONS_FOLDER,
        lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
        shadowDbInitScript: "",
        migrationDirectories: ours.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
        })),
      },
    });
    await session.run("COMMIT");
    return appliedMigrationNames;
  } catch (error) {
    await session.run("ROLLBACK");
    throw new StoreError(
      "MIGRATION_FAILED",
      `the migrations could not be applied and the database is as it was: ${firstLine(error)}`,
      { cause: error },
    );
  } finally {
    engine.free();
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

async function readHistory({ prisma }: Database): Promise<readonly AppliedMigration[]> {
  const [found] = await prisma.$queryRaw<{ found: boolean }[]>`
    SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`;
  if (found?.found !== true) return [];
  return prisma.$queryRaw<AppliedMigration[]>`
    SELECT "migration_name" AS "name", "checksum", "finished_at" IS NOT NULL AS "finished"
    FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL ORDER BY "started_at"`;
}

/** The migrations that a history lacks; throws when the history is not a part of ours. */
function missing(history: readonly AppliedMigration[], ours: readonly Migration[]): readonly Migration[] {
  const byName = new Map(ours.map((migration) => [migration.name, migration]));
  const unknown = history.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  if (unknown.length > 0)
    throw new StoreError(
      "DATABASE_NEWER",
      `the database was written by a newer version: it has the migration ${unknown.join(", ")}, which this version does not know. Start the newer version, or choose another DATA_DIR or DATABASE_URL.`,
    );
  for (const { name, checksum, finished } of history) {
    if (!finished)
      throw new StoreError(
        "DATABASE_EDITED",
        `the migration ${name} was begun by another program and not finished. Restore the database from a backup, or choose another DATA_DIR or DATABASE_URL.`,
      );
    const expected = byName.get(name)?.checksum;
    if (checksum !== expected)
      throw new StoreError(
        "DATABASE_EDITED",
        `the migration ${name} was applied with other contents: expected the checksum ${expected}, the database records ${checksum}. Restore the migration file or the database, or choose another DATA_DIR or DATABASE_URL.`,
      );
  }
  const applied = new Set(history.map(({ name }) => name));
  return ours.filter(({ name }) => !applied.has(name));
}

/** Compares fingerprints, which is fast; where they differ, lets the engine say whether it matters. */
async function refuseEditedTables(database: Database): Promise<void> {
  const { recorded, current } = await readFingerprint(database.prisma);
  if (recorded === current) return;
  const difference = await compareWithSchema(database);
  if (difference !== "")
    throw new StoreError(
      "DATABASE_EDITED",
      `the tables were changed by hand. This would undo it:\n${difference.trim()}\nUndo it, restore the database, or choose another DATA_DIR or DATABASE_URL.`,
    );
  await writeFingerprint(database.prisma);
}
