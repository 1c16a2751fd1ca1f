import {
  type Database,
  type DatabaseFeatures,
  IN_MEMORY,
  openEmbedded,
  openPostgresql,
} from "./database/clients.ts";
import { lockDataDir } from "./database/data-dir-lock.ts";
import { applyMigrations } from "./database/migrations.ts";
import { liftStatementLimit } from "./database/statement-limits.ts";
import { emptyTemplate, type Template } from "./database/templates.ts";
import type { Prisma, PrismaClient } from "./generated/client/client.ts";
import { CLOSE_TIMEOUT_MS } from "./limits.ts";
import type { GraphRows } from "./rows/graph-rows.ts";
import { type Once, readFirstOutcome } from "./rows/idempotency.ts";
import { REVISION_CHANNEL, type WriteOptions, type WriteOutcome, writeGraph } from "./rows/write-graph.ts";
import { readRevision, readSnapshot } from "./snapshot/build-snapshot.ts";
import type { GraphSnapshot } from "./snapshot/graph-snapshot.ts";
import { atOneState, readNewer, readPatched } from "./snapshot/newer-snapshot.ts";
import { within } from "./within.ts";

/** How often a PostgreSQL server is asked for revisions, in case that a notification was lost. */
const POLL_MS = 1_000;
/** The same where nothing tells of them: one tiny statement. */
const POLL_WITHOUT_NOTIFICATIONS_MS = 200;

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
  pollMs = database.listen === undefined ? POLL_WITHOUT_NOTIFICATIONS_MS : POLL_MS,
): Promise<Store> {
  const { kind, prisma, features, isShared, close } = database;
  for (const name of await applyMigrations(database)) log?.(`applied the migration ${name}`);
  let current = await atOneState(prisma, async (reader) => {
    await liftStatementLimit(reader);
    return readSnapshot(reader);
  });
  const listeners = new Set<() => void>();
  const advance = (snapshot: GraphSnapshot) => {
    if (snapshot.revision <= current.revision) return;
    current = snapshot;
    for (const listener of listeners) listener();
  };

  let newest = { revision: current.revision, saidAt: performance.now() };
  const hear = (revision: number) => {
    newest = { revision: Math.max(revision, newest.revision), saidAt: performance.now() };
  };

  const catchUp = async () => {
    const revision = await readRevision(prisma);
    hear(revision);
    if (revision > current.revision) {
      // Nearly always one statement; a transaction around it would take five more.
      const { snapshot } =
        (await readPatched(prisma, current)) ??
        (await atOneState(prisma, async (reader) => {
          await liftStatementLimit(reader);
          return readNewer(reader, current);
        }));
      advance(snapshot);
    }
  };
  let refreshing: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const refresh = (): Promise<void> => {
    // A refresh under way may have read before the commit that the caller knows of, so one more follows it.
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

  // Writes of this process run one after the other: each patches the snapshot that the one before has made.
  let writing: Promise<unknown> = Promise.resolve();
  let writes = 0;

  const poll = pollOf(refresh, log);
  const onNotified = async (revision: number) => {
    hear(revision);
    // A write of this process may be told of before it has advanced the snapshot itself.
    await writing;
    if (revision > current.revision) poll();
  };
  const follower = isShared ? follow(database.listen, poll, onNotified, pollMs) : undefined;

  return {
    kind,
    prisma,
    snapshot: () => current,
    refresh,
    lag: () => ({
      revisions: Math.max(0, newest.revision - current.revision),
      saidSecondsAgo: isShared ? (performance.now() - newest.saidAt) / 1_000 : 0,
    }),
    onAdvance: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isNewest: (snapshot) => {
      if (isShared) return refresh().then(() => current === snapshot);
      return writes === 0 ? current === snapshot : writing.then(() => current === snapshot);
    },
    readAtOneRevision: (read) =>
      atOneState(prisma, async (reader) => {
        const last = current;
        const isOld = (await readRevision(reader)) > last.revision;
        return read(isOld ? (await readNewer(reader, last)).snapshot : last, reader);
      }),
    write: async (rows, source, options) => {
      writes++;
      const written = writing.then(async () => {
        database.checkRoom?.(Object.values(rows).reduce((sum, kind) => sum + kind.length, 0));
        const { outcome, snapshot } = await writeGraph(prisma, current, rows, source, features, options);
        if (snapshot !== undefined) advance(snapshot);
        return outcome;
      });
      writing = written
        .catch(() => {})
        .then(() => {
          writes--;
        });
      return written;
    },
    firstOutcome: (once) => readFirstOutcome(prisma, once),
    ping: async () => {
      await readRevision(prisma);
    },
    close: async () => {
      await within(CLOSE_TIMEOUT_MS, Promise.allSettled([follower?.stop(), refreshing]));
      await close();
    },
  };
}

/** Looks for a new revision, and says when the database does not answer, and when it does again. */
function pollOf(refresh: () => Promise<void>, log: StoreOptions["log"]): () => void {
  let reachable = true;
  return () => {
    refresh().then(
      () => {
        if (!reachable) log?.("the database answers again");
        reachable = true;
      },
      (error: unknown) => {
        if (reachable) log?.(`cannot read the revision: ${error instanceof Error ? error.message : error}`);
        reachable = false;
      },
    );
  };
}

/**
 * Looks for a new revision whenever the database tells of one, and from time to time, in case that it could not: a lost
 * connection is opened again then.
 */
function follow(
  listen: Database["listen"],
  poll: () => void,
  onNotified: (revision: number) => void,
  pollMs: number,
) {
  let listening: Promise<(() => Promise<void>) | undefined> | undefined;
  const begin = () => {
    const onMessage = (message: string) => onNotified(Number(message));
    listening ??= listen?.(REVISION_CHANNEL, onMessage, () => {
      listening = undefined;
    }).catch(() => {
      listening = undefined;
      return undefined;
    });
  };
  begin();
  const timer = setInterval(() => {
    begin();
    poll();
  }, pollMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      const stop = await listening;
      await stop?.();
    },
  };
}
