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
  shapeOf,
  TABLE_NAMES,
  type TableName,
} from "./entities.ts";
import type { GraphRows } from "./graph-rows.ts";

/** Where ids come from. */
export interface Ids {
  /** The id of an entity that is stored or about to be. */
  of(kind: EntityKind, slug: string): number;
  /** An id that no row of the table has. */
  next(table: TableName): number;
}

/** The rows of every table, as they are inserted, in an order in which they can be. */
export type Tables = ReadonlyMap<TableName, readonly RowData[]>;

/**
 * Turns entities into the rows of the tables, as `ENTITIES` describes them: slugs become ids, lists become ordinals
 * and positions. Every reference must be known to `ids`. Entities without an origin get `source`. O(size of the
 * rows).
 *
 * Nodes of requirements get their ids owner by owner and tree by tree in depth-first order, and a roadmap's steps
 * in their order: `readRequirements` reads them in that order.
 */
export function flattenRows(graph: GraphRows, ids: Ids, source: string): Tables {
  const tables = new Map(TABLE_NAMES.map((table): [TableName, RowData[]] => [table, []]));

  /** Adds a row to its table and returns it, for its ids and its number to be filled in. */
  const add = (table: TableName, row: RowData, owner: RowData): Record<string, unknown> => {
    const { blank, fields } = shapeOf(table);
    const stored: Record<string, unknown> = { ...blank };
    Object.assign(stored, owner);
    for (const field of fields) stored[field] = row[field];
    tables.get(table)!.push(stored);
    return stored;
  };

  /** `owner` holds the columns that say what the list belongs to. */
  const addList = (list: ListTable, owner: RowData, items: unknown) => {
    const { table, refers, cited } = list;
    const { hasId, numbering } = shapeOf(table);
    rowsIn(items, list.value).forEach((row, at) => {
      const stored = add(table, row, owner);
      const id = hasId ? ids.next(table) : 0;
      if (hasId) stored.id = id;
      if (numbering !== undefined) stored[numbering.column] = numbering.first + at;
      if (refers !== undefined) {
        const slug = row[refers.field];
        stored[refers.column] = typeof slug === "string" ? ids.of(refers.to, slug) : null;
      }
      if (list.lists !== undefined) addLists(list.lists, id, row);
      if (cited !== undefined) addList(CITATIONS, { subjectKind: cited, subjectId: id }, row.citations);
    });
  };
  const addLists = (lists: Lists, id: number, row: RowData) => {
    for (const [field, list] of Object.entries(lists)) addList(list, { [list.owner]: id }, row[field]);
  };

  const addEntity = (kind: EntityKind, slug: string, row: RowData) => {
    const id = ids.of(kind, slug);
    const subject = { subjectKind: kind, subjectId: id };
    const stored = add(ENTITIES[kind].table, row, { id });
    stored.origin ??= source;
    addList(CITATIONS, subject, row.citations);
    addList(CLAIMS, subject, row.claims);
    addLists(listsOf(kind), id, row);
  };

  for (const kind of ENTITY_KINDS)
    for (const row of graph[ENTITIES[kind].list]) addEntity(kind, row.slug, row);
  return tables;
}
