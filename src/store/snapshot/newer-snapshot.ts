import { Prisma, type PrismaClient } from "../generated/client/client.ts";
import { type Reader, readRevision, readSnapshot } from "./build-snapshot.ts";
import type { GraphSnapshot } from "./graph-snapshot.ts";
import { OWNER_KINDS, type OwnerKind, perOwnerKind, readOwners } from "./owner-rows.ts";
import { type ChangedSlugs, isRenamed, patchedSnapshot } from "./patched-snapshot.ts";

/**
 * The snapshot is patched when at most one owner in four has changed. Above that, patching would still be faster (ESCO
 * in the embedded database takes 0.3 s to read anew; 12,000 of its 17,500 owners take 0.2 s to patch from the change
 * log, 0.02 s from the rows of a write). But it keeps the old requirements until the spare room is used up, and puts
 * the new ones at the end, far from the skills that they lead to.
 */
const PATCHED_PART = 4;
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
  const count = OWNER_KINDS.reduce((sum, kind) => sum + changed[kind].length, 0);
  return count <= Math.min(MAX_PATCHED, last.graph.ownerCount / PATCHED_PART);
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
export async function readNewer(reader: Reader, last: GraphSnapshot): Promise<NewerSnapshot> {
  const changed = await readChangedOwners(reader, last.revision);
  if (!isWorthPatching(last, changed))
    return { snapshot: await readSnapshot(reader), changedSkills: undefined };
  const revision = await readRevision(reader);
  const owners = await readOwners(reader, changed);
  if (isRenamed(last, owners)) return { snapshot: await readSnapshot(reader), changedSkills: undefined };
  return patchedSnapshot(last, revision, changed, owners);
}

/** The owners that revisions after this one have changed. One statement; more than can be patched are not read. */
async function readChangedOwners(reader: Reader, after: number): Promise<ChangedSlugs> {
  return changedOwners(
    await reader.$queryRaw<{ kind: string; slug: string }[]>`
      SELECT DISTINCT "kind"::text AS "kind", "slug" FROM "Change"
      WHERE "revision" > ${after} AND "kind" IN ('SKILL', 'PROJECT', 'ROLE', 'ROADMAP')
      LIMIT ${MAX_PATCHED + 1}`,
  );
}

/** How long reading a whole graph may take: many times what a million skills need. */
const READ_TIMEOUT_MS = 600_000;

/** Runs reads that all see the database as the first of them does, whatever others commit meanwhile. */
export function atOneState<Result>(
  prisma: PrismaClient,
  read: (reader: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  return prisma.$transaction(read, {
    isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
    maxWait: READ_TIMEOUT_MS,
    timeout: READ_TIMEOUT_MS,
  });
}
