import type { Database } from "./database/clients.ts";
import { follow, pollOf } from "./follow.ts";
import { CLOSE_TIMEOUT_MS } from "./limits.ts";
import { atOneState, type GraphTables, tableReader } from "./rows/graph-tables.ts";
import { writeGraph } from "./rows/write-graph.ts";
import type { GraphSnapshot } from "./snapshot/graph-snapshot.ts";
import { readNewer, readPatched } from "./snapshot/newer-snapshot.ts";
import type { Store } from "./store.ts";
import { within } from "./within.ts";

/** How often a PostgreSQL server is asked for revisions, in case that a notification was lost. */
const POLL_MS = 1_000;
/** The same where nothing tells of them: one tiny statement. */
const POLL_WITHOUT_NOTIFICATIONS_MS = 200;

/** A database whose tables are up to date. */
export interface OpenedTables
  extends Pick<Database, "kind" | "prisma" | "isShared" | "listen" | "checkRoom" | "close"> {
  readonly tables: GraphTables;
}

/** Reads the snapshot and follows what is written. Closing the store closes the database. */
export async function openTables(
  { kind, prisma, tables, isShared, listen, checkRoom, close }: OpenedTables,
  log?: (message: string) => void,
  pollMs = listen === undefined ? POLL_WITHOUT_NOTIFICATIONS_MS : POLL_MS,
): Promise<Store> {
  let current = await tables.atOneState((reader) => reader.snapshot());
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
    const revision = await tables.revision();
    hear(revision);
    if (revision > current.revision) {
      // Nearly always one statement; a transaction around it would take five more.
      const { snapshot } =
        (await readPatched(tables, current)) ??
        (await tables.atOneState((reader) => readNewer(reader, current)));
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
  const follower = isShared ? follow(listen, poll, onNotified, pollMs) : undefined;

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
      atOneState(prisma, async (rows) => {
        const last = current;
        const reader = tableReader(rows);
        const isOld = (await reader.revision()) > last.revision;
        return read(isOld ? (await readNewer(reader, last)).snapshot : last, rows);
      }),
    write: async (rows, source, options) => {
      writes++;
      const written = writing.then(async () => {
        checkRoom?.(Object.values(rows).reduce((sum, kind) => sum + kind.length, 0));
        const { outcome, snapshot } = await writeGraph(tables, current, rows, source, options);
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
    checkRoom: (rows) => checkRoom?.(rows),
    firstOutcome: (once) => tables.firstOutcome(once),
    ping: async () => {
      await tables.revision();
    },
    close: async () => {
      await within(CLOSE_TIMEOUT_MS, Promise.allSettled([follower?.stop(), refreshing]));
      await close();
    },
  };
}
