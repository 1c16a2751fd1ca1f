import type { PrismaClient } from "./generated/client/client.ts";
import type { GraphRows } from "./graph-rows.ts";
import type { GraphSnapshot } from "./graph-snapshot.ts";

/** The folder name that keeps the embedded database in memory only, for tests. */
export const IN_MEMORY = "memory://";

export interface StoreOptions {
  /** A PostgreSQL server; without it the embedded database is used. */
  readonly databaseUrl?: string | undefined;
  /** The folder of the embedded database, or `IN_MEMORY`. */
  readonly dataDir: string;
  /** Receives the text of each SQL statement that Prisma sends. */
  readonly onQuery?: (sql: string) => void;
  /** Receives one line on what is slow or noteworthy, such as migrations applied. */
  readonly log?: (message: string) => void;
}

export interface WriteOptions {
  /** Refuse with `CONFLICT` unless this is the current revision. */
  readonly expectedRevision?: number;
  /** Delete the entities that are not among the rows. */
  readonly replace?: boolean;
}

/** What a write did, in entities. */
export interface WriteOutcome {
  /** The revision that holds the rows: the next one, or the current one where nothing had to change. */
  readonly revision: number;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

/** The database of the graph and its current snapshot. */
export interface Store {
  readonly kind: "embedded" | "postgresql";
  /** For loaders and Pothos' Prisma plugin only; writes go through `write`. */
  readonly prisma: PrismaClient;
  /** The graph at the newest revision that this process has seen. */
  snapshot(): GraphSnapshot;
  /** Rebuilds the snapshot if another revision has been committed. One statement when none has. */
  refresh(): Promise<void>;
  /**
   * Writes entities and all that belongs to them, all or nothing, as the next revision. An entity whose digest
   * is stored already is left alone; an entity that is stored otherwise is replaced and keeps its id. `source`
   * says in the change log what wrote it. Throws `GraphWriteError`.
   */
  write(rows: GraphRows, source: string, options?: WriteOptions): Promise<WriteOutcome>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database, brings it up to date and reads the snapshot. */
export async function openStore(_options: StoreOptions): Promise<Store> {
  throw new Error("not built yet");
}
