import { readStoredNames } from "../store/rows/stored-names.ts";
import type { WriteOutcome } from "../store/rows/write-graph.ts";
import type { Store } from "../store/store.ts";
import { GraphWriteError } from "../store/store-errors.ts";
import { checkGraph } from "./check-graph.ts";
import { type Finding, hasErrors, sortFindings } from "./finding.ts";
import type { GraphFile } from "./graph-file.ts";
import { graphFilesAt } from "./graph-files.ts";
import { readGraphFiles } from "./read-graph-file.ts";
import type { ReadRow, ReadRows } from "./read-rows.ts";
import { toRows } from "./rows.ts";

/** How often an import is checked again because somebody else wrote between check and write. */
const MAX_ATTEMPTS = 5;

export interface ImportOptions {
  /** The writer that the change log names; by default the paths. */
  readonly source?: string;
  /** Check everything and write nothing. */
  readonly dryRun?: boolean;
  /** Delete everything that is stored but not in the files. */
  readonly replace?: boolean;
  /** Called with one line when a part of the work begins. */
  readonly progress?: (message: string) => void;
}

/** The result of an import. Findings are sorted; after a write they are only warnings. */
export type ImportResult =
  | { readonly kind: "refused"; readonly findings: readonly Finding[] }
  | { readonly kind: "checked"; readonly findings: readonly Finding[]; readonly rows: number }
  | { readonly kind: "written"; readonly findings: readonly Finding[]; readonly outcome: WriteOutcome };

/**
 * Imports graph files and folders of them. All are read and checked on top of what is stored; then everything is
 * written in one transaction, or nothing if there is an error. Importing the same files again writes nothing.
 *
 * Faults of the files are findings. Throws what the database throws, and a `GraphWriteError` with the code
 * `CONFLICT` when others write between check and write again and again.
 */
export async function importGraph(
  store: Store,
  paths: readonly string[],
  options: ImportOptions = {},
): Promise<ImportResult> {
  const { progress, replace = false } = options;
  const { files, findings: pathFindings } = graphFilesAt(paths);
  progress?.(files.length === 1 ? `reading ${files[0]}` : `reading ${files.length} files`);
  const { rows, findings: fileFindings } = await readGraphFiles(files);
  for (let attempt = 1; ; attempt++) {
    const snapshot = store.snapshot();
    progress?.(`checking ${inRows(rows)}`);
    const existing = replace ? undefined : { snapshot, ...(await readStoredNames(store.prisma)) };
    const findings = sortFindings([...pathFindings, ...fileFindings, ...checkGraph(rows, existing)]);
    if (hasErrors(findings)) return { kind: "refused", findings };
    if (options.dryRun === true) return { kind: "checked", findings, rows: countRows(rows) };
    progress?.(`writing ${inRows(rows)}`);
    try {
      const outcome = await store.write(toRows(toGraphFile(rows)), options.source ?? paths.join(" "), {
        // The graph must still be the one that was checked.
        expectedRevision: snapshot.revision,
        replace,
      });
      return { kind: "written", findings, outcome };
    } catch (error) {
      const isConflict = error instanceof GraphWriteError && error.code === "CONFLICT";
      if (!isConflict || attempt >= MAX_ATTEMPTS) throw error;
      await store.refresh();
    }
  }
}

/** The rows that follow the schema, as one graph file. */
export function toGraphFile(rows: ReadRows): GraphFile {
  const valid = <Row>(list: readonly ReadRow<Row>[]): Row[] =>
    list.flatMap(({ row }) => (row === undefined ? [] : [row]));
  return {
    documents: valid(rows.documents),
    skills: valid(rows.skills),
    resources: valid(rows.resources),
    projects: valid(rows.projects),
    roles: valid(rows.roles),
    roadmaps: valid(rows.roadmaps),
  };
}

function countRows(rows: ReadRows): number {
  return Object.values(rows).reduce((sum, list) => sum + list.length, 0);
}

function inRows(rows: ReadRows): string {
  const count = countRows(rows);
  return count === 1 ? "1 row" : `${count} rows`;
}
