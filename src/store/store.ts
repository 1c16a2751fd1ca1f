import {
  type Database,
  type DatabaseFeatures,
  IN_MEMORY,
  openEmbedded,
  openPostgresql,
} from "./database/clients.ts";
import { lockDataDir } from "./database/data-dir-lock.ts";
import { applyMigrations } from "./database/migrations.ts";
import { emptyTemplate, type Template } from "./database/templates.ts";
import type { Prisma, PrismaClient } from "./generated/client/client.ts";
import { openTables } from "./open-tables.ts";
import type { GraphRows } from "./rows/graph-rows.ts";
import { graphTables } from "./rows/graph-tables.ts";
import type { Once } from "./rows/idempotency.ts";
import type { WriteOptions, WriteOutcome } from "./rows/write-graph.ts";
import type { GraphSnapshot } from "./snapshot/graph-snapshot.ts";

export interface StoreOptions {
  /** A PostgreSQL server; without it the embedded database is used. */
  readonly databaseUrl?: string | undefined;
  /** What the PostgreSQL server can do; `full` when absent. */
  readonly databaseFeatures?: DatabaseFeatures | undefined;
  /** The folder of the embedded database, or `IN_MEMORY`. */
  readonly dataDir: string;
  /** What a new embedded database begins with; by default our tables without rows. */
  readonly template?: Template;
  /** Receives the text of each SQL statement that Prisma sends. */
  readonly onQuery?: (sql: string) => void;
  /** Receives a line for each notable event, such as a migration applied. */
  readonly log?: (message: string) => void;
  /** How often a PostgreSQL server is asked for revisions, in milliseconds; `POLL_MS` when absent. */
  readonly pollMs?: number;
  /** How long a statement of a request may take on a PostgreSQL server, in milliseconds; absent: as long as it takes. */
  readonly statementTimeoutMs?: number;
}

/** What reads rows: the database as it is, or as it was at the beginning of a transaction. */
export type RowReader = Prisma.TransactionClient;

/** How far a process is behind what it knows of the database. */
export interface RevisionLag {
  /** The newest revision that the database has said it has, less the snapshot's. */
  readonly revisions: number;
  /** How long ago it has last said so, in seconds; 0 where only this process writes. */
  readonly saidSecondsAgo: number;
}

/** The database of the graph and its current snapshot. */
export interface Store {
  readonly kind: "embedded" | "postgresql";
  /** For loaders and Pothos' Prisma plugin only; writes go through `write`. */
  readonly prisma: PrismaClient;
  /** The graph at the newest revision that this process has seen. */
  snapshot(): GraphSnapshot;
  /** Brings the snapshot up to date if another revision has been committed. One statement when none has. */
  refresh(): Promise<void>;
  lag(): RevisionLag;
  /** Calls back whenever the snapshot is another one, until what is returned is called. */
  onAdvance(listener: () => void): () => void;
  /**
   * Whether no later revision than a snapshot's has been committed by now: all rows that were read until now are then of
   * its revision. One statement, shared by those who ask at the same time; none where only this process writes.
   */
  isNewest(snapshot: GraphSnapshot): boolean | Promise<boolean>;
  /** Reads rows that are all of the revision of a snapshot, in a transaction, whatever others commit meanwhile. */
  readAtOneRevision<Result>(
    read: (snapshot: GraphSnapshot, rows: RowReader) => Promise<Result>,
  ): Promise<Result>;
  /**
   * Writes entities and all that belongs to them, all or nothing, as the next revision. An entity whose digest
   * is stored already is left alone; an entity that is stored otherwise is replaced and keeps its id. `source`
   * says in the change log what wrote it. Throws `GraphWriteError`.
   */
  write(rows: GraphRows, source: string, options?: WriteOptions): Promise<WriteOutcome>;
  /** Throws where the disk of the database has no room for so many rows more. */
  checkRoom(rows: number): void;
  /**
   * What was written when a write was first asked for; undefined where it was not. It need not be asked for again then.
   * Throws `GraphWriteError` where its key was used for something else.
   */
  firstOutcome(once: Once): Promise<WriteOutcome | undefined>;
  /** Resolves when the database says what its revision is. One statement. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database, brings it up to date and reads the snapshot. The embedded database is locked until the
 * store is closed. Throws `StoreError`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const {
    databaseUrl,
    databaseFeatures: features,
    dataDir,
    log,
    onQuery,
    pollMs,
    statementTimeoutMs,
    template = emptyTemplate,
  } = options;
  const lock = databaseUrl === undefined && dataDir !== IN_MEMORY ? await lockDataDir(dataDir) : undefined;
  let database: Database | undefined;
  try {
    database =
      databaseUrl === undefined
        ? await openEmbedded(dataDir, { onQuery, template })
        : await openPostgresql(databaseUrl, { onQuery, statementTimeoutMs, features });
    const store = await openStoreOn(database, log, pollMs);
    return {
      ...store,
      close: async () => {
        await store.close();
        lock?.release();
      },
    };
  } catch (error) {
    await database?.close();
    lock?.release();
    throw error;
  }
}

/**
 * Brings a database that is open up to date and reads the snapshot. Closing the store closes the database. Throws
 * `StoreError`.
 */
export async function openStoreOn(
  database: Database,
  log?: StoreOptions["log"],
  pollMs?: number,
): Promise<Store> {
  for (const name of await applyMigrations(database)) log?.(`applied the migration ${name}`);
  const tables = graphTables(database.prisma, database.features);
  return openTables({ ...database, tables }, log, pollMs);
}
