import type { Prisma } from "../generated/client/client.ts";
import type { Changes, LoggedChange } from "./changes.ts";
import { ENTITIES, ENTITY_KINDS, type EntityKind, perKind } from "./entities.ts";
import type { GraphRows } from "./graph-rows.ts";
import { readRowsOfIds } from "./read-graph.ts";

/**
 * The most entities of one write that the change log keeps as they were before. Whoever replaces more, as a new edition of a
 * catalogue does, has the file of the old one, and the log would become larger than the graph.
 */
export const MAX_KEPT_ENTITIES = 5_000;

/** An entity as a list of `GraphRows` has it. */
export type EntityRow = GraphRows[keyof GraphRows][number];

/** What an entity was before a change; undefined for new ones, and where it was not kept. */
export type Overwritten = (change: LoggedChange) => EntityRow | undefined;

/**
 * Reads the entities that a write is about to change or delete, under its lock and before it does. One statement, none
 * where all are new. The log keeps them and not what they become, which is what the next change of them keeps, or the
 * tables have: so what is only ever written once is not stored twice.
 */
export async function readOverwritten(
  transaction: Prisma.TransactionClient,
  { updatedIds, deletedIds, rows }: Changes,
): Promise<Overwritten> {
  const ids = perKind((kind) => [...updatedIds[kind], ...deletedIds[kind]]);
  const count = ENTITY_KINDS.reduce((sum, kind) => sum + ids[kind].length, 0);
  if (count === 0 || count > MAX_KEPT_ENTITIES) return () => undefined;
  const before = await readRowsOfIds(transaction, ids);
  const bySlug = perKind((kind) => rowsBySlug(before, kind));
  const written = perKind((kind) => rowsBySlug(rows, kind));
  return ({ kind, slug, operation }) => {
    if (operation === "CREATED") return undefined;
    const row = written[kind].get(slug);
    // A renamed one was stored under a slug that it now has as a former one.
    const formerSlugs = row !== undefined && "formerSlugs" in row ? row.formerSlugs : [];
    const former = formerSlugs.find((each) => bySlug[kind].has(each) && !written[kind].has(each));
    return bySlug[kind].get(slug) ?? (former === undefined ? undefined : bySlug[kind].get(former));
  };
}

function rowsBySlug(rows: GraphRows, kind: EntityKind): ReadonlyMap<string, EntityRow> {
  return new Map(rows[ENTITIES[kind].list].map((row) => [row.slug, row]));
}
