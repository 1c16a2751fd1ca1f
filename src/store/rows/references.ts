import {
  CITATIONS,
  CLAIMS,
  ENTITIES,
  ENTITY_KINDS,
  type EntityKind,
  type Lists,
  type ListTable,
  listsOf,
  type RowData,
  rowsIn,
} from "./entities.ts";
import type { GraphRows } from "./graph-rows.ts";

/** A mention of one entity by another. */
export interface Reference {
  /** The list of rows the reference stands in. */
  readonly from: EntityKind;
  readonly fromSlug: string;
  readonly to: EntityKind;
  readonly slug: string;
}

/** Every reference in the rows, entity by entity; the same one may come more than once. O(size of the rows). */
export function* referencesIn(rows: GraphRows): Generator<Reference> {
  for (const from of ENTITY_KINDS) {
    const lists = { ...listsOf(from), citations: CITATIONS, claims: CLAIMS };
    for (const row of rows[ENTITIES[from].list])
      for (const [to, slug] of referencesOf(lists, row)) yield { from, fromSlug: row.slug, to, slug };
  }
}

function* referencesOf(lists: Lists, row: RowData): Generator<[to: EntityKind, slug: string]> {
  for (const [field, list] of Object.entries(lists))
    for (const item of rowsIn(row[field], list.value)) {
      const slug = list.refers && item[list.refers.field];
      if (list.refers !== undefined && typeof slug === "string") yield [list.refers.to, slug];
      yield* referencesOf(belowOf(list), item);
    }
}

function belowOf({ lists, cited }: ListTable): Lists {
  return cited === undefined ? (lists ?? {}) : { ...lists, citations: CITATIONS };
}
