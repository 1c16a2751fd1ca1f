import { Prisma } from "../generated/client/client.ts";
import type { SubjectKind } from "../generated/client/enums.ts";
import type { Reader } from "../snapshot/build-snapshot.ts";
import { isStorable } from "../storable-text.ts";
import {
  CITATIONS,
  CLAIMS,
  ENTITIES,
  ENTITY_KINDS,
  type EntityKind,
  type Lists,
  type ListTable,
  listsOf,
  shapeOf,
  type TableName,
} from "./entities.ts";
import { type GraphRows, NO_ROWS } from "./graph-rows.ts";

/** Entities by kind and slug. */
export type EntitySlugs = Readonly<Record<EntityKind, readonly string[]>>;

/**
 * Reads the whole graph, or the entities of these slugs, as the rows that `Store.write` takes: writing them again
 * changes nothing. Entities come in the order of their slugs, lists in the author's order.
 *
 * One statement, which sees one state of the database whatever else commits meanwhile. Time and memory
 * O(rows read).
 */
export async function readGraphRows(reader: Reader, slugs?: EntitySlugs): Promise<GraphRows> {
  return readWhere(reader, (kind) => {
    const among = slugs?.[kind].filter(isStorable);
    if (among === undefined) return Prisma.empty;
    return among.length === 0 ? undefined : Prisma.sql`WHERE "slug" = ANY(${among}::text[])`;
  });
}

/** Reads the entities of these ids; see `readGraphRows`. */
export async function readRowsOfIds(
  reader: Reader,
  ids: Readonly<Record<EntityKind, readonly number[]>>,
): Promise<GraphRows> {
  return readWhere(reader, (kind) =>
    ids[kind].length === 0 ? undefined : Prisma.sql`WHERE "id" = ANY(${[...ids[kind]]}::int[])`,
  );
}

/** `where`: the condition on a kind; `undefined` for none of it, which is left out: it would have to be planned. */
async function readWhere(
  reader: Reader,
  where: (kind: EntityKind) => Prisma.Sql | undefined,
): Promise<GraphRows> {
  const columns = ENTITY_KINDS.flatMap((kind) => {
    const condition = where(kind);
    if (condition === undefined) return [];
    return Prisma.sql`(${Prisma.raw(entities(kind))} ${condition})::text AS ${Prisma.raw(`"${kind}"`)}`;
  });
  if (columns.length === 0) return NO_ROWS;
  const statement = Prisma.sql`SELECT ${Prisma.join(columns)}`;
  const [read] = await reader.$queryRaw<Partial<Record<EntityKind, string | null>>[]>(statement);
  return {
    documents: JSON.parse(read?.DOCUMENT ?? "[]"),
    skills: JSON.parse(read?.SKILL ?? "[]"),
    resources: JSON.parse(read?.RESOURCE ?? "[]"),
    projects: JSON.parse(read?.PROJECT ?? "[]"),
    roles: JSON.parse(read?.ROLE ?? "[]"),
    roadmaps: JSON.parse(read?.ROADMAP ?? "[]"),
  };
}

/** The entities of a kind as a JSON array. The database puts the rows together: the reverse of `flattenRows`. */
function entities(kind: EntityKind): string {
  const { table } = ENTITIES[kind];
  const fields = [...fieldsOf(table), ...listsIn(listsOf(kind), table)];
  if (kind !== "DOCUMENT")
    fields.push(
      ["claims", evidenceOf(kind, table, CLAIMS)],
      ["citations", evidenceOf(kind, table, CITATIONS)],
    );
  return `SELECT json_agg(${object(fields)} ORDER BY "slug" COLLATE "C") FROM "${table}"`;
}

/** A field of a row, and the SQL of its value. */
type Field = readonly [name: string, value: string];

function object(fields: readonly Field[]): string {
  return `json_build_object(${fields.map(([name, value]) => `'${name}', ${value}`).join(", ")})`;
}

function fieldsOf(table: TableName): Field[] {
  return shapeOf(table).fields.map((name) => [name, `"${table}"."${name}"`]);
}

/** The lists of a row of the table above. */
function listsIn(lists: Lists, above: TableName): Field[] {
  return Object.entries(lists).map(([field, list]) => [
    field,
    rowsOf(list, `"${list.owner}" = "${above}"."id"`),
  ]);
}

/** The citations or claims of a row of the table above. */
function evidenceOf(kind: SubjectKind, above: TableName, list: ListTable): string {
  return rowsOf(list, `"subjectKind" = '${kind}' AND "subjectId" = "${above}"."id"`);
}

/** The rows of a list that meet a condition, as a JSON array in the author's order. */
function rowsOf({ table, refers, value, cited, lists = {} }: ListTable, condition: string): string {
  const fields = fieldsOf(table);
  if (refers !== undefined) {
    const { field, to, column } = refers;
    fields.push([
      field,
      `(SELECT "slug" FROM "${ENTITIES[to].table}" AS named WHERE named."id" = "${table}"."${column}")`,
    ]);
  }
  fields.push(...listsIn(lists, table));
  if (cited !== undefined) fields.push(["citations", evidenceOf(cited, table, CITATIONS)]);
  const row = value === undefined ? object(fields) : new Map(fields).get(value);
  const { numbering, hasId } = shapeOf(table);
  const order = numbering?.column ?? (hasId ? "id" : "line");
  return `(SELECT coalesce(json_agg(${row} ORDER BY "${table}"."${order}"), '[]') FROM "${table}" WHERE ${condition})`;
}
