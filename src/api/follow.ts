import { setTimeout as sleep } from "node:timers/promises";
import { changeLog, type LoggedRevision, type LogStretch } from "../loaders/change-log.ts";
import { REVISION_WAIT_MS } from "../store/limits.ts";
import { reachRevision } from "../store/reach-revision.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import type { Store } from "../store/store.ts";
import { isUnavailable } from "../store/unavailable.ts";
import { type ApiRequest, type Context, createContext, type Follow } from "./context.ts";
import { fault } from "./core/errors.ts";
import { memo } from "./core/run.ts";

/** The context in which a subscription is made; each of its events is answered in one of its own. */
export interface Following {
  readonly context: Context;
  /** The revision that is followed from; undefined before a field has asked for it. */
  readonly from: number | undefined;
}

/** How long the log is left alone that could not be read: its database does not answer. */
const RETRY_MS = 1_000;

/** `lastSeen`: the revision of the last event that the client got, if it says so; that goes before what a field asks for. */
export function createFollowingContext(
  store: Store,
  request: ApiRequest & { readonly work: AbortController },
  lastSeen: number | undefined,
): Following {
  let from: number | undefined;
  const follow: Follow = async (since) => {
    const asked = lastSeen ?? since;
    if (asked !== undefined && asked < 0) throw fault("since", "a revision, or 0 for all", asked);
    // What a client has seen on another server may be news to this one.
    if (asked !== undefined && !(await reachRevision(store, asked, REVISION_WAIT_MS)))
      throw fault("since", `a revision that there is, at most ${store.snapshot().revision}`, asked);
    from = asked ?? store.snapshot().revision;
    return revisionsAfter(store, from, request.work.signal);
  };
  return {
    context: Object.assign(createContext(store, request), { follow }),
    get from() {
      return from;
    },
  };
}

/**
 * The revisions after one, in order, those that are yet to be written too, until the signal is aborted. They are read from
 * the log when they are asked for, a page at a time, so that whoever asks slowly takes no memory; while the database does
 * not answer, it is asked again and again.
 */
export async function* revisionsAfter(
  store: Store,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<LoggedRevision, undefined> {
  let at = since;
  while (!signal.aborted) {
    const upTo = store.snapshot().revision;
    if (at >= upTo) {
      await advanced(store, at, signal);
      continue;
    }
    const page = await readPage(store, { since: at, upTo }, signal);
    yield* page ?? [];
    // Where a log has lost revisions, those that it has are given.
    if (page !== undefined) at = page.at(-1)?.number ?? upTo;
  }
  return undefined;
}

/** The log as all who follow the graph read it at one revision: all other loaders would be made for each revision as well. */
const logOf = memo((_at: GraphSnapshot, { prisma }: Store) => changeLog(prisma));

/** `undefined` when the database does not answer, after a while. */
async function readPage(
  store: Store,
  stretch: LogStretch,
  signal: AbortSignal,
): Promise<readonly LoggedRevision[] | undefined> {
  try {
    return await logOf(store.snapshot(), store).revisions(stretch);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
    return undefined;
  }
}

/** Resolves when the snapshot is of a later revision, or the signal is aborted. */
function advanced(store: Store, revision: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      stop();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const stop = store.onAdvance(end);
    signal.addEventListener("abort", end);
    if (signal.aborted || store.snapshot().revision > revision) end();
  });
}
