import { type Loaders, sharedLoaders } from "../loaders/loaders.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import type { Store } from "../store/store.ts";

/** What every resolver of one request sees. */
export interface Context {
  /** Who asks; `undefined`: somebody without credentials. */
  readonly viewer: Viewer | undefined;
  /** The structure at one revision: the request sees no other, however long it takes. */
  readonly snapshot: GraphSnapshot;
  /** The rows, one loader for each relation. */
  readonly loaders: Loaders;
}

export interface Viewer {
  readonly name: string;
}

/** The context of one request: the current snapshot and the loaders of its revision. */
export function createContext(store: Store, viewer?: Viewer): Context {
  const snapshot = store.snapshot();
  return { viewer, snapshot, loaders: sharedLoaders(store.prisma, snapshot) };
}
