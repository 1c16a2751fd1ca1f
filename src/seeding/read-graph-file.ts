import { setImmediate } from "node:timers/promises";
import type { z } from "zod";
import type { Finding } from "./finding.ts";
import {
  documentRow,
  graphFile,
  projectRow,
  resourceRow,
  roadmapRow,
  roleRow,
  skillRow,
} from "./graph-file.ts";
import { textOf } from "./graph-files.ts";
import { Place } from "./place.ts";
import {
  LIST_NAMES,
  type ListName,
  nounOf,
  type ReadRow,
  type ReadRows,
  type RowOf,
  slugKeyOf,
} from "./read-rows.ts";
import { readText } from "./read-text.ts";
import { isMapping, parseRow, unknownKey } from "./schema-faults.ts";

export const ROW_SCHEMAS: { readonly [List in ListName]: z.ZodType<RowOf<List>> } = {
  documents: documentRow,
  skills: skillRow,
  resources: resourceRow,
  projects: projectRow,
  roles: roleRow,
  roadmaps: roadmapRow,
};

export interface ReadGraph {
  readonly rows: ReadRows;
  readonly findings: readonly Finding[];
  /** Those of the findings whose rows, or parts of rows, are not among `rows`: nothing else is wrong because of them. */
  readonly setAside: ReadonlySet<Finding>;
}

/**
 * Reads graph files and checks each by itself: that it can be read, is YAML or JSON (`.json`), and follows the
 * schema. `checkGraph` checks what rows say of one another. Every fault is a finding with its line; no file makes
 * this throw. Other work of the process gets its turn between files.
 *
 * O(bytes): about two megabytes of YAML or ten of JSON a second.
 */
export async function readGraphFiles(files: readonly string[]): Promise<ReadGraph> {
  const reader = new RowReader();
  for (const file of files) {
    await setImmediate();
    const text = textOf(file);
    if (typeof text === "string") reader.read(file, text);
    else reader.findings.push(text);
  }
  return reader.done();
}

/**
 * Reads the text of one graph file. `file` names it in findings; it is JSON if that ends in `.json`, else YAML.
 * @internal For tests; the program reads files.
 */
export function readGraphText(file: string, text: string): ReadGraph {
  const reader = new RowReader();
  reader.read(file, text);
  return reader.done();
}

/** A row as another format gives it, with where it stands there. */
export interface SourceRow {
  readonly list: ListName;
  readonly file: string;
  readonly line: number;
  /** What a graph file would say. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** Checks rows of another format as if a graph file had them. O(size of the rows). */
export function readSourceRows(rows: Iterable<SourceRow>): ReadGraph {
  const reader = new RowReader();
  for (const { list, file, line, value } of rows) reader.readRow(file, list, value, Place.onLine(line), true);
  return reader.done();
}

class RowReader {
  readonly findings: Finding[] = [];
  readonly #setAside = new Set<Finding>();
  readonly rows: { [List in ListName]: ReadRow<RowOf<List>>[] } = {
    documents: [],
    skills: [],
    resources: [],
    projects: [],
    roles: [],
    roadmaps: [],
  };

  done(): ReadGraph {
    return { rows: this.rows, findings: this.findings, setAside: this.#setAside };
  }

  read(file: string, text: string): void {
    const report = (line: number, code: string, message: string) =>
      this.findings.push({ file, line, severity: "error", code, message });
    const { value, place, faults, isJson, isBroken } = readText(file, text);
    for (const { line, code, message } of faults) report(line, code, message);
    if (isBroken) return;
    if (!isMapping(value)) {
      report(place.line, "wrong-top-level", wrongTopLevel(value));
      return;
    }
    for (const [key, list] of Object.entries(value)) {
      const fault = (code: string, message: string) => report(place.lineOfKey(key), code, message);
      if (!isListName(key)) {
        if (key !== "$schema") fault("unknown-key", unknownKey(key, LIST_NAMES));
      } else if (Array.isArray(list)) this.#readList(file, key, list, place.nearest([key]), isJson);
      else if (list === null)
        fault("wrong-value", `${key}: expected a list, got nothing: leave the key out or write []`);
      else
        fault("wrong-value", `${key}: expected a list of rows, each beginning with "- ", got something else`);
    }
  }

  #readList<List extends ListName>(
    file: string,
    list: List,
    values: readonly unknown[],
    at: Place,
    isJson: boolean,
  ): void {
    for (const [i, value] of values.entries()) this.readRow(file, list, value, at.nearest([i]), isJson);
  }

  readRow<List extends ListName>(
    file: string,
    list: List,
    value: unknown,
    place: Place,
    isJson: boolean,
  ): void {
    const schema: z.ZodType<RowOf<List>> = ROW_SCHEMAS[list];
    const { row, faults } = parseRow(
      schema,
      withoutNulls(list, value, (key) => isJson || place.nearest([key]).written !== ""),
      place,
    );
    const written = isMapping(value) ? value[slugKeyOf(list)] : undefined;
    const slug = typeof written === "string" ? written : undefined;
    const label = slug === undefined ? `${list}[${this.rows[list].length}]` : `${nounOf(list)} "${slug}"`;
    for (const { line, code, message } of faults) {
      const finding: Finding = { file, line, severity: "error", code, message: `${label}: ${message}` };
      this.findings.push(finding);
      this.#setAside.add(finding);
    }
    const given = new Set(isMapping(value) ? Object.keys(value) : []);
    this.rows[list].push({ file, place, slug, given, row });
  }
}

/**
 * A row without the keys that are null and may be absent: null clears what is stored (see `mergeRows`). What YAML just
 * leaves empty is a mistake.
 */
function withoutNulls(list: ListName, row: unknown, isWritten: (key: string) => boolean): unknown {
  if (!isMapping(row) || !Object.values(row).includes(null)) return row;
  const shape: Readonly<Record<string, z.ZodType>> = graphFile.shape[list].unwrap().element.shape;
  const isCleared = (key: string) =>
    row[key] === null && isWritten(key) && shape[key]?.safeParse(undefined).success === true;
  return Object.fromEntries(Object.entries(row).filter(([key]) => !isCleared(key)));
}

function isListName(key: string): key is ListName {
  return Object.hasOwn(ROW_SCHEMAS, key);
}

function wrongTopLevel(value: unknown): string {
  const expected = `expected a mapping with some of the keys ${LIST_NAMES.join(", ")}`;
  if (value === null) return `${expected}, got nothing`;
  return Array.isArray(value)
    ? `${expected}, got a list: put the list under the key it is for, such as "skills:"`
    : `${expected}, got a single value (${typeof value})`;
}
