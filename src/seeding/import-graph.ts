import { ENTITIES, ENTITY_KINDS, perKind } from "../store/rows/entities.ts";
import { type GraphRows, NO_ROWS } from "../store/rows/graph-rows.ts";
import type { Once } from "../store/rows/idempotency.ts";
import { readGraphRows } from "../store/rows/read-graph.ts";
import { readRenamed, rowsNaming } from "../store/rows/read-renamed.ts";
import { readBefore } from "../store/rows/stored-entities.ts";
import { readStoredNames } from "../store/rows/stored-names.ts";
import type { WriteOutcome } from "../store/rows/write-graph.ts";
import type { Store } from "../store/store.ts";
import { GraphWriteError } from "../store/store-errors.ts";
import { checkGraph } from "./check-graph.ts";
import { type Finding, hasErrors, sortFindings } from "./finding.ts";
import { renamesOf } from "./former-slugs.ts";
import type { GraphFile } from "./graph-file.ts";
import { graphFilesAt } from "./graph-files.ts";
import { type ImportMode, mergeRows } from "./merge-rows.ts";
import { quarantine } from "./quarantine.ts";
import { type ReadGraph, readGraphFiles, readGraphText } from "./read-graph-file.ts";
import type { ReadRow, ReadRows } from "./read-rows.ts";
import { toRows } from "./rows.ts";

/** How often an import is checked again because somebody else wrote between check and write. */
const MAX_ATTEMPTS = 5;

export interface ImportOptions {
  /** What the entities and the change log name as their source; by default the files and the paths. */
  readonly source?: string;
  /** Check everything and write nothing. */
  readonly dryRun?: boolean;
  /** What happens to entities that are stored; by default `OWN`. */
  readonly mode?: ImportMode;
  /** Delete everything that is stored but not in the files. */
  readonly prune?: boolean;
  /** What happens to what is wrong with the rows; by default `REFUSE`. `QUARANTINE`: see `quarantine`. */
  readonly onProblem?: "REFUSE" | "QUARANTINE";
  /** See `WriteOptions`. */
  readonly once?: Once;
  readonly author?: string;
  /** Called with one line when a part of the work begins. */
  readonly progress?: (message: string) => void;
}

/** The result of an import. Findings are sorted; after a write they are only warnings. */
export type ImportResult = {
  readonly findings: readonly Finding[];
  /** What was left out or mended, sorted; empty unless problems go into quarantine. */
  readonly setAside: readonly Finding[];
} & (
  | { readonly kind: "refused" }
  /** `outcome` is what would have been written. */
  | { readonly kind: "checked"; readonly rows: number; readonly outcome: WriteOutcome }
  | { readonly kind: "written"; readonly outcome: WriteOutcome }
);

/** Rows that were read, and where they are from. */
export interface ReadSource extends ReadGraph {
  /** The name of the source that a file belongs to. */
  readonly originOf: (file: string) => string;
  /** What the change log names as the source. */
  readonly name: string;
}

/**
 * Imports graph files and folders of them. All are read and checked on top of what is stored; then everything is
 * written in one transaction, or nothing if there is an error. Importing the same files again writes nothing. What
 * happens to stored entities that the files describe otherwise, `mode` says.
 *
 * Faults of the files are findings. Throws what the database throws, and a `GraphWriteError` with the code
 * `CONFLICT` when others write between check and write again and again.
 */
export async function importGraph(
  store: Store,
  paths: readonly string[],
  options: ImportOptions = {},
): Promise<ImportResult> {
  const { files, origins, findings: pathFindings } = graphFilesAt(paths);
  if (files.length === 0) return { kind: "refused", findings: sortFindings(pathFindings), setAside: [] };
  options.progress?.(files.length === 1 ? `reading ${files[0]}` : `reading ${files.length} files`);
  const read = await readGraphFiles(files);
  const findings = [...pathFindings, ...read.findings];
  const originOf = (file: string) => origins.get(file) ?? file;
  return importRows(store, { ...read, findings, originOf, name: paths.join(" ") }, options);
}

/** The same for the text of one graph file, which is JSON or YAML. */
export async function importGraphText(
  store: Store,
  text: string,
  options: ImportOptions & { readonly source: string },
): Promise<ImportResult> {
  const read = readGraphText(isJson(text) ? "graph.json" : "graph.yaml", text);
  return importRows(store, { ...read, originOf: () => options.source, name: options.source }, options);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The same for rows that were read from any format. */
export async function importRows(
  store: Store,
  source: ReadSource,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const { progress, mode = "OWN", prune = false, dryRun = false, onProblem = "REFUSE" } = options;
  const originOf = (file: string) => options.source ?? source.originOf(file);
  for (let attempt = 1; ; attempt++) {
    const snapshot = store.snapshot();
    progress?.(`checking ${inRows(source.rows)}`);
    const existing = prune
      ? undefined
      : { snapshot, isKept: mode !== "REPLACE", ...(await readStoredNames(store.prisma)) };
    const kept = onProblem === "REFUSE" ? { ...source, setAside: [] } : quarantine(source, existing);
    const { rows } = kept;
    const setAside = sortFindings(kept.setAside);
    const faults = [...kept.findings, ...checkGraph(rows, existing)];
    if (hasErrors(faults)) return { kind: "refused", findings: sortFindings(faults), setAside };
    const given = toRows(toGraphFile(rows));
    const renames = existing && renamesOf(rows, existing);
    const isRenaming = renames !== undefined && Object.values(renames).some(({ size }) => size > 0);
    const stored = isRenaming
      ? await readRenamed(store.prisma, renames)
      : await readDiffering(store.prisma, given);
    const merged = mergeRows(rows, given, stored, originOf, mode);
    // What others say of a renamed entity they say of its new slug.
    const all = isRenaming ? joined(merged.rows, rowsNaming(stored, renames, given)) : merged.rows;
    const findings = sortFindings([...faults, ...merged.findings]);
    if (hasErrors(findings)) return { kind: "refused", findings, setAside };
    progress?.(`${dryRun ? "trying" : "writing"} ${inRows(rows)}`);
    try {
      const outcome = await store.write(all, options.source ?? source.name, {
        // The graph must still be the one that was checked.
        expectedRevision: snapshot.revision,
        replace: prune,
        dryRun,
        ...(options.once !== undefined && { once: options.once }),
        ...(options.author !== undefined && { author: options.author }),
      });
      return dryRun
        ? { kind: "checked", findings, setAside, rows: countRows(rows), outcome }
        : { kind: "written", findings, setAside, outcome };
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

/** The stored entities that rows would change. */
async function readDiffering(prisma: Store["prisma"], rows: GraphRows): Promise<GraphRows> {
  const { stored } = await readBefore(prisma, rows, false);
  const slugs = perKind((kind) =>
    rows[ENTITIES[kind].list].flatMap(({ slug, digest }) => {
      const before = stored[kind].get(slug);
      return before === undefined || before.digest === digest ? [] : [slug];
    }),
  );
  return ENTITY_KINDS.every((kind) => slugs[kind].length === 0) ? NO_ROWS : readGraphRows(prisma, slugs);
}

function joined(a: GraphRows, b: GraphRows): GraphRows {
  return {
    documents: [...a.documents, ...b.documents],
    skills: [...a.skills, ...b.skills],
    resources: [...a.resources, ...b.resources],
    projects: [...a.projects, ...b.projects],
    roles: [...a.roles, ...b.roles],
    roadmaps: [...a.roadmaps, ...b.roadmaps],
  };
}

function countRows(rows: ReadRows): number {
  return Object.values(rows).reduce((sum, list) => sum + list.length, 0);
}

function inRows(rows: ReadRows): string {
  const count = countRows(rows);
  return count === 1 ? "1 row" : `${count} rows`;
}
