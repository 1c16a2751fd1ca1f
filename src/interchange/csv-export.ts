import type { Column } from "./columns.ts";

/**
 * What spreadsheets may take for a formula when a cell begins with it. An apostrophe before it makes it text; cells
 * that begin with apostrophes before such a character get one more, so that taking one off gives back what was written.
 */
const FORMULA = /^'*[=+\-@\t\r]/;

/** A table as CSV (RFC 4180) in UTF-8: commas, CRLF, a first line with the names of the columns. O(cells). */
export function* exportCsv<Row>(
  columns: readonly Pick<Column<Row>, "name" | "of">[],
  rows: Iterable<Row>,
): Generator<string> {
  yield `${columns.map(({ name }) => name).join(",")}\r\n`;
  for (const row of rows) yield `${columns.map(({ of }) => cellOf(of(row))).join(",")}\r\n`;
}

function cellOf(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
