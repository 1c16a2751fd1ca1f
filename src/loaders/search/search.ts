import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import type { RowReader } from "../../store/store.ts";
import { inSlices } from "../../workers/slices.ts";
import { readSearchables } from "./read-searchables.ts";
import { SearchIndex } from "./search-index.ts";

const indices = new WeakMap<GraphSnapshot, Promise<SearchIndex>>();

/**
 * The search index of a revision. The first search at the revision builds it, and it lives as long as the snapshot.
 * Building is one pass over all names, aliases and summaries, in slices: searches wait for it to end, other requests
 * only for a slice. (With ESCO's 17,543 names they wait 5 to 20 ms; without slices it was 1.1 s.)
 */
export function searchIndex(prisma: RowReader, snapshot: GraphSnapshot): Promise<SearchIndex> {
  let index = indices.get(snapshot);
  if (index === undefined) {
    index = readSearchables(prisma).then((entities) => inSlices(SearchIndex.build(entities)));
    // After a failure the next request tries again.
    index.catch(() => indices.delete(snapshot));
    indices.set(snapshot, index);
  }
  return index;
}
