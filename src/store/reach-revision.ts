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
  while (!isReached()) {
    const left = end - performance.now();
    if (left <= 0) return false;
    await within(left, store.refresh());
    if (!isReached()) await sleep(Math.min(RETRY_MS, left));
  }
  return true;
}
