import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { formatFinding } from "../seeding/finding.ts";
import { graphFilesAt } from "../seeding/graph-files.ts";
import type { TextFile } from "../seeding/source-texts.ts";
import { verifyCitations as verify } from "../seeding/verify-citations.ts";

export interface VerifyCitationsOptions {
  /** The folder of the texts; each file name begins with the id of its document. */
  documents: string;
  /** Graph files, or folders of them. */
  paths: readonly string[];
  /** Called with each line of the report. */
  print: (line: string) => void;
}

const TEXT_FILES: ReadonlySet<string> = new Set([".txt", ".md"]);

/**
 * Checks every citation of graph files against the texts. Prints each finding as `file:line: …`, then the counts.
 * @returns the exit status: 0 when every citation is right, 1 when one is wrong or there is nothing to check.
 */
export function verifyCitations({ documents, paths, print }: VerifyCitationsOptions): number {
  const texts = textsIn(documents);
  if (texts.length === 0) {
    print(
      `error: expected the texts of the documents (*.txt) in ${documents}, found none: nothing was verified`,
    );
    return 1;
  }
  const { files, findings: missing } = graphFilesAt(paths);
  const { findings, citations } = verify(files.map(read), texts);
  const all = [...missing, ...findings];
  for (const finding of all) print(formatFinding(finding));
  const checked = `${citations} citations in ${files.length} files checked against ${texts.length} documents`;
  if (all.length > 0) print(`error: ${checked}: ${all.length} findings`);
  else print(citations > 0 ? `${checked}: all stand` : `error: ${checked}: expected at least one`);
  return all.length === 0 && citations > 0 ? 0 : 1;
}

function textsIn(folder: string): TextFile[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => TEXT_FILES.has(extname(name).toLowerCase()))
    .sort()
    .map((name) => read(join(folder, name)));
}

function read(path: string): TextFile {
  return { path, text: readFileSync(path, "utf8") };
}
