import type { Store } from "../store/store.ts";

export interface Readiness {
  readonly status: "ready" | "unavailable";
  /** The revision that answers are given at. */
  readonly revision: number;
}

/** Whether questions can be answered: the database is reachable and a revision is loaded. One statement. */
export async function isReady(store: Store): Promise<Readiness> {
  const { revision } = store.snapshot();
  try {
    await store.ping();
    return { status: "ready", revision };
  } catch {
    return { status: "unavailable", revision };
  }
}
