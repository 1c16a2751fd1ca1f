import type { DatabaseFeatures } from "../database/clients.ts";
import { liftStatementLimit } from "../database/statement-limits.ts";
import { Prisma, type PrismaClient } from "../generated/client/client.ts";
import type { RevisionModel } from "../generated/client/models.ts";
import { type Reader, readRevision, readSnapshot } from "../snapshot/build-snapshot.ts";
import type { GraphSnapshot } from "../snapshot/graph-snapshot.ts";
import { type ChangedOwners, readChangedOwners } from "../snapshot/owner-rows.ts";
import type { Changes, Deletions } from "./changes.ts";
import { deleteBelongings, deleteEntities } from "./delete-rows.ts";
import { ENTITY_KINDS } from "./entities.ts";
import { flattenRows, type Ids } from "./flatten-rows.ts";
import type { GraphRows } from "./graph-rows.ts";
import { keepOutcome, type Once, readFirstOutcome } from "./idempotency.ts";
import { type HighestIds, readHighestIds } from "./ids.ts";
import { type InsertedTable, insertRows } from "./insert-rows.ts";
import { type Overwritten, readOverwritten } from "./overwritten.ts";
import { acceptProposal, type Decision } from "./proposals.ts";
import { type Before, readBefore } from "./stored-entities.ts";
import type { WriteOutcome } from "./write-graph.ts";

/**
 * What the store asks of the tables of the graph. Everything that decides something asks here and sees no SQL, so that a
 * database which exists only in a test can answer as well, with delays and losses that no real one has on demand.
 */
export interface GraphTables extends TableReader {
  /** Runs reads that all see the database as the first of them does, whatever others commit meanwhile. */
  atOneState<Result>(read: (reader: TableReader) => Promise<Result>): Promise<Result>;
  /**
   * Runs a write, which is committed as a whole when it resolves, and leaves no trace when it rejects. Each of its statements
   * sees everything that was committed before the statement (READ COMMITTED).
   */
  transaction<Result>(write: (writer: TableWriter) => Promise<Result>): Promise<Result>;
}

/** Each is one statement, which sees one state of the database, but for `snapshot`. */
export interface TableReader {
  /** The number of the newest revision; 0 for an empty database. */
  revision(): Promise<number>;
  /** See `readChangedOwners`. */
  changedOwners(after: number, most: number): Promise<ChangedOwners | undefined>;
  /** The whole graph, in several statements: see `readSnapshot`. */
  snapshot(): Promise<GraphSnapshot>;
  /** See `readFirstOutcome`. */
  firstOutcome(once: Once): Promise<WriteOutcome | undefined>;
}

export interface TableWriter extends TableReader {
  /** Waits until no other writer is at work, and keeps others waiting until the end of the transaction. */
  takeTurn(): Promise<void>;
  /** See `readBefore`. */
  before(rows: GraphRows, all: boolean, others: Deletions): Promise<Before>;
  /** Of every table: see `readHighestIds`. */
  highestIds(): Promise<HighestIds>;
  /** See `readOverwritten`. */
  overwritten(changes: Changes): Promise<Overwritten>;
  /** See `keepOutcome`. */
  keepOutcome(once: Once, outcome: WriteOutcome): Promise<void>;
  /** See `acceptProposal`. */
  acceptProposal(decision: Decision, revision: number): Promise<string | undefined>;
  /** Deletes what is to be deleted, and what belongs to entities that are to be written anew. */
  deleteRows(changes: Changes): Promise<void>;
  /** Inserts entities, the revision and its entries of the change log, and tells whoever listens, at the commit. */
  insert(written: InsertedRevision): Promise<void>;
}

export interface InsertedRevision {
  readonly changes: Changes;
  readonly ids: Ids;
  readonly overwritten: Overwritten;
  readonly revision: RevisionModel;
}

/** The channel on which PostgreSQL tells the new revision to whoever listens. */
export const REVISION_CHANNEL = "skills_graph_revision";
/** The key of the advisory lock that all writers of the graph take. */
const WRITE_LOCK = 7_310_417;
/** How long reading a whole graph may take: many times what a million skills need. */
const READ_TIMEOUT_MS = 600_000;
/** How long a writer waits for others to finish. */
const WRITE_WAIT_MS = 120_000;
/** How long one write may take, its waiting included: several times the largest catalogue tried. */
const WRITE_TIMEOUT_MS = 600_000;

/** The tables of a database. */
export function graphTables(prisma: PrismaClient, features: DatabaseFeatures): GraphTables {
  return {
    ...tableReader(prisma),
    atOneState: (read) =>
      atOneState(prisma, async (transaction) => {
        await liftStatementLimit(transaction);
        return read(tableReader(transaction));
      }),
    transaction: (write) =>
      prisma.$transaction(
        async (transaction) => {
          await liftStatementLimit(transaction);
          return write(tableWriter(transaction, features));
        },
        {
          isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted,
          maxWait: WRITE_WAIT_MS,
          timeout: WRITE_TIMEOUT_MS,
        },
      ),
  };
}

/** The tables as a connection or a transaction sees them. */
export function tableReader(reader: Reader): TableReader {
  return {
    revision: () => readRevision(reader),
    changedOwners: (after, most) => readChangedOwners(reader, after, most),
    snapshot: () => readSnapshot(reader),
    firstOutcome: (once) => readFirstOutcome(reader, once),
  };
}

function tableWriter(transaction: Prisma.TransactionClient, features: DatabaseFeatures): TableWriter {
  return {
    ...tableReader(transaction),
    takeTurn: () => takeTurn(transaction, features),
    before: (rows, all, others) => readBefore(transaction, rows, all, others),
    highestIds: () => readHighestIds(transaction),
    overwritten: (changes) => readOverwritten(transaction, changes),
    keepOutcome: (once, outcome) => keepOutcome(transaction, once, outcome),
    acceptProposal: (decision, revision) => acceptProposal(transaction, decision, revision),
    deleteRows: async ({ updatedIds, deletedIds }) => {
      for (const kind of ENTITY_KINDS)
        await deleteBelongings(transaction, kind, [...updatedIds[kind], ...deletedIds[kind]]);
      for (const kind of ENTITY_KINDS) await deleteEntities(transaction, kind, deletedIds[kind]);
    },
    insert: (written) => insert(transaction, written, features),
  };
}

/** Runs reads of rows that all see the database as the first of them does. */
export function atOneState<Result>(
  prisma: PrismaClient,
  read: (reader: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  return prisma.$transaction(read, {
    isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
    maxWait: READ_TIMEOUT_MS,
    timeout: READ_TIMEOUT_MS,
  });
}

/**
 * Without advisory locks, by the lock of a row, which is made when there is none; an upsert does both in one statement, also
 * where two writers are the first.
 */
async function takeTurn(transaction: Prisma.TransactionClient, features: DatabaseFeatures): Promise<void> {
  await (features === "full"
    ? transaction.$executeRaw`SELECT pg_advisory_xact_lock(${WRITE_LOCK}::bigint)`
    : transaction.$executeRaw`
        INSERT INTO "WriteLock" ("id") VALUES (1) ON CONFLICT ("id") DO UPDATE SET "id" = EXCLUDED."id"`);
}

async function insert(
  transaction: Prisma.TransactionClient,
  { changes, ids, overwritten, revision }: InsertedRevision,
  features: DatabaseFeatures,
): Promise<void> {
  const { number, source } = revision;
  const rows: [InsertedTable, readonly object[]][] = [...flattenRows(changes.rows, ids, source)];
  rows.push(["Revision", [revision]]);
  const entries = changes.log.map((change, ordinal) => ({
    ...{ revision: number, ordinal, ...change },
    before: overwritten(change) ?? null,
  }));
  rows.push(["Change", entries]);
  const notify = Prisma.sql`pg_notify(${REVISION_CHANNEL}, ${String(number)})::text`;
  await insertRows(transaction, rows, features === "full" ? notify : Prisma.empty);
}
