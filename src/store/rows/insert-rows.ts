import { Prisma } from "../generated/client/client.ts";
import { isStorableJson } from "../storable-text.ts";
import { GraphWriteError } from "../store-errors.ts";
import type { TableName } from "./entities.ts";

/** How many rows go into one statement: a few megabytes of JSON at most. */
const ROWS_PER_STATEMENT = 10_000;

const quote = (name: string): Prisma.Sql => Prisma.raw(`"${name}"`);

export type InsertedTable = TableName | "Revision" | "Change";

/**
 * Inserts rows, table by table; a row whose `id` is stored already gets the new values. All rows of a
 * table have the same columns. Ends with what `last` selects.
 *
 * The rows of a table travel as one JSON parameter: no limit of 32,767 parameters, and 20,000 rows take a
 * twelfth of the time of `createMany`, which compiles each statement anew. Small tables go in one statement
 * together: references between them are checked at its end.
 */
export async function insertRows(
  transaction: Prisma.TransactionClient,
  tables: readonly (readonly [table: InsertedTable, rows: readonly object[]])[],
  last: Prisma.Sql = Prisma.empty,
): Promise<void> {
  let parts: Prisma.Sql[] = [];
  let size = 0;
  const send = async (selected: Prisma.Sql) => {
    if (parts.length === 0) return;
    const named = parts.map((part, nth) => Prisma.sql`${Prisma.raw(`part${nth}`)} AS (${part})`);
    parts = [];
    size = 0;
    await transaction.$executeRaw`WITH ${Prisma.join(named)} SELECT ${selected}`;
  };
  for (const [table, rows] of tables)
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
      const chunk = rows.slice(start, start + ROWS_PER_STATEMENT);
      if (size + chunk.length > ROWS_PER_STATEMENT) await send(Prisma.empty);
      parts.push(insertion(table, chunk));
      size += chunk.length;
    }
  await send(last);
}

function insertion(table: InsertedTable, rows: readonly object[]): Prisma.Sql {
  const names = Object.keys(rows[0]!);
  const columns = Prisma.join(names.map(quote));
  const replace = names.includes("id")
    ? Prisma.sql`ON CONFLICT ("id") DO UPDATE SET ${Prisma.join(
        names.map((name) => Prisma.sql`${quote(name)} = EXCLUDED.${quote(name)}`),
      )}`
    : Prisma.empty;
  const json = JSON.stringify(rows);
  if (!isStorableJson(json)) throw unstorable(table, rows);
  return Prisma.sql`INSERT INTO ${quote(table)} (${columns})
    SELECT ${columns} FROM json_populate_recordset(NULL::${quote(table)}, ${json}::json)
    ${replace}`;
}

function unstorable(table: string, rows: readonly object[]): GraphWriteError {
  const row = rows.map((each) => JSON.stringify(each)).find((json) => !isStorableJson(json));
  return new GraphWriteError(
    "INVALID_TEXT",
    `expected text without the character NUL and without halves of surrogate pairs, got the ${table} row ${row}.`,
  );
}
