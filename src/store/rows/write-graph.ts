import { canAllBeMet, findUnlearnable } from "../../graph/facts/learnability.ts";
import { smallestMend } from "../../graph/facts/smallest-mend.ts";
import type { Operation } from "../generated/client/enums.ts";
import type { GraphSnapshot } from "../snapshot/graph-snapshot.ts";
import { changedOwners, isWorthPatching, type NewerSnapshot, readNewer } from "../snapshot/newer-snapshot.ts";
import { ownersIn } from "../snapshot/owner-rows.ts";
import { isRenamed, patchedSnapshot } from "../snapshot/patched-snapshot.ts";
import { GraphWriteError } from "../store-errors.ts";
import { type Changes, type Deletions, type LoggedChange, planChanges } from "./changes.ts";
import { checkRows } from "./check-rows.ts";
import { ENTITY_KINDS, type EntityKind, perKind } from "./entities.ts";
import type { Ids } from "./flatten-rows.ts";
import type { GraphRows } from "./graph-rows.ts";
import type { GraphTables } from "./graph-tables.ts";
import type { Once } from "./idempotency.ts";
import { allocateIds } from "./ids.ts";
import type { Decision } from "./proposals.ts";

export interface WriteOptions {
  /** Refuse with `CONFLICT` unless this is the current revision. */
  readonly expectedRevision?: number;
  /** Delete the entities that are not among the rows. */
  readonly replace?: boolean;
  /** Delete these. All that refers to them must be among the rows, without the reference. */
  readonly deleted?: Deletions;
  /** Do and check everything, and leave no trace. */
  readonly dryRun?: boolean;
  /** Answer with what was written when this was first asked for, if it was. A dry run neither asks nor remembers. */
  readonly once?: Once;
  /** Why, in the words of whoever writes; kept in the change log. */
  readonly reason?: string;
  /** Who writes, as the change log is to name it; absent where that is not known. */
  readonly author?: string;
  /** The proposal that is accepted by this write: closed with it, or, where none is open any more, refused with `DECIDED`. */
  readonly accepts?: Decision;
}

/** How many entities a write created, updated, deleted and found stored already. */
export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

/** What a write did. */
export interface WriteOutcome extends Counts {
  /** The revision that holds the rows: the next one, or the current one where nothing had to change or was to. */
  readonly revision: number;
  /** What became of which entity, kind by kind in the order of slugs. */
  readonly changes: readonly LoggedChange[];
  /** Whether all this was written before, when it was first asked for. */
  readonly isReplay: boolean;
  readonly byKind: Readonly<Record<EntityKind, Counts>>;
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
 * statements for one entity, and a fixed number per kind of row whatever the number of rows. `last`, the newest
 * snapshot at hand, is left as it is. Throws `GraphWriteError`.
 */
export async function writeGraph(
  tables: GraphTables,
  last: GraphSnapshot,
  rows: GraphRows,
  source: string,
  options: WriteOptions = {},
): Promise<Written> {
  checkRows(rows);
  const { expectedRevision, replace = false, deleted = {}, dryRun = false } = options;
  const once = dryRun ? undefined : options.once;
  const written = tables.transaction(async (writer): Promise<Written> => {
    await writer.takeTurn();
    const first = once && (await writer.firstOutcome(once));
    if (first !== undefined) return { outcome: first, snapshot: undefined };
    const { revision, stored, highestIds } = await writer.before(rows, replace, deleted);
    if (expectedRevision !== undefined && expectedRevision !== revision)
      throw new GraphWriteError(
        "CONFLICT",
        `expected the graph at revision ${expectedRevision}, it is at ${revision}: read it again and repeat the change.`,
      );
    const changes = planChanges(rows, stored, replace, deleted);
    const isChanging = changes.log.length > 0;
    const outcome = outcomeOf(changes, isChanging && !dryRun ? revision + 1 : revision);
    const { accepts } = options;
    const proposer = accepts && (await writer.acceptProposal(accepts, outcome.revision));
    if (accepts !== undefined && proposer === undefined)
      throw new GraphWriteError("DECIDED", `expected an open proposal, ${accepts.id} is none any more.`);
    if (once !== undefined) await writer.keepOutcome(once, outcome);
    if (!isChanging && dryRun) throw new Undone(outcome);
    if (!isChanging) return { outcome, snapshot: undefined };
    const overwritten = await writer.overwritten(changes);
    await writer.deleteRows(changes);
    const isDeleting = ENTITY_KINDS.some((kind) => changes.deletedIds[kind].length > 0);
    // After deletions the highest ids may be lower.
    const ids = allocateIds(stored, isDeleting ? await writer.highestIds() : highestIds);
    const patched = patch(last, revision, changes, ids);
    const { reason = null, author = null } = options;
    await writer.insert({
      ...{ changes, ids, overwritten },
      revision: {
        ...{ number: revision + 1, source, committedAt: new Date(), reason, author },
        proposer: proposer ?? null,
      },
    });
    const snapshot = patched ?? learnable(await readNewer(writer, last));
    if (dryRun) throw new Undone(outcome);
    return { outcome, snapshot };
  });
  return written.catch((error: unknown) => {
    if (error instanceof Undone) return { outcome: error.outcome, snapshot: undefined };
    throw error;
  });
}

/** Ends the transaction of a dry run. */
class Undone extends Error {
  constructor(readonly outcome: WriteOutcome) {
    super("undone");
  }
}

/**
 * The snapshot of the next revision, in which all skills are learnable; undefined when the last snapshot is not of
 * the revision before, an owner has got another slug, or too much has changed to patch it.
 */
function patch(last: GraphSnapshot, revision: number, changes: Changes, ids: Ids): GraphSnapshot | undefined {
  const changed = changedOwners(changes.log);
  if (last.revision !== revision || !isWorthPatching(last, changed)) return undefined;
  const owners = ownersIn(changes.rows, ids);
  return isRenamed(last, owners)
    ? undefined
    : learnable(patchedSnapshot(last, revision + 1, changed, owners));
}

/** The snapshot, when all its skills are learnable; otherwise throws. */
function learnable({ snapshot, changedSkills }: NewerSnapshot): GraphSnapshot {
  if (changedSkills === undefined || !canAllBeMet(snapshot.graph, changedSkills))
    refuseUnlearnable(snapshot, new Set(changedSkills));
  return snapshot;
}

function refuseUnlearnable({ graph, skills }: GraphSnapshot, changedSkills: ReadonlySet<number>): void {
  const unlearnable = findUnlearnable(graph);
  if (unlearnable === undefined) return;
  const named = (index: number) => ({
    slug: skills.slugs.at(index) ?? "",
    name: skills.names.at(index) ?? "",
  });
  const loop = unlearnable.loop.map(named);
  const mend = smallestMend(graph, changedSkills).map(({ dependent, prerequisite }) => ({
    dependent: named(dependent),
    prerequisite: named(prerequisite),
  }));
  const slugs = loop.map(({ slug }) => slug);
  const cuts = mend.map((cut) => `${cut.prerequisite.slug} out of what ${cut.dependent.slug} needs`);
  throw new GraphWriteError(
    "UNLEARNABLE",
    `expected every skill to be learnable, but ${unlearnable.skills.length} would not be: ${[...slugs, slugs[0]].join(" needs ")}.${cuts.length === 0 ? "" : ` It would be enough to take ${cuts.join(", and ")}.`}`,
    slugs,
    { loop, mend },
  );
}

function outcomeOf({ log, unchanged }: Changes, revision: number): WriteOutcome {
  const countsOf = (kinds: readonly EntityKind[]): Counts => {
    const count = (operation: Operation) =>
      log.filter((change) => change.operation === operation && kinds.includes(change.kind)).length;
    return {
      created: count("CREATED"),
      updated: count("UPDATED"),
      deleted: count("DELETED"),
      unchanged: kinds.reduce((sum, kind) => sum + unchanged[kind], 0),
    };
  };
  const byKind = perKind((kind) => countsOf([kind]));
  return { revision, changes: log, isReplay: false, ...countsOf(ENTITY_KINDS), byKind };
}
