import { readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import type { Finding } from "./finding.ts";

/** The endings of graph files. A folder stands for all files below it with one of them. */
const ENDINGS: ReadonlySet<string> = new Set([".yaml", ".yml", ".json"]);

/** A folder with more files is probably the wrong one, such as a folder of installed packages. */
const MAX_FILES = 2_000;

export interface GraphFiles {
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * The graph files that paths name: files themselves, and all graph files below folders, in the order of their
 * names. Each file is listed once. A path that does not exist and a folder without graph files are findings.
 */
export function graphFilesAt(paths: readonly string[]): GraphFiles {
  const files = new Set<string>();
  const findings: Finding[] = [];
  const fault = (file: string, message: string) =>
    findings.push({ file, line: 1, severity: "error", code: "file-unreadable", message });
  for (const path of paths) {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) fault(path, "expected a graph file or a folder of them, found nothing here");
    else if (!status.isDirectory()) files.add(path);
    else {
      const below = filesBelow(path);
      if (below.length === 0)
        fault(path, "expected *.yaml, *.yml or *.json files in this folder, found none");
      for (const file of below) files.add(file);
    }
  }
  if (files.size <= MAX_FILES) return { files: [...files], findings };
  fault(
    paths.join(" "),
    `expected at most ${MAX_FILES} graph files, found ${files.size}: is this the right folder?`,
  );
  return { files: [], findings };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ENDINGS.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
