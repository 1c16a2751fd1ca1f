import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import type { Finding } from "./finding.ts";

/** The endings of graph files. A folder stands for all files below it with one of them. */
const ENDINGS: ReadonlySet<string> = new Set([".yaml", ".yml", ".json"]);

/** A folder with more files is probably the wrong one, such as a folder of installed packages. */
const MAX_FILES = 2_000;

export interface GraphFiles {
  readonly files: readonly string[];
  /** By file, the name of its source: the last part of the path that names it, or the folder that it is in. */
  readonly origins: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/**
 * The graph files that paths name: files themselves, and all graph files below folders, in the order of their
 * names. Each file is listed once. A path that does not exist and a folder without graph files are findings.
 */
export function graphFilesAt(paths: readonly string[]): GraphFiles {
  const origins = new Map<string, string>();
  const findings: Finding[] = [];
  const fault = (file: string, message: string) =>
    findings.push({ file, line: 1, severity: "error", code: "file-unreadable", message });
  for (const path of paths) {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) fault(path, "expected a graph file or a folder of them, found nothing here");
    else if (!status.isDirectory()) origins.set(path, basename(path));
    else {
      const below = filesBelow(path);
      if (below.length === 0)
        fault(path, "expected *.yaml, *.yml or *.json files in this folder, found none");
      for (const file of below) origins.set(file, basename(resolve(path)));
    }
  }
  if (origins.size <= MAX_FILES) return { files: [...origins.keys()], origins, findings };
  fault(
    paths.join(" "),
    `expected at most ${MAX_FILES} graph files, found ${origins.size}: is this the right folder?`,
  );
  return { files: [], origins, findings };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ENDINGS.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * Larger files are refused unread. Reading YAML takes about half a second a megabyte and thirty times its size in
 * memory. All of ESCO fits into half of this; larger graphs go into several files.
 */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** The text of a file, or why it cannot be read. The size is checked first, so that no large file is read. */
export function textOf(file: string): string | Finding {
  const fault = (code: string, message: string, line = 1): Finding => {
    return { file, line, severity: "error", code, message };
  };
  let bytes: Buffer;
  try {
    const status = statSync(file);
    if (!status.isFile())
      return fault("file-unreadable", "expected a file, got something else, such as a pipe");
    if (status.size > MAX_FILE_BYTES) {
      const got = `expected a file of at most ${inMegabytes(MAX_FILE_BYTES)}, got ${inMegabytes(status.size)}`;
      return fault("file-too-large", `${got}: split it into several files`);
    }
    bytes = readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return fault("file-unreadable", `expected a file that can be read, got ${reason}`);
  }
  if (bytes.subarray(0, ZIP.length).equals(ZIP)) {
    const got = "expected text, got an archive that is of no source by itself";
    return fault("unknown-archive", `${got}: give all archives of the source at once, or unpack it`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const message = "expected text in UTF-8, got other bytes: save the file as UTF-8";
    return fault("not-utf8", message, lineOfBadBytes(bytes));
  }
}

/** How a zip archive begins. */
const ZIP = Buffer.from("PK\x03\x04", "latin1");

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}

/** The line of the first bytes that are not UTF-8: a lenient decoder replaces them by U+FFFD. */
function lineOfBadBytes(bytes: Buffer): number {
  const text = new TextDecoder().decode(bytes);
  return text.slice(0, text.indexOf("\uFFFD")).split("\n").length;
}
