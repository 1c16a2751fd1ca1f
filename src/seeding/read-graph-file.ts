import { readFileSync, statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { z } from "zod";
import type { Finding } from "./finding.ts";
import { documentRow, projectRow, resourceRow, roadmapRow, roleRow, skillRow } from "./graph-file.ts";
import type { Place } from "./place.ts";
import { readText } from "./read-text.ts";
import { parseRow, unknownKey } from "./schema-faults.ts";

/**
 * Larger files are refused unread. YAML is read at about two megabytes a second and takes some thirty times
 * its size in memory; all of ESCO fits into half of this. Larger graphs go into several files.
 */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** What one row of each list is. */
interface RowTypes {
  documents: z.infer<typeof documentRow>;
  skills: z.infer<typeof skillRow>;
  resources: z.infer<typeof resourceRow>;
  projects: z.infer<typeof projectRow>;
  roles: z.infer<typeof roleRow>;
  roadmaps: z.infer<typeof roadmapRow>;
}
export type ListName = keyof RowTypes;
export type RowOf<List extends ListName> = RowTypes[List];

const SCHEMAS: { readonly [List in ListName]: z.ZodType<RowTypes[List]> } = {
  documents: documentRow,
  skills: skillRow,
  resources: resourceRow,
  projects: projectRow,
  roles: roleRow,
  roadmaps: roadmapRow,
};

export const LIST_NAMES: readonly ListName[] = [
  "documents",
  "skills",
  "resources",
  "projects",
  "roles",
  "roadmaps",
];

/** What one row of each list is called. */
export const NOUNS: Readonly<Record<ListName, string>> = {
  documents: "document",
  skills: "skill",
  resources: "resource",
  projects: "project",
  roles: "role",
  roadmaps: "roadmap",
};

/** A row of a list, with where it stands. */
export interface ReadRow<Row> {
  readonly file: string;
  readonly place: Place;
  /** The slug (of a document: the id); read even where the rest of the row is wrong. */
  readonly slug: string | undefined;
  /** Absent when the row does not follow the schema. */
  readonly row: Row | undefined;
}

/** The rows of any number of files. */
export type ReadRows = { readonly [List in ListName]: readonly ReadRow<RowOf<List>>[] };

export interface ReadGraph {
  readonly rows: ReadRows;
  readonly findings: readonly Finding[];
}

/**
 * Reads graph files and checks each by itself: that it can be read, is YAML or JSON (`.json`), and follows
 * the schema. What refers from row to row is for `checkGraph`. Every fault is a finding with its line;
 * nothing is thrown on account of a file. Other work of the process gets its turn between files.
 *
 * O(bytes), about two megabytes of YAML and thirty of JSON a second.
 */
export async function readGraphFiles(files: readonly string[]): Promise<ReadGraph> {
  const reader = new RowReader();
  for (const file of files) {
    await setImmediate();
    const text = textOf(file);
    if (typeof text === "string") reader.read(file, text);
    else reader.findings.push(text);
  }
  return { rows: reader.rows, findings: reader.findings };
}

/** Reads the text of one graph file; `file` names it in findings and says by its ending what it is. */
export function readGraphText(file: string, text: string): ReadGraph {
  const reader = new RowReader();
  reader.read(file, text);
  return { rows: reader.rows, findings: reader.findings };
}

class RowReader {
  readonly findings: Finding[] = [];
  readonly rows: { [List in ListName]: ReadRow<RowOf<List>>[] } = {
    documents: [],
    skills: [],
    resources: [],
    projects: [],
    roles: [],
    roadmaps: [],
  };

  read(file: string, text: string): void {
    const fault = (line: number, code: string, message: string) =>
      this.findings.push({ file, line, severity: "error", code, message });
    const { value, place, faults, isBroken } = readText(file, text);
    for (const { line, code, message } of faults) fault(line, code, message);
    if (isBroken) return;
    const lists = Object.keys(SCHEMAS);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      const got =
        value === null ? "nothing" : Array.isArray(value) ? "a list" : `a single value (${typeof value})`;
      const hint = Array.isArray(value) ? ': put the list under the key it is for, such as "skills:"' : "";
      fault(
        place.line,
        "wrong-top-level",
        `expected a mapping with some of the keys ${lists.join(", ")}, got ${got}${hint}`,
      );
      return;
    }
    for (const [key, list] of Object.entries(value)) {
      const line = place.lineOfKey(key);
      if (isListName(key)) {
        if (Array.isArray(list)) this.#readList(file, key, list, place.nearest([key]));
        else if (list === null)
          fault(line, "wrong-value", `${key}: expected a list, got nothing: leave the key out or write []`);
        else
          fault(
            line,
            "wrong-value",
            `${key}: expected a list of rows, each beginning with "- ", got something else`,
          );
      } else if (key !== "$schema") fault(line, "unknown-key", unknownKey(key, lists));
    }
  }

  #readList<List extends ListName>(file: string, list: List, values: readonly unknown[], at: Place): void {
    const schema: z.ZodType<RowTypes[List]> = SCHEMAS[list];
    values.forEach((value, i) => {
      const place = at.nearest([i]);
      const parsed = parseRow(schema, value, place);
      const slug = slugIn(value, list === "documents" ? "id" : "slug");
      const label = slug === undefined ? `${list}[${i}]` : `${NOUNS[list]} "${slug}"`;
      for (const { line, code, message } of parsed.faults)
        this.findings.push({ file, line, severity: "error", code, message: `${label}: ${message}` });
      this.rows[list].push({ file, place, slug, row: parsed.row });
    });
  }
}

function isListName(key: string): key is ListName {
  return Object.hasOwn(SCHEMAS, key);
}

function slugIn(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const slug: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof slug === "string" ? slug : undefined;
}

/** The text of a file, or why there is none. The size is asked for first, so that no large file is read. */
function textOf(file: string): string | Finding {
  const fault = (code: string, message: string, line = 1): Finding => ({
    file,
    line,
    severity: "error",
    code,
    message,
  });
  let bytes: Buffer;
  try {
    const status = statSync(file);
    if (!status.isFile())
      return fault("file-unreadable", "expected a file, got something else, such as a pipe");
    const { size } = status;
    if (size > MAX_FILE_BYTES) {
      const limit = `${MAX_FILE_BYTES / 1024 / 1024} MB`;
      const got = `${Math.ceil(size / 1024 / 1024)} MB`;
      return fault(
        "file-too-large",
        `expected a file of at most ${limit}, got ${got}: split it into several files`,
      );
    }
    bytes = readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return fault("file-unreadable", `expected a file that can be read, got ${reason}`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fault(
      "not-utf8",
      "expected text in UTF-8, got other bytes: save the file as UTF-8",
      badLine(bytes),
    );
  }
}

/** The first line that is not UTF-8. A line feed is never part of another character. */
function badLine(bytes: Buffer): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return 1;
}
