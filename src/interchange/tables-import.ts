import type { ReadGraph } from "../seeding/read-graph-file.ts";
import { csvRows } from "./csv-rows.ts";
import { graphOfRows, type ImportedRow } from "./imported-graph.ts";
import { SourceError, type SourceFile } from "./source-files.ts";

const named = (files: readonly SourceFile[], what: string) =>
  files.find(({ name }) => new RegExp(`(^|[-_])${what}\\.csv$`, "i").test(name));

export function isTables(files: readonly SourceFile[]): boolean {
  return named(files, "nodes") !== undefined && named(files, "edges") !== undefined;
}

/** A folder with `nodes.csv`, `edges.csv` and perhaps `groups.csv`, as we export them. See `graphOfRows`. O(rows). */
export function importTables(files: readonly SourceFile[], defaults: { readonly hours: number }): ReadGraph {
  const nodes = named(files, "nodes");
  const edges = named(files, "edges");
  if (nodes === undefined || edges === undefined)
    throw new SourceError("expected a folder with nodes.csv and edges.csv, found none of that name");
  const groups = named(files, "groups");
  return graphOfRows(
    { nodes: rowsOf(nodes), edges: rowsOf(edges), groups: groups === undefined ? [] : rowsOf(groups) },
    defaults,
  );
}

function rowsOf(file: SourceFile): ImportedRow[] {
  return csvRows(file).map(({ line, cells }) => {
    const values = Object.entries(cells).flatMap(([name, cell]) =>
      cell === "" ? [] : [[name, unguarded(cell)]],
    );
    return { file: file.path, line, values: Object.fromEntries(values) };
  });
}

/** Without the apostrophe that keeps spreadsheets from taking a cell for a formula. */
function unguarded(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
