import { parse } from "csv-parse/sync";
import { SourceError, type SourceFile } from "./source-files.ts";

/** A row of a CSV file, by the names of its columns. */
export interface CsvRow {
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** What separates cells: the European spreadsheets' semicolon included. */
const SEPARATORS = [",", ";", "\t", "|"];

/**
 * The rows of a CSV file whose first line has the names of the columns. The separator is the one that the first line has
 * most of; a line such as `sep=;`, which tells spreadsheets of it, is passed over. Rows of empty cells are left out.
 * Throws `SourceError` for what is not CSV, with the line. O(length).
 */
export function csvRows({ path, text }: SourceFile): CsvRow[] {
  const written = text().replace(/^\uFEFF/, "");
  const told = /^sep=(.)\r?\n/i.exec(written);
  const body = told === null ? written : written.slice(told[0].length);
  const skipped = told === null ? 0 : 1;
  const [header = ""] = body.split(/\r?\n|\r/, 1);
  const delimiter = told?.[1] ?? mostOf(header);
  const rows: CsvRow[] = [];
  let before = 0;
  try {
    parse(body, {
      delimiter,
      columns: (names: string[]) => names.map((name) => name.trim()),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: ({ record, info }: { record: Record<string, string>; info: { lines: number } }) => {
        const line = skipped + Math.max(before + 1, 2);
        before = info.lines;
        if (Object.values(record).some((cell) => cell.trim() !== "")) rows.push({ line, cells: record });
        return null;
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SourceError(
      `${path}: expected CSV with the names of its columns on the first line, got: ${reason}`,
    );
  }
  return rows;
}

function mostOf(header: string): string {
  const counts = SEPARATORS.map((separator) => header.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))]!;
}
