import { perKind } from "../rows/entities.ts";
import type { History } from "../rows/read-history.ts";
import type { GraphSnapshot } from "./graph-snapshot.ts";
import { OWNER_KINDS, type OwnerKind, ownersIn, perOwnerKind } from "./owner-rows.ts";
import { patchedSnapshot } from "./patched-snapshot.ts";

/**
 * The graph as it was at an earlier revision, by what has changed since: the snapshot of now, patched. Rows that are gone
 * have ids of their own, which nothing can be read by. O(graph) in plain passes, and what has changed.
 */
export function earlierSnapshot(
  now: GraphSnapshot,
  revision: number,
  { entities, before }: History,
): GraphSnapshot {
  const tables = { SKILL: now.skills, PROJECT: now.projects, ROLE: now.roles, ROADMAP: now.roadmaps };
  const isOwner = (kind: string): kind is OwnerKind => OWNER_KINDS.some((each) => each === kind);
  const changed = perOwnerKind(() => new Set<string>());
  for (const { kind, before: was, after: is } of entities) {
    if (!isOwner(kind)) continue;
    if (was !== undefined) changed[kind].add(was);
    if (is !== undefined) changed[kind].add(is);
  }
  const given = perKind(() => new Map<string, number>());
  const highest = perOwnerKind((kind) => tables[kind].ids.reduce((most, id) => Math.max(most, id), 0));
  const owners = ownersIn(before, {
    next: () => {
      throw new Error("expected no rows to be inserted");
    },
    of: (kind, slug) => {
      if (!isOwner(kind)) throw new Error(`expected the kind of an owner, got ${kind}`);
      const index = tables[kind].indexOf.get(slug);
      const id = index === undefined ? (given[kind].get(slug) ?? ++highest[kind]) : tables[kind].ids[index]!;
      given[kind].set(slug, id);
      return id;
    },
  });
  return patchedSnapshot(
    now,
    revision,
    perOwnerKind((kind) => [...changed[kind]]),
    owners,
  ).snapshot;
}
