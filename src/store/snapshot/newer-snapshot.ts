import type { TableReader } from "../rows/graph-tables.ts";
import type { GraphSnapshot } from "./graph-snapshot.ts";
import { OWNER_KINDS, type OwnerKind, perOwnerKind } from "./owner-rows.ts";
import { type ChangedSlugs, isRenamed, patchedSnapshot } from "./patched-snapshot.ts";

/**
 * The snapshot is patched when at most one owner in four has changed. Above that, patching would still be faster (ESCO
 * in the embedded database takes 0.3 s to read anew; 12,000 of its 17,500 owners take 0.2 s to patch from the change
 * log, 0.02 s from the rows of a write). But it keeps the old requirements until the spare room is used up, and puts
 * the new ones at the end, far from the skills that they lead to.
 */
const PATCHED_PART = 4;
/** So few owners are patched however small the graph is: it takes one statement instead of eleven. */
const ALWAYS_PATCHED = 20;
/** The most owners that are patched: their slugs make one statement of a few megabytes. */
const MAX_PATCHED = 100_000;

/** Changes of rows as the change log holds them. */
type Logged = readonly { readonly kind: string; readonly slug: string }[];

/** The owners among changed entities. */
export function changedOwners(log: Logged): ChangedSlugs {
  const slugs = perOwnerKind(() => new Set<string>());
  for (const { kind, slug } of log) if (isOwnerKind(kind)) slugs[kind].add(slug);
  return perOwnerKind((kind) => [...slugs[kind]]);
}

const isOwnerKind = (kind: string): kind is OwnerKind => OWNER_KINDS.some((each) => each === kind);

/** Whether few enough owners have changed to patch them into the last snapshot. */
export function isWorthPatching(last: GraphSnapshot, changed: ChangedSlugs): boolean {
  return OWNER_KINDS.reduce((sum, kind) => sum + changed[kind].length, 0) <= mostPatched(last);
}

function mostPatched({ graph }: GraphSnapshot): number {
  return Math.min(MAX_PATCHED, Math.max(ALWAYS_PATCHED, Math.floor(graph.ownerCount / PATCHED_PART)));
}

/** A snapshot, and the skills whose requirement has changed; undefined when that is not known. */
export interface NewerSnapshot {
  readonly snapshot: GraphSnapshot;
  readonly changedSkills: readonly number[] | undefined;
}

/**
 * The snapshot of the newest revision: the last one patched where the change log tells of few changes and no other
 * slugs, otherwise read anew. The reader must see one state of the database throughout.
 */
export async function readNewer(reader: TableReader, last: GraphSnapshot): Promise<NewerSnapshot> {
  return (await readPatched(reader, last)) ?? { snapshot: await reader.snapshot(), changedSkills: undefined };
}

/** The last snapshot patched; undefined where it has to be read anew. One statement, so it needs no transaction. */
export async function readPatched(
  reader: TableReader,
  last: GraphSnapshot,
): Promise<NewerSnapshot | undefined> {
  const changed = await reader.changedOwners(last.revision, mostPatched(last));
  if (changed === undefined || isRenamed(last, changed.owners)) return undefined;
  return patchedSnapshot(last, changed.revision, changed.slugs, changed.owners);
}
