import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { Column } from "./columns.ts";
import { type ExportedGraph, noteOf, type Rows } from "./exported-graph.ts";

/** Types as Parquet has them. */
const TYPES = { string: "STRING", integer: "INT32", number: "DOUBLE", boolean: "BOOLEAN" } as const;

/**
 * How many cells are in a group of rows: each takes some 40 ms, between which others can use the thread, and is in memory as a
 * whole. Each has dictionaries of its own, so larger ones would repeat fewer words.
 */
const CELLS_IN_GROUP = 180_000;

/** Texts of which fewer than this share differ are numbers in a dictionary: the library itself would want half the size. */
const MOST_DIFFERENT = 0.7;

/**
 * A table as a Parquet file, which DuckDB, pandas and Polars read column by column. Text is compressed with Snappy, which
 * every reader knows. What the columns mean stands in the metadata of the file. A piece for each group of rows. O(cells).
 */
export function* exportParquet<Row>(
  columns: readonly Column<Row>[],
  rows: Rows<Row>,
  graph: ExportedGraph,
): Generator<Uint8Array> {
  const rowsInGroup = Math.ceil(CELLS_IN_GROUP / columns.length);
  const described = Object.fromEntries(columns.map(({ name, description }) => [name, description]));
  const columnsOf = (some: readonly Row[]) =>
    columns.map(({ name, type, of, isAlways }) => {
      const data = some.map(of);
      const isDictionary = type === "string" && new Set(data).size < MOST_DIFFERENT * data.length;
      return {
        name,
        type: TYPES[type],
        data,
        nullable: !isAlways,
        ...(isDictionary && { encoding: "RLE_DICTIONARY" as const }),
      };
    });
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: columnsOf([]) }),
    kvMetadata: [
      { key: "note", value: noteOf(graph, TABLES_LACK) },
      { key: "columns", value: JSON.stringify(described) },
    ],
    createdBy: "skills-graph",
  });
  for (let first = 0; first < rows.length; first += rowsInGroup) {
    const length = Math.min(rowsInGroup, rows.length - first);
    writer.write({
      columnData: columnsOf(Array.from({ length }, (_, at) => rows.at(first + at)!)),
      rowGroupSize: rowsInGroup,
    });
    yield taken();
  }
  writer.finish();
  yield taken();

  /** What has been written since the last time. Places in the file count on from there. */
  function taken(): Uint8Array {
    const piece = bytes.getBytes().slice();
    bytes.index = 0;
    return piece;
  }
}

/** What tables leave out. */
const TABLES_LACK = "citations, aliases, reasons, notes, claims, documents and steps";
