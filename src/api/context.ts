import { type Loaders, sharedLoaders } from "../loaders/loaders.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import type { Store } from "../store/store.ts";

/** What a context is made from. Whoever asks is known by the headers alone. */
export interface ApiRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What every resolver of one request sees. */
export interface Context {
  readonly request: ApiRequest;
  /** The structure at one revision: the request sees no other, however long it takes. */
  readonly snapshot: GraphSnapshot;
  /** The rows, one loader for each relation. */
  readonly loaders: Loaders;
}

const WITHOUT_CREDENTIALS: ApiRequest = { headers: {} };

/** The context of one request: the current snapshot and the loaders of its revision. */
export function createContext(store: Store, request: ApiRequest = WITHOUT_CREDENTIALS): Context {
  const snapshot = store.snapshot();
  return {
    request,
    snapshot,
    // Many questions are answered from the snapshot alone.
    get loaders() {
      return sharedLoaders(store.prisma, snapshot);
    },
  };
}
