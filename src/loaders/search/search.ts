import type { PrismaClient } from "../../store/generated/client/client.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { inSlices } from "../../workers/slices.ts";
import { readSearchables } from "./read-searchables.ts";
import { SearchIndex } from "./search-index.ts";

const indices = new WeakMap<GraphSnapshot, Promise<SearchIndex>>();

/**
 * The search index of a revision: read and built by the first request that searches at it, and kept as long
 * as its snapshot. One pass over all names, aliases and summaries, in parts: who searches meanwhile waits, all
 * others have their turn. (At ESCO's 17,543 names others wait 5 to 20 ms; for all of it in one go it was 1.1 s.)
 */
export function searchIndex(prisma: PrismaClient, snapshot: GraphSnapshot): Promise<SearchIndex> {
  let index = indices.get(snapshot);
  if (index === undefined) {
    index = readSearchables(prisma).then((entities) => inSlices(SearchIndex.build(entities)));
    // A failure is not kept: the next request tries again.
    index.catch(() => indices.delete(snapshot));
    indices.set(snapshot, index);
  }
  return index;
}
