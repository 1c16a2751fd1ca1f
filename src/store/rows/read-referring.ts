import { Prisma } from "../generated/client/client.ts";
import type { Reader } from "../snapshot/build-snapshot.ts";
import { isStorable } from "../storable-text.ts";
import { ENTITIES, ENTITY_KINDS, type EntityKind, type Lists, listsOf, perKind } from "./entities.ts";
import type { GraphRows } from "./graph-rows.ts";
import { type EntitySlugs, readGraphRows } from "./read-graph.ts";

/**
 * The entities that refer to one of a kind, by its slug; citations aside. One statement that goes by the indices of the
 * columns: time O(references found).
 */
export async function readReferring(
  reader: Reader,
  to: Exclude<EntityKind, "DOCUMENT">,
  slug: string,
): Promise<EntitySlugs> {
  if (!isStorable(slug)) return perKind(() => []);
  const columns = ENTITY_KINDS.map((kind) => {
    const owners = ownersOf(listsOf(kind), to);
    const found = owners.length === 0 ? "SELECT NULL::int WHERE false" : owners.join(" UNION ALL ");
    return `(SELECT json_agg("slug" ORDER BY "slug" COLLATE "C")::text FROM "${ENTITIES[kind].table}"
      WHERE "id" IN (${found})) AS "${kind}"`;
  });
  const table = Prisma.raw(`"${ENTITIES[to].table}"`);
  const [read] = await reader.$queryRaw<Partial<Record<EntityKind, string | null>>[]>`
    WITH referred AS (SELECT "id" FROM ${table} WHERE "slug" = ${slug})
    SELECT ${Prisma.raw(columns.join(", "))}`;
  return perKind((kind) => JSON.parse(read?.[kind] ?? "[]"));
}

/** For each list, or list below one, that refers to entities of a kind: a query for the ids of what it belongs to. */
function ownersOf(lists: Lists, to: EntityKind): string[] {
  return Object.values(lists).flatMap(({ table, owner, refers, lists: below = {} }) => {
    const from = `SELECT "${owner}" FROM "${table}" WHERE`;
    const found = ownersOf(below, to).map((rows) => `${from} "id" IN (${rows})`);
    return refers?.to === to ? [`${from} "${refers.column}" = (SELECT "id" FROM referred)`, ...found] : found;
  });
}

/** An entity with all that refers to it, and others of its kind. Two statements. */
export async function readWithReferring(
  reader: Reader,
  kind: Exclude<EntityKind, "DOCUMENT">,
  slug: string,
  others: readonly string[] = [],
): Promise<GraphRows> {
  const slugs = await readReferring(reader, kind, slug);
  return readGraphRows(
    reader,
    perKind((each) => (each === kind ? [...new Set([...slugs[each], slug, ...others])] : slugs[each])),
  );
}
