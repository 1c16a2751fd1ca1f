import { type Database, IN_MEMORY, openEmbedded, openPostgresql } from "./database/clients.ts";
import { lockDataDir } from "./database/data-dir-lock.ts";
import { applyMigrations } from "./database/migrations.ts";
import { emptyTemplate, type Template } from "./database/templates.ts";
import type { PrismaClient } from "./generated/client/client.ts";
import type { GraphRows } from "./rows/graph-rows.ts";
import { type WriteOptions, type WriteOutcome, writeGraph } from "./rows/write-graph.ts";
import { readRevision, readSnapshot } from "./snapshot/build-snapshot.ts";
import type { GraphSnapshot } from "./snapshot/graph-snapshot.ts";
import { atOneState, readNewer } from "./snapshot/newer-snapshot.ts";

/** How often a PostgreSQL server is asked for revisions that other processes have committed. */
const POLL_MS = 1_000;

export interface StoreOptions {
  /** A PostgreSQL server; without it the embedded database is used. */
  readonly databaseUrl?: string | undefined;
  /** The folder of the embedded database, or `IN_MEMORY`. */
  readonly dataDir: string;
  /** What a new embedded database begins with; by default our tables without rows. */
  readonly template?: Template;
  /** Receives the text of each SQL statement that Prisma sends. */
  readonly onQuery?: (sql: string) => void;
  /** Receives one line on what is noteworthy, such as migrations applied. */
  readonly log?: (message: string) => void;
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
  /**
   * Writes entities and all that belongs to them, all or nothing, as the next revision. An entity whose digest
   * is stored already is left alone; an entity that is stored otherwise is replaced and keeps its id. `source`
   * says in the change log what wrote it. Throws `GraphWriteError`.
   */
  write(rows: GraphRows, source: string, options?: WriteOptions): Promise<WriteOutcome>;
  /** Resolves when the database answers. One statement. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database, brings it up to date and reads the snapshot. The embedded database is locked until the
 * store is closed. Throws `StoreError`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl, dataDir, log, onQuery, template = emptyTemplate } = options;
  const lock = databaseUrl === undefined && dataDir !== IN_MEMORY ? await lockDataDir(dataDir) : undefined;
  let database: Database | undefined;
  try {
    database =
      databaseUrl === undefined
        ? await openEmbedded(dataDir, { onQuery, template })
        : await openPostgresql(databaseUrl, onQuery);
    const store = await openStoreOn(database, log);
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
export async function openStoreOn(database: Database, log?: StoreOptions["log"]): Promise<Store> {
  const { kind, prisma, close } = database;
  for (const name of await applyMigrations(database)) log?.(`applied the migration ${name}`);
  let current = await atOneState(prisma, (reader) => readSnapshot(reader));
  const advance = (snapshot: GraphSnapshot) => {
    if (snapshot.revision > current.revision) current = snapshot;
  };

  const catchUp = async () => {
    if ((await readRevision(prisma)) > current.revision) {
      const { snapshot } = await atOneState(prisma, (reader) => readNewer(reader, current));
      advance(snapshot);
    }
  };
  let refreshing: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const refresh = (): Promise<void> => {
    // One that is under way may have looked before the commit that the caller knows of: look once more.
    if (refreshing !== undefined) {
      next ??= refreshing
        .catch(() => {})
        .then(() => {
          next = undefined;
          return refresh();
        });
      return next;
    }
    refreshing = catchUp().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };

  // One write of this process after the other: each patches the snapshot that the one before has left.
  let writing: Promise<unknown> = Promise.resolve();

  let reachable = true;
  const poll = () => {
    refresh().then(
      () => {
        reachable = true;
      },
      (error: unknown) => {
        if (reachable) log?.(`cannot read the revision: ${error instanceof Error ? error.message : error}`);
        reachable = false;
      },
    );
  };
  // Nobody else can write to an embedded database.
  const timer = kind === "postgresql" ? setInterval(poll, POLL_MS).unref() : undefined;

  return {
    kind,
    prisma,
    snapshot: () => current,
    refresh,
    write: async (rows, source, options) => {
      const written = writing.then(async () => {
        const { outcome, snapshot } = await writeGraph(prisma, current, rows, source, options);
        if (snapshot !== undefined) advance(snapshot);
        return outcome;
      });
      writing = written.catch(() => {});
      return written;
    },
    ping: async () => {
      await prisma.$queryRaw`SELECT 1`;
    },
    close: async () => {
      clearInterval(timer);
      await refreshing?.catch(() => {});
      await close();
    },
  };
}
