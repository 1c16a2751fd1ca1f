import type { Finding } from "../seeding/finding.ts";
import { type ReadGraph, readSourceRows, type SourceRow } from "../seeding/read-graph-file.ts";
import type { SourceFile } from "./source-files.ts";

/** Where something stands in a source. */
export interface SourcePlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Gathers what an importer makes of a source: rows as a graph file has them, and problems. */
export class SourceRows {
  readonly #rows: SourceRow[] = [];
  readonly #problems: Finding[] = [];

  add(list: SourceRow["list"], { file, line }: SourcePlace, value: SourceRow["value"]): void {
    this.#rows.push({ list, file, line, value });
  }

  /**
   * Something that the source should not say, and that the rows do not. An error refuses the import, unless problems go
   * into quarantine; a warning is only told.
   */
  problem(
    { file, line }: SourcePlace,
    code: string,
    message: string,
    severity: Finding["severity"] = "error",
  ): void {
    this.#problems.push({ file, line, severity, code, message });
  }

  /** The rows, checked against the schema of graph files, and all that is wrong with them. */
  read(): ReadGraph {
    const { rows, findings, setAside } = readSourceRows(this.#rows);
    return {
      rows,
      findings: [...this.#problems, ...findings],
      setAside: new Set([...this.#problems, ...setAside]),
    };
  }
}

/** `key: value` where there is one, to be spread into a row. */
export function given<Key extends string, Value>(key: Key, value: Value | undefined | null | "") {
  return value === undefined || value === null || value === "" ? {} : { [key]: value };
}

/** Where texts of a JSON file are first written. O(length). */
export function placesIn(file: SourceFile): (text: string) => SourcePlace {
  const lines = new Map<string, number>();
  for (const [at, line] of file.text().split("\n").entries())
    for (const [, text = ""] of line.matchAll(/"([^"\\]+)"/g)) if (!lines.has(text)) lines.set(text, at + 1);
  return (text) => ({ file: file.path, line: lines.get(text) ?? 1 });
}
