import { Prisma } from "../generated/client/client.ts";
import type { Reader } from "../snapshot/build-snapshot.ts";
import { isStorable } from "../storable-text.ts";
import type { Deletions } from "./changes.ts";
import { ENTITIES, ENTITY_KINDS, type EntityKind, perKind } from "./entities.ts";
import type { GraphRows } from "./graph-rows.ts";
import { type HighestIds, highestIdsColumn, parseHighestIds } from "./ids.ts";
import { referencesIn } from "./references.ts";

export interface StoredEntity {
  readonly id: number;
  readonly digest: string;
}

/** Stored entities of each kind, by slug, a renamed one by its new slug: all, or those that rows name. */
export type Stored = Readonly<Record<EntityKind, ReadonlyMap<string, StoredEntity>>>;

/** What is stored when a write begins. */
export interface Before {
  readonly revision: number;
  readonly stored: Stored;
  readonly highestIds: HighestIds;
}

/**
 * Reads the revision, the highest ids, and the stored entities that rows are or refer to: time and memory O(size of
 * the rows), however many entities there are. Also these
 * others; with `all` every entity. One statement.
 */
export async function readBefore(
  reader: Reader,
  rows: GraphRows,
  all: boolean,
  others: Deletions = {},
): Promise<Before> {
  const named = all ? undefined : namedSlugs(rows);
  for (const kind of ENTITY_KINDS) for (const slug of others[kind] ?? []) named?.[kind].add(slug);
  // Kinds that nothing is asked of are left out: for one entity, planning them would double the time.
  const kinds = ENTITY_KINDS.filter((kind) => named === undefined || named[kind].size > 0);
  const columns = kinds.map((kind) => {
    const table = Prisma.raw(`"${ENTITIES[kind].table}"`);
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
  for (const [kind, slug, before] of renamedIn(rows, stored)) {
    stored[kind].set(slug, stored[kind].get(before)!);
    stored[kind].delete(before);
  }
  return { revision: read?.revision ?? 0, stored, highestIds: parseHighestIds(read?.highest ?? "{}") };
}

/** The entities among rows that are stored under a slug that the row gives as a former one. */
export function* renamedIn(
  rows: GraphRows,
  stored: Readonly<Record<EntityKind, { has(slug: string): boolean }>>,
): Generator<[kind: EntityKind, slug: string, before: string]> {
  for (const kind of ENTITY_KINDS)
    for (const row of rows[ENTITIES[kind].list]) {
      if (!("formerSlugs" in row) || stored[kind].has(row.slug)) continue;
      const before = row.formerSlugs.find((slug) => stored[kind].has(slug));
      if (before !== undefined) yield [kind, row.slug, before];
    }
}

function namedSlugs(rows: GraphRows): Record<EntityKind, Set<string>> {
  const named = perKind((kind) => new Set(rows[ENTITIES[kind].list].map(({ slug }) => slug)));
  for (const { to, slug } of referencesIn(rows)) named[to].add(slug);
  for (const kind of ENTITY_KINDS)
    for (const row of rows[ENTITIES[kind].list])
      if ("formerSlugs" in row) for (const slug of row.formerSlugs) named[kind].add(slug);
  return named;
}

function isAmong(slugs: ReadonlySet<string>): Prisma.Sql {
  // The database cannot be asked for text that it cannot hold. Such rows are refused when they are inserted.
  const storable = [...slugs].filter(isStorable);
  return storable.length === 0 ? Prisma.sql`false` : Prisma.sql`"slug" = ANY(${storable}::text[])`;
}
