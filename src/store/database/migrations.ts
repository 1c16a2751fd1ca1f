import { StoreError } from "../store-errors.ts";
import type { Database, Session } from "./clients.ts";
import { MIGRATIONS_FOLDER, type Migration, readMigrations, readSchema } from "./migration-files.ts";
import { changesByHand, RECORD_CATALOGUE } from "./schema-catalogue.ts";
import { openSchemaEngine } from "./schema-engine.ts";

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
 * means, `MIGRATION_FAILED` when a migration does not apply. Costs three short statements when nothing is
 * missing; Prisma's engine is loaded only otherwise.
 */
export async function applyMigrations(
  database: Database,
  migrations?: readonly Migration[],
): Promise<readonly string[]> {
  const ours = migrations ?? (await readMigrations());
  const lacking = missing(await readHistory(database), ours);
  await refuseEditedTables(database);
  if (lacking.length === 0) return [];
  const session = await database.openSession();
  try {
    return await applyWithEngine(session, ours);
  } finally {
    await session.end();
  }
}

/** The SQL that would make the tables what `schema.prisma` says; empty when they are. */
export async function compareWithSchema(database: Database): Promise<string> {
  const session = await database.openSession();
  const content = await readSchema();
  const files = [{ path: "schema.prisma", content }];
  const engine = await openSchemaEngine(session, content);
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: "." },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
    return exitCode === 0 ? "" : (stdout ?? "");
  } finally {
    engine.free();
    await session.end();
  }
}

const NO_FILTERS = { externalTables: [], externalEnums: [] };

async function applyWithEngine(session: Session, ours: readonly Migration[]): Promise<readonly string[]> {
  let failed: { readonly script: string; readonly error: unknown } | undefined;
  const watched: Session = {
    ...session,
    run: async (script) => {
      try {
        await session.run(script);
      } catch (error) {
        failed = { script, error };
        throw error;
      }
    },
  };
  const engine = await openSchemaEngine(watched, await readSchema());
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
    await session.run(RECORD_CATALOGUE);
    await session.run("COMMIT");
    return appliedMigrationNames;
  } catch (error) {
    await session.run("ROLLBACK");
    // The engine reports what it stumbled over after the failure; the failure itself says more.
    const cause = failed?.error ?? error;
    const name = ours.find(({ sql }) => sql === failed?.script)?.name;
    const message = (cause instanceof Error ? cause.message : String(cause)).split("\n")[0];
    throw new StoreError(
      "MIGRATION_FAILED",
      `${name === undefined ? "the migrations" : `the migration ${name}`} could not be applied, and the database is as it was: ${message}`,
      { cause },
    );
  } finally {
    engine.free();
  }
}

async function readHistory({ prisma }: Database): Promise<readonly AppliedMigration[]> {
  const [found] = await prisma.$queryRaw<{ found: boolean }[]>`
    SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`;
  if (found?.found !== true) return [];
  return prisma.$queryRaw<AppliedMigration[]>`
    SELECT "migration_name" AS "name", "checksum", "finished_at" IS NOT NULL AS "finished"
    FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL ORDER BY "started_at"`;
}

const CHOOSE_ANOTHER = "choose another DATA_DIR or DATABASE_URL";

/** The migrations that a history lacks; throws when the history is not a part of ours. */
function missing(history: readonly AppliedMigration[], ours: readonly Migration[]): readonly Migration[] {
  const byName = new Map(ours.map((migration) => [migration.name, migration]));
  const unknown = history.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  if (unknown.length > 0)
    throw new StoreError(
      "DATABASE_NEWER",
      `the database was written by a newer version: it has the migration ${unknown.join(", ")}, which this version does not know. Start the newer version, or ${CHOOSE_ANOTHER}.`,
    );
  for (const { name, checksum, finished } of history) {
    if (!finished)
      throw new StoreError(
        "DATABASE_EDITED",
        `the migration ${name} was begun by another program and not finished. Restore the database from a backup, or ${CHOOSE_ANOTHER}.`,
      );
    const expected = byName.get(name)?.checksum;
    if (checksum !== expected)
      throw new StoreError(
        "DATABASE_EDITED",
        `the migration ${name} was applied with other contents: expected the checksum ${expected}, the database records ${checksum}. Restore the migration file or the database, or ${CHOOSE_ANOTHER}.`,
      );
  }
  const applied = new Set(history.map(({ name }) => name));
  return ours.filter(({ name }) => !applied.has(name));
}

async function refuseEditedTables({ prisma }: Database): Promise<void> {
  const changes = await changesByHand(prisma);
  if (changes.length > 0)
    throw new StoreError(
      "DATABASE_EDITED",
      `the tables were changed by hand:\n${changes.join("\n")}\nUndo it, restore the database from a backup, or ${CHOOSE_ANOTHER}.`,
    );
}
