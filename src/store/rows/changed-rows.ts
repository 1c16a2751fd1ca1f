import { contentDigest } from "./entity-digest.ts";
import type { GraphRows } from "./graph-rows.ts";

/**
 * The entities that say something else than the stored ones which they were made from. They get the digest of what they
 * say, and the source of the write that they go into. O(size of the rows).
 */
export function changedRows(rows: GraphRows, stored: GraphRows): GraphRows {
  const untouched = new Set<object>(Object.values(stored).flat());
  const ifChanged = <Row extends { readonly digest: string; readonly origin?: string }>(row: Row): Row[] => {
    if (untouched.has(row)) return [];
    const digest = contentDigest(row);
    return digest === row.digest ? [] : [{ ...row, digest, origin: undefined }];
  };
  return {
    documents: rows.documents.flatMap(ifChanged),
    skills: rows.skills.flatMap(ifChanged),
    resources: rows.resources.flatMap(ifChanged),
    projects: rows.projects.flatMap(ifChanged),
    roles: rows.roles.flatMap(ifChanged),
    roadmaps: rows.roadmaps.flatMap(ifChanged),
  };
}
