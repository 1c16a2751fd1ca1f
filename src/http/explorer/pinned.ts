import { LRUCache } from "lru-cache";
import { type Context, withoutGraph } from "../../api/context.ts";
import { AskFault } from "../../explorer/site.ts";
import { HistoryFault, MAX_HISTORY_ENTRIES } from "../../store/rows/read-history.ts";
import { earlierSnapshot } from "../../store/snapshot/earlier-snapshot.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { MAX_EARLIER_GRAPHS } from "../limits.ts";

/** The graph at earlier revisions, of one server: what a revision holds never changes. */
export type EarlierGraphs = LRUCache<number, GraphSnapshot>;

export function earlierGraphs(): EarlierGraphs {
  return new LRUCache({ max: MAX_EARLIER_GRAPHS });
}

/** The parameter that pins an embed to a revision. */
const PARAMETER = "revision";

/** The revision that a link pins an embed to; `undefined`: none. Throws an `AskFault` for what is no revision. */
export function pinOf(path: string, query: URLSearchParams): number | undefined {
  const text = query.get(PARAMETER) ?? "";
  if (!path.startsWith("/embed/") || text === "") return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new AskFault(
    `Expected ${PARAMETER} to be the number of a revision, got ${JSON.stringify(text.slice(0, 20))}.`,
    "BAD_USER_INPUT",
  );
}

/**
 * A context that answers at an earlier revision: the snapshot of now, patched backwards by the change log. What needs
 * rows cannot be asked in it, since these are of now. O(graph) for a revision that is not at hand, which is charged for.
 * Throws an `AskFault` with what to do: NOT_FOUND for a revision that is yet to come, GONE for one that the log does not
 * tell.
 */
export async function pinned(
  context: Context,
  revision: number,
  earlier: EarlierGraphs,
  charge: () => Promise<unknown>,
): Promise<Context> {
  const now = context.snapshot;
  if (revision > now.revision)
    throw new AskFault(
      `There is no revision ${revision} yet: the newest is ${now.revision}. Pin the embed to that, or leave ${PARAMETER} out.`,
      "NOT_FOUND",
    );
  if (revision === now.revision) return context;
  let snapshot = earlier.get(revision);
  if (snapshot === undefined) {
    await charge();
    snapshot = await graphAt(context, revision);
    earlier.set(revision, snapshot);
  }
  return {
    ...withoutGraph(context),
    snapshot,
    hasReadRows: context.hasReadRows,
    get loaders(): never {
      throw new Error(`expected no rows to be read at revision ${revision}: they are of now`);
    },
  };
}

async function graphAt({ snapshot, loaders }: Context, revision: number): Promise<GraphSnapshot> {
  try {
    return earlierSnapshot(snapshot, revision, await loaders.history(revision, snapshot.revision));
  } catch (error) {
    if (!(error instanceof HistoryFault)) throw error;
    const why =
      "tooLong" in error.why
        ? `more than ${MAX_HISTORY_ENTRIES.toLocaleString("en-GB")} changes came after it`
        : `revision ${error.why.notKeptBy} replaced more than the change log keeps`;
    throw new AskFault(
      `The graph at revision ${revision} cannot be told any more: ${why}. Pin the embed to the newest revision, ${snapshot.revision}, or leave ${PARAMETER} out.`,
      "GONE",
    );
  }
}
