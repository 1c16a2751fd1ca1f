import { createLoaders, type Loaders } from "../loaders/loaders.ts";
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

/**
 * The loaders of each revision, shared by all requests that are answered at it: a row is read once for all of them,
 * and requests that run at the same moment share their statements. They live as long as their snapshot, so a write
 * discards them by moving the revision. They read only public rows; rows that not everybody may see need loaders of
 * their own.
 */
const loadersOf = new WeakMap<GraphSnapshot, Loaders>();

/** The context of one request: the current snapshot and the loaders of its revision. */
export function createContext(store: Store, request: ApiRequest = WITHOUT_CREDENTIALS): Context {
  const snapshot = store.snapshot();
  return {
    request,
    snapshot,
    // Made when they are first needed: many questions are answered from the snapshot alone.
    get loaders() {
      let loaders = loadersOf.get(snapshot);
      if (loaders === undefined) {
        loaders = createLoaders(store.prisma);
        loadersOf.set(snapshot, loaders);
      }
      return loaders;
    },
  };
}
