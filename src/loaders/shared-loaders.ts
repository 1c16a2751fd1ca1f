import type { PrismaClient } from "../store/generated/client/client.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import { createLoaders, type Loaders } from "./loaders.ts";

const loadersOfSnapshot = new WeakMap<GraphSnapshot, Loaders>();

/**
 * The loaders of a revision, shared by all requests that are answered at it: what one has read no other reads
 * again, and requests at the same moment share their statements. They go when their snapshot goes, so a write
 * invalidates them by moving the revision. Everything they read is public; rows that are not need loaders of
 * their own.
 */
export function sharedLoaders(prisma: PrismaClient, snapshot: GraphSnapshot): Loaders {
  let loaders = loadersOfSnapshot.get(snapshot);
  if (loaders === undefined) {
    loaders = createLoaders(prisma);
    loadersOfSnapshot.set(snapshot, loaders);
  }
  return loaders;
}
