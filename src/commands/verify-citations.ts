import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import type { TextFile } from "../seeding/source-texts.ts";
import { type CitationReport, verifyCitations as verify } from "../seeding/verify-citations.ts";

export interface VerifyCitationsOptions {
  /** The folder of the texts; each file name begins with the id of its document. */
  documents: string;
  /** The folder (searched with all its folders) or the file of the graph. */
  seeds: string;
  /** Takes one line of the report at a time. */
  print: (line: string) => void;
}

const GRAPH_FILES: ReadonlySet<string> = new Set([".yaml", ".yml", ".json"]);
const TEXT_FILES: ReadonlySet<string> = new Set([".txt", ".md"]);

/**
 * Prints every finding as `file:line: message` and a count at the end.
 * @returns the exit status: 0 when every citation stands, 1 when one does not or there is nothing to check.
 */
export function verifyCitations({ documents, seeds, print }: VerifyCitationsOptions): number {
  for (const [path, what] of [
    [documents, "the folder of the documents"],
    [seeds, "the graph files"],
  ] as const) {
    if (existsSync(path)) continue;
    print(`error: ${what} not found at ${path}: nothing was verified`);
    return 1;
  }
  const texts = filesUnder(documents, TEXT_FILES);
  const report = verify(filesUnder(seeds, GRAPH_FILES), texts);
  for (const { file, line, message } of report.findings) print(`${file}:${line}: ${message}`);
  print(summary(report, texts.length));
  return report.findings.length === 0 && report.citations > 0 ? 0 : 1;
}

function summary({ citations, findings }: CitationReport, texts: number): string {
  const checked = `${citations} citations checked against ${texts} documents`;
  if (citations === 0) return `error: ${checked}: expected at least one`;
  return findings.length === 0 ? `${checked}: all stand` : `error: ${checked}: ${findings.length} findings`;
}

/** The files under a path, in the order of their names, so that reports do not depend on the file system. */
function filesUnder(path: string, extensions: ReadonlySet<string>): TextFile[] {
  if (!statSync(path).isDirectory()) return [{ path, text: readFileSync(path, "utf8") }];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => extensions.has(extname(name).toLowerCase()))
    .sort()
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => ({ path: file, text: readFileSync(file, "utf8") }));
}
