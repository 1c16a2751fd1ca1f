import type { GraphRows } from "../store/rows/graph-rows.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import { checkFigures } from "./check-figures.ts";
import { checkParts } from "./check-parts.ts";
import { checkRequirements } from "./check-requirements.ts";
import { toGraphFile } from "./import-graph.ts";
import { Place } from "./place.ts";
import { ROW_SCHEMAS } from "./read-graph-file.ts";
import { type ListName, type ReadRow, type RowOf, slugKeyOf } from "./read-rows.ts";
import { toRows } from "./rows.ts";
import { parseRow, type ValueFault } from "./schema-faults.ts";

/** A row as the store writes it, in its list, or the first thing that is wrong with it. */
export type CheckedRow =
  | { readonly rows: GraphRows; readonly fault?: never }
  | { readonly rows?: never; readonly fault: Pick<ValueFault, "path" | "told"> };

type Read = { readonly [List in ListName]: ReadRow<RowOf<List>>[] };

/**
 * Checks one whole row as if a graph file had it, on top of the stored graph: its form, its figures, its requirement,
 * and that no skill becomes a part of itself. Whether what it names exists, and whether everything can be learned, is
 * for others to check. O(size of the row), and of a skill O(parts).
 */
export function checkedRow(
  list: ListName,
  value: Readonly<Record<string, unknown>>,
  snapshot: GraphSnapshot,
): CheckedRow {
  return checkedRows([[list, value]], snapshot);
}

/** The same of some rows together. */
export function checkedRows(
  values: readonly (readonly [list: ListName, value: Readonly<Record<string, unknown>>])[],
  snapshot: GraphSnapshot,
): CheckedRow {
  const read: Read = { documents: [], skills: [], resources: [], projects: [], roles: [], roadmaps: [] };
  for (const [list, value] of values) {
    const fault = add(read, list, value);
    if (fault !== undefined) return { fault };
  }
  const findings = [
    ...checkRequirements(read),
    ...checkFigures(read),
    ...(read.skills.length > 0 ? checkParts(read, { snapshot, isKept: true }) : []),
  ];
  const error = findings.find(({ severity }) => severity === "error");
  return error === undefined
    ? { rows: toRows(toGraphFile(read)) }
    : { fault: { path: "", told: error.message } };
}

function add<List extends ListName>(
  read: Read,
  list: List,
  value: Readonly<Record<string, unknown>>,
): ValueFault | undefined {
  const place = Place.onLine(1);
  const { row, faults } = parseRow<RowOf<List>>(ROW_SCHEMAS[list], value, place);
  if (row === undefined) return faults[0];
  read[list].push({ file: "", place, slug: String(value[slugKeyOf(list)]), given: WHOLE, row });
  return undefined;
}

/** The rows are whole: what they do not say is not there. */
const WHOLE: ReadonlySet<string> = new Set(["partOf"]);
