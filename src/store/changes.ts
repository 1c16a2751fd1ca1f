import type { Reader } from "./build-snapshot.ts";
import { Prisma } from "./generated/client/client.ts";
import type { Operation } from "./generated/client/enums.ts";
import type { GraphRows } from "./graph-rows.ts";
import { type Reference, referencesIn } from "./references.ts";
import { GraphWriteError } from "./store-errors.ts";
import { ENTITY_KINDS, ENTITY_TABLES, type EntityKind } from "./tables.ts";

export interface StoredEntity {
  readonly id: number;
  readonly digest: string;
}

/** Stored entities of each kind, by slug: all, or those that rows name. */
export type Stored = Readonly<Record<EntityKind, ReadonlyMap<string, StoredEntity>>>;

/** What a write has to do. */
export interface Changes {
  /** The entities that are new or differ from the stored ones. */
  readonly rows: GraphRows;
  readonly stored: Stored;
  readonly updatedIds: Readonly<Record<EntityKind, readonly number[]>>;
  readonly deletedIds: Readonly<Record<EntityKind, readonly number[]>>;
  /** One entry per entity, kind by kind in the order of slugs. */
  readonly log: readonly { kind: EntityKind; slug: string; operation: Operation }[];
  /** How many entities of the rows are stored already as they are. */
  readonly unchanged: number;
}

/** What PostgreSQL's text cannot hold: the character NUL and halves of surrogate pairs. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** How many dangling references a message lists. */
const MAX_LISTED = 20;

/** Reads id and digest of every entity. One statement. Time and memory O(entities). */
export async function readAllStored(reader: Reader): Promise<Stored> {
  return readEntities(reader, () => Prisma.sql`true`);
}

/**
 * Reads id and digest of the stored entities that rows are or refer to. One statement. Time and memory O(size of
 * the rows), however many entities there are.
 */
export async function readStoredOf(reader: Reader, rows: GraphRows): Promise<Stored> {
  const byKind = entitiesByKind(rows);
  const named = perKind((kind) => new Set(byKind[kind].map(({ slug }) => slug)));
  for (const { to, slug } of referencesIn(rows)) named[to].add(slug);
  return readEntities(reader, (kind) => {
    // What the database cannot hold it cannot be asked for either; the rows are refused when they are inserted.
    const slugs = [...named[kind]].filter((slug) => !UNSTORABLE.test(slug));
    return slugs.length === 0 ? Prisma.sql`false` : Prisma.sql`"slug" = ANY(${slugs}::text[])`;
  });
}

async function readEntities(reader: Reader, which: (kind: EntityKind) => Prisma.Sql): Promise<Stored> {
  const columns = ENTITY_KINDS.map((kind) => {
    const table = Prisma.raw(`"${ENTITY_TABLES[kind]}"`);
    return Prisma.sql`(SELECT json_agg(json_build_array("slug", "id", "digest"))::text FROM ${table}
      WHERE ${which(kind)}) AS ${Prisma.raw(`"${kind}"`)}`;
  });
  const [read] = await reader.$queryRaw<Record<EntityKind, string | null>[]>`SELECT ${Prisma.join(columns)}`;
  return perKind((kind) => {
    const rows: [slug: string, id: number, digest: string][] = JSON.parse(read?.[kind] ?? "[]");
    return new Map(rows.map(([slug, id, digest]) => [slug, { id, digest }]));
  });
}

/**
 * Compares rows with what is stored. Throws `GraphWriteError` with `UNKNOWN_REFERENCE` when a row refers to
 * what is neither stored nor among the rows, or is to be deleted.
 */
export function planChanges(rows: GraphRows, stored: Stored, replace: boolean): Changes {
  const byKind = entitiesByKind(rows);
  const log: { kind: EntityKind; slug: string; operation: Operation }[] = [];
  const updatedIds = perKind((): number[] => []);
  const deletedIds = perKind((): number[] => []);
  const changed = perKind(() => new Set<string>());
  let unchanged = 0;
  for (const kind of ENTITY_KINDS) {
    const ofKind: typeof log = [];
    for (const { slug, digest } of byKind[kind]) {
      const before = stored[kind].get(slug);
      if (before?.digest === digest) {
        unchanged++;
        continue;
      }
      changed[kind].add(slug);
      ofKind.push({ kind, slug, operation: before === undefined ? "CREATED" : "UPDATED" });
      if (before !== undefined) updatedIds[kind].push(before.id);
    }
    if (replace) {
      const kept = new Set(byKind[kind].map(({ slug }) => slug));
      for (const [slug, { id }] of stored[kind]) {
        if (kept.has(slug)) continue;
        ofKind.push({ kind, slug, operation: "DELETED" });
        deletedIds[kind].push(id);
      }
    }
    log.push(...ofKind.toSorted((a, b) => (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0)));
  }
  const onlyChanged: GraphRows = {
    documents: rows.documents.filter(({ slug }) => changed.DOCUMENT.has(slug)),
    skills: rows.skills.filter(({ slug }) => changed.SKILL.has(slug)),
    resources: rows.resources.filter(({ slug }) => changed.RESOURCE.has(slug)),
    projects: rows.projects.filter(({ slug }) => changed.PROJECT.has(slug)),
    roles: rows.roles.filter(({ slug }) => changed.ROLE.has(slug)),
    roadmaps: rows.roadmaps.filter(({ slug }) => changed.ROADMAP.has(slug)),
  };
  // Where entities go, the ones that stay as they are may refer to them as well.
  const given = perKind((kind) => new Set(byKind[kind].map(({ slug }) => slug)));
  refuseDangling(
    replace ? rows : onlyChanged,
    ({ to, slug }) => given[to].has(slug) || (!replace && stored[to].has(slug)),
  );
  return { rows: onlyChanged, stored, updatedIds, deletedIds, log, unchanged };
}

function refuseDangling(rows: GraphRows, exists: (reference: Reference) => boolean): void {
  const dangling: string[] = [];
  const slugs = new Set<string>();
  for (const reference of referencesIn(rows)) {
    if (exists(reference)) continue;
    const { from, fromSlug, to, slug } = reference;
    slugs.add(slug);
    dangling.push(`the ${from.toLowerCase()} "${fromSlug}" refers to the ${to.toLowerCase()} "${slug}"`);
  }
  if (dangling.length === 0) return;
  const more = dangling.length > MAX_LISTED ? ` and ${dangling.length - MAX_LISTED} more` : "";
  throw new GraphWriteError(
    "UNKNOWN_REFERENCE",
    `expected every reference to lead to an entity, but ${dangling.slice(0, MAX_LISTED).join(", ")}${more}, and there is no such entity.`,
    [...slugs],
  );
}

function entitiesByKind(
  rows: GraphRows,
): Record<EntityKind, readonly { readonly slug: string; readonly digest: string }[]> {
  return {
    DOCUMENT: rows.documents,
    SKILL: rows.skills,
    RESOURCE: rows.resources,
    PROJECT: rows.projects,
    ROLE: rows.roles,
    ROADMAP: rows.roadmaps,
  };
}

function perKind<T>(make: (kind: EntityKind) => T): Record<EntityKind, T> {
  return {
    DOCUMENT: make("DOCUMENT"),
    SKILL: make("SKILL"),
    RESOURCE: make("RESOURCE"),
    PROJECT: make("PROJECT"),
    ROLE: make("ROLE"),
    ROADMAP: make("ROADMAP"),
  };
}
