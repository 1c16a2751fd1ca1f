import type { Loaders } from "../../loaders/loaders.ts";
import { getDatamodel } from "../../store/generated/pothos.ts";
import type { Context } from "../context.ts";
import { type OwnerHandle, type OwnerType, rowId } from "./entity.ts";
import { orStale } from "./errors.ts";

const { models } = getDatamodel().datamodel;

/** The description of a table in the Prisma schema. Throws on a table that has none. */
export function tableDescription(table: string): string {
  const text = models[table]?.documentation;
  if (text === undefined) throw new Error(`expected the Prisma model ${table} to have a /// comment`);
  return text;
}

/** The description of a column in the Prisma schema. Throws on a column that has none. */
export function columnDescription(table: string, column: string): string {
  const text = models[table]?.fields.find((field) => field.name === column)?.documentation;
  if (text === undefined)
    throw new Error(`expected the Prisma column ${table}.${column} to have a /// comment`);
  return text;
}

/**
 * For owners, whose parent object is not their row: gives the description and the resolver of a field that is a
 * column of the row.
 */
export function columnsOf<Row extends object>(
  table: OwnerType,
  loaderOf: (loaders: Loaders) => { load(id: number): Promise<Row | undefined> },
) {
  return <Column extends keyof Row & string>(column: Column) => ({
    description: columnDescription(table, column),
    resolve: async (owner: OwnerHandle, _args: object, { snapshot, loaders }: Context) => {
      const row = await loaderOf(loaders).load(rowId(snapshot, owner));
      return orStale(row, `A ${table.toLowerCase()}`)[column];
    },
  });
}
