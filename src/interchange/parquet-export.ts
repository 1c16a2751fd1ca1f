import { parquetWriteBuffer } from "hyparquet-writer";
import type { Column } from "./columns.ts";
import { type ExportedGraph, noteOf } from "./exported-graph.ts";

/** Types as Parquet has them. */
const TYPES = { string: "STRING", integer: "INT32", number: "DOUBLE", boolean: "BOOLEAN" } as const;

/**
 * A table as a Parquet file, which DuckDB, pandas and Polars read column by column. Text is compressed with Snappy, which
 * every reader knows. What the columns mean stands in the metadata of the file. O(cells), all in memory.
 */
export function* exportParquet<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  graph: ExportedGraph,
): Generator<Uint8Array> {
  const described = Object.fromEntries(columns.map(({ name, description }) => [name, description]));
  const file = parquetWriteBuffer({
    columnData: columns.map(({ name, type, of }) => ({ name, type: TYPES[type], data: rows.map(of) })),
    kvMetadata: [
      { key: "note", value: noteOf(graph, TABLES_LACK) },
      { key: "columns", value: JSON.stringify(described) },
    ],
    createdBy: "skills-graph",
  });
  yield new Uint8Array(file);
}

/** What tables leave out. */
const TABLES_LACK = "citations, aliases, reasons, notes, claims, documents and steps";
