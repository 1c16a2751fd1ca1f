import { canAllBeMet, findUnlearnable } from "../graph/learnability.ts";
import { readRevision, readSnapshot } from "./build-snapshot.ts";
import { type Changes, planChanges, readAllStored, readStoredOf } from "./changes.ts";
import { checkRows } from "./check-rows.ts";
import { deleteBelongings, deleteEntities } from "./delete-rows.ts";
import { flattenRows } from "./flatten-rows.ts";
import { Prisma, type PrismaClient } from "./generated/client/client.ts";
import type { GraphRows } from "./graph-rows.ts";
import type { GraphSnapshot } from "./graph-snapshot.ts";
import { allocateIds } from "./ids.ts";
import { insertRows, insertTables } from "./insert-rows.ts";
import { changedOwners, isWorthPatching, readChangedOwners, readPatched } from "./newer-snapshot.ts";
import { GraphWriteError } from "./store-errors.ts";
import { ENTITY_KINDS } from "./tables.ts";

/** The key of the advisory lock that all writers of the graph take. */
const WRITE_LOCK = 7_310_417;
/** The channel on which PostgreSQL tells the new revision to whoever listens. */
export const REVISION_CHANNEL = "skills_graph_revision";
/** How long a writer waits for others to finish. */
const WRITE_WAIT_MS = 120_000;
/** How long one write may take, its waiting included: several times the largest catalogue tried. */
const WRITE_TIMEOUT_MS = 600_000;

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

interface Written {
  readonly outcome: WriteOutcome;
  /** The graph as of the new revision; absent where nothing had to change. */
  readonly snapshot: GraphSnapshot | undefined;
}

/**
 * Writes entities and all that belongs to them as the next revision, or nothing at all.
 *
 * All writers take one lock before they read anything, under READ COMMITTED: whoever gets it sees everything
 * that was committed before, so what is checked still holds at the commit. (Under REPEATABLE READ the reads
 * would be as of before the wait.)
 *
 * A small write costs in proportion to what it writes, plus a few copies of arrays of the snapshot: stored
 * entities are read where the rows name them, `last` is patched, and only changed skills are checked. Eight
 * statements for one entity, and a fixed number per kind of row whatever the number of rows. Of `last`, the newest
 * snapshot at hand, nothing changes. Throws `GraphWriteError`.
 */
export async function writeGraph(
  prisma: PrismaClient,
  last: GraphSnapshot,
  rows: GraphRows,
  source: string,
  options: WriteOptions = {},
): Promise<Written> {
  checkRows(rows);
  return prisma.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${WRITE_LOCK}::bigint)`;
      const revision = await readRevision(transaction);
      const { expectedRevision } = options;
      if (expectedRevision !== undefined && expectedRevision !== revision)
        throw new GraphWriteError(
          "CONFLICT",
          `expected the graph at revision ${expectedRevision}, it is at ${revision}: read it again and repeat the change.`,
        );
      const { replace = false } = options;
      const stored = await (replace ? readAllStored(transaction) : readStoredOf(transaction, rows));
      const changes = planChanges(rows, stored, replace);
      if (changes.log.length === 0) return { outcome: outcomeOf(changes, revision), snapshot: undefined };
      await replaceRows(transaction, changes);
      await logRevision(transaction, revision + 1, source, changes);
      const snapshot = await readLearnable(transaction, last, revision + 1, changes);
      return { outcome: outcomeOf(changes, revision + 1), snapshot };
    },
    {
      isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted,
      maxWait: WRITE_WAIT_MS,
      timeout: WRITE_TIMEOUT_MS,
    },
  );
}

async function replaceRows(transaction: Prisma.TransactionClient, changes: Changes): Promise<void> {
  for (const kind of ENTITY_KINDS)
    await deleteBelongings(transaction, kind, [...changes.updatedIds[kind], ...changes.deletedIds[kind]]);
  for (const kind of ENTITY_KINDS) await deleteEntities(transaction, kind, changes.deletedIds[kind]);
  const ids = await allocateIds(transaction, changes);
  await insertTables(transaction, flattenRows(changes.rows, ids));
}

async function logRevision(
  transaction: Prisma.TransactionClient,
  number: number,
  source: string,
  { log }: Changes,
): Promise<void> {
  await insertRows(transaction, [
    ["Revision", [{ number, source, committedAt: new Date() }]],
    ["Change", log.map((change, ordinal) => ({ revision: number, ordinal, ...change }))],
  ]);
  await transaction.$queryRaw`SELECT pg_notify(${REVISION_CHANNEL}, ${String(number)})::text`;
}

/** The snapshot with the changes, all of whose skills are learnable. */
async function readLearnable(
  transaction: Prisma.TransactionClient,
  last: GraphSnapshot,
  revision: number,
  { log }: Changes,
): Promise<GraphSnapshot> {
  // Another process may have written since.
  const isLatest = last.revision === revision - 1;
  const changed = isLatest ? changedOwners(log) : await readChangedOwners(transaction, last.revision);
  if (!isWorthPatching(last, changed)) {
    const snapshot = await readSnapshot(transaction);
    refuseUnlearnable(snapshot);
    return snapshot;
  }
  const { snapshot, changedSkills } = await readPatched(transaction, last, revision, changed);
  if (!canAllBeMet(snapshot.graph, changedSkills)) refuseUnlearnable(snapshot);
  return snapshot;
}

function refuseUnlearnable({ graph, skills }: GraphSnapshot): void {
  const unlearnable = findUnlearnable(graph);
  if (unlearnable === undefined) return;
  const { reason } = unlearnable;
  const slugs = reason.kind === "loop" ? reason.skills : [reason.skill];
  const loop = slugs.map((index) => skills.slugs[index] ?? "");
  throw new GraphWriteError(
    "UNLEARNABLE",
    `expected every skill to be learnable, but ${unlearnable.skills.length} would not be: ${[...loop, loop[0]].join(" needs ")}.`,
    loop,
  );
}

function outcomeOf({ log, unchanged }: Changes, revision: number): WriteOutcome {
  const count = (operation: string) => log.filter((change) => change.operation === operation).length;
  return {
    revision,
    created: count("CREATED"),
    updated: count("UPDATED"),
    deleted: count("DELETED"),
    unchanged,
  };
}
