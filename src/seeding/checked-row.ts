import type { GraphRows } from "../store/rows/graph-rows.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import { checkFigures } from "./check-figures.ts";
import { checkParts } from "./check-parts.ts";
import { checkRequirements } from "./check-requirements.ts";
import { toGraphFile } from "./import-graph.ts";
import { Place } from "./place.ts";
import { ROW_SCHEMAS } from "./read-graph-file.ts";
import { type ListName, type ReadRows, type RowOf, slugKeyOf } from "./read-rows.ts";
import { toRows } from "./rows.ts";
import { parseRow, type ValueFault } from "./schema-faults.ts";

/** A row as the store writes it, in its list, or the first thing that is wrong with it. */
export type CheckedRow =
  | { readonly rows: GraphRows; readonly fault?: never }
  | { readonly rows?: never; readonly fault: Pick<ValueFault, "path" | "told"> };

const NOTHING_READ: ReadRows = {
  documents: [],
  skills: [],
  resources: [],
  projects: [],
  roles: [],
  roadmaps: [],
};

/**
 * Checks one whole row as if a graph file had it, on top of the stored graph: its form, its figures, its requirement,
 * and that no skill becomes a part of itself. Whether what it names exists, and whether everything can be learned, is
 * for others to check. O(size of the row), and of a skill that is part of others O(parts).
 */
export function checkedRow<List extends ListName>(
  list: List,
  value: Readonly<Record<string, unknown>>,
  snapshot: GraphSnapshot,
): CheckedRow {
  const place = Place.onLine(1);
  const { row, faults } = parseRow<RowOf<List>>(ROW_SCHEMAS[list], value, place);
  if (row === undefined) return { fault: faults[0]! };
  const slug = String(value[slugKeyOf(list)]);
  // The row is whole: what it does not say is not there.
  const given = new Set(["partOf"]);
  const read: ReadRows = { ...NOTHING_READ, [list]: [{ file: "", place, slug, given, row }] };
  const isPart = "partOf" in row;
  const findings = [
    ...checkRequirements(read),
    ...checkFigures(read),
    ...(isPart ? checkParts(read, { snapshot, isKept: true }) : []),
  ];
  const error = findings.find(({ severity }) => severity === "error");
  return error === undefined
    ? { rows: toRows(toGraphFile(read)) }
    : { fault: { path: "", told: error.message } };
}
