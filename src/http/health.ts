import type { Store } from "../store/store.ts";
import { within } from "../store/within.ts";
import { READY_TIMEOUT_MS } from "./limits.ts";

export interface Readiness {
  readonly status: "ready" | "unavailable";
  /** The revision that answers are given at. */
  readonly revision: number;
  /** Why questions that need the database cannot be answered. Absent when they can. */
  readonly reason?: string;
}

const underWay = new WeakMap<Store, Promise<string>>();

/**
 * Whether all questions can be answered: the database says within `READY_TIMEOUT_MS` what its revision is. One statement,
 * shared by those who ask meanwhile.
 */
export async function isReady(store: Store): Promise<Readiness> {
  let asked = underWay.get(store);
  if (asked === undefined) {
    asked = store.ping().then(
      () => "",
      () => "The database cannot be reached, or cannot be read.",
    );
    asked.finally(() => underWay.delete(store));
    underWay.set(store, asked);
  }
  const late = `The database has not answered within ${READY_TIMEOUT_MS} ms.`;
  const reason = (await within(READY_TIMEOUT_MS, asked)) ?? late;
  const { revision } = store.snapshot();
  return reason === "" ? { status: "ready", revision } : { status: "unavailable", revision, reason };
}
