import { Prisma } from "../generated/client/client.ts";
import type { Reader } from "../snapshot/build-snapshot.ts";
import type { GraphRows } from "./graph-rows.ts";
import { type HighestIds, highestIdsColumn, parseHighestIds } from "./ids.ts";
import { referencesIn } from "./references.ts";
import { ENTITY_KINDS, ENTITY_TABLES, type EntityKind } from "./tables.ts";

export interface StoredEntity {
  readonly id: number;
  readonly digest: string;
}

/** Stored entities of each kind, by slug: all, or those that rows name. */
export type Stored = Readonly<Record<EntityKind, ReadonlyMap<string, StoredEntity>>>;

/** What a write finds. */
export interface Before {
  readonly revision: number;
  readonly stored: Stored;
  readonly highestIds: HighestIds;
}

/** What PostgreSQL's text cannot hold: the character NUL and halves of surrogate pairs. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/**
 * Reads the revision, the highest ids, and the stored entities that rows are or refer to: time and memory O(size of
 * the rows), however many entities there are. With `all` every entity. One statement.
 */
export async function readBefore(reader: Reader, rows: GraphRows, all: boolean): Promise<Before> {
  const named = all ? undefined : namedSlugs(rows);
  // What is not asked for need not be planned: half the time of the statement for one entity.
  const kinds = ENTITY_KINDS.filter((kind) => named === undefined || named[kind].size > 0);
  const columns = kinds.map((kind) => {
    const table = Prisma.raw(`"${ENTITY_TABLES[kind]}"`);
    return Prisma.sql`, (SELECT json_agg(json_build_array("slug", "id", "digest"))::text FROM ${table}
      WHERE ${named === undefined ? Prisma.sql`true` : isAmong(named[kind])}) AS ${Prisma.raw(`"${kind}"`)}`;
  });
  const [read] = await reader.$queryRaw<
    (Partial<Record<EntityKind, string | null>> & { revision: number; highest: string })[]
  >`
    SELECT (SELECT coalesce(max("number"), 0)::int FROM "Revision") AS "revision",
      ${highestIdsColumn(kinds)} AS "highest"
      ${columns.length === 0 ? Prisma.empty : Prisma.join(columns, "")}`;
  const stored = perKind((kind) => {
    const entities: [slug: string, id: number, digest: string][] = JSON.parse(read?.[kind] ?? "[]");
    return new Map(entities.map(([slug, id, digest]) => [slug, { id, digest }]));
  });
  return { revision: read?.revision ?? 0, stored, highestIds: parseHighestIds(read?.highest ?? "{}") };
}

function namedSlugs(rows: GraphRows): Record<EntityKind, Set<string>> {
  const byKind = entitiesByKind(rows);
  const named = perKind((kind) => new Set(byKind[kind].map(({ slug }) => slug)));
  for (const { to, slug } of referencesIn(rows)) named[to].add(slug);
  return named;
}

function isAmong(slugs: ReadonlySet<string>): Prisma.Sql {
  // What the database cannot hold it cannot be asked for either; such rows are refused when they are inserted.
  const storable = [...slugs].filter((slug) => !UNSTORABLE.test(slug));
  return storable.length === 0 ? Prisma.sql`false` : Prisma.sql`"slug" = ANY(${storable}::text[])`;
}

export function entitiesByKind(
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

export function perKind<T>(make: (kind: EntityKind) => T): Record<EntityKind, T> {
  return {
    DOCUMENT: make("DOCUMENT"),
    SKILL: make("SKILL"),
    RESOURCE: make("RESOURCE"),
    PROJECT: make("PROJECT"),
    ROLE: make("ROLE"),
    ROADMAP: make("ROADMAP"),
  };
}
