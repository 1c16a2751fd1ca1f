import { getDatamodel } from "../../store/generated/pothos.ts";

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
