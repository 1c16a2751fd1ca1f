import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "./store.ts";
import { within } from "./within.ts";

/** How often the database is asked for a revision that it did not have: it is being written, or will never be. */
const RETRY_MS = 50;

/**
 * Whether the snapshot is at a revision or a later one within so many milliseconds. The database is asked at once, without
 * waiting to be told: one statement, shared by those who ask at the same time. Rejects as `refresh` does.
 */
export async function reachRevision(store: Store, revision: number, waitMs: number): Promise<boolean> {
  const isReached = () => store.snapshot().revision >= revision;
  const end = performance.now() + waitMs;
  let isAsked = false;
  while (!isReached()) {
    const left = end - performance.now();
    if (left <= 0) return false;
    await within(left, isAsked ? askedLater(store) : store.refresh());
    isAsked = true;
  }
  return true;
}

const later = new WeakMap<Store, Promise<void>>();

/** Asks the database a little later: once for all who wait, however many. */
function askedLater(store: Store): Promise<void> {
  const asked =
    later.get(store) ??
    sleep(RETRY_MS)
      .then(() => store.refresh())
      .finally(() => later.delete(store));
  later.set(store, asked);
  return asked;
}
