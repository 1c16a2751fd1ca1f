import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { exportCsv } from "../interchange/csv-export.ts";
import { IMPORT_FORMAT_NAMES } from "../interchange/import-format-names.ts";
import { readSource } from "../interchange/import-formats.ts";
import { SourceError } from "../interchange/source-files.ts";
import { columnMap } from "../interchange/spreadsheet-import.ts";
import { type Finding, hasErrors } from "../seeding/finding.ts";
import { textOf } from "../seeding/graph-files.ts";
import { type ImportOptions, type ImportResult, importGraph, importRows } from "../seeding/import-graph.ts";
import type { ImportMode } from "../seeding/merge-rows.ts";
import { seed } from "../seeding/seed.ts";
import { ENTITIES, ENTITY_KINDS } from "../store/rows/entities.ts";
import { CommandFault } from "./command-fault.ts";
import { countFindings, printFindings, printSetAside } from "./print-findings.ts";
import { withProgress } from "./progress.ts";
import { storeCommand, type Terminal } from "./store-command.ts";

const modes = {
  keep: z.boolean().optional(),
  update: z.boolean().optional(),
  replace: z.boolean().optional(),
};

const importArguments = z.strictObject({
  ...modes,
  files: z.array(z.string()),
  /** Absent: by the looks of the files. */
  format: z.enum(IMPORT_FORMAT_NAMES).optional(),
  /** What skills take that have no hours in their source. */
  hours: z.number().default(1),
  /** A YAML file with the names of the columns of a spreadsheet. */
  map: z.string().optional(),
  onProblem: z.enum(["refuse", "quarantine"]).optional(),
  /** Where to write what was set aside, as CSV. */
  quarantine: z.string().optional(),
  dryRun: z.boolean().optional(),
  prune: z.boolean().optional(),
});

/** `import <file…>`: checks everything, then writes all or nothing. Findings go to standard error. */
export const importFiles = storeCommand(importArguments, async (store, given, terminal) => {
  const { format, hours, map, onProblem, quarantine, dryRun = false, prune = false } = given;
  // Where the command was called in the folder of this process, findings name the files as they were given.
  const pathOf = (file: string) =>
    terminal.folder === process.cwd() ? file : resolve(terminal.folder, file);
  const files = given.files.map(pathOf);
  const columns = map === undefined ? undefined : readMap(pathOf(map));
  const keepsGood = onProblem === "quarantine" || (onProblem === undefined && quarantine !== undefined);
  let isMendable = false;
  const work = (progress: ImportOptions["progress"]) => {
    const source =
      format === "graph" ? undefined : foreign(() => readSource(files, format, { hours, columns }, progress));
    isMendable = !keepsGood && source !== undefined && hasErrors(source.findings);
    const options = {
      dryRun,
      prune,
      mode: modeOf(given),
      onProblem: keepsGood ? "QUARANTINE" : "REFUSE",
      progress,
    } as const;
    return source === undefined ? importGraph(store, files, options) : importRows(store, source, options);
  };
  const setAside = await run("Import", terminal, work, () => (isMendable ? MENDABLE : ""));
  if (quarantine !== undefined)
    writeFileSync(pathOf(quarantine), [...exportCsv(PROBLEM_COLUMNS, setAside)].join(""));
});

/** What to do about faults of a source that an import can set aside. */
const MENDABLE = "; with --on-problem quarantine it does what these lines say, and imports the rest";

/** What is written of each problem that was set aside. */
const PROBLEM_COLUMNS = [
  { name: "file", of: ({ file }: Finding) => file },
  { name: "line", of: ({ line }: Finding) => line },
  { name: "code", of: ({ code }: Finding) => code },
  { name: "message", of: ({ message }: Finding) => message },
];

function foreign<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof SourceError ? new CommandFault(error.message) : error;
  }
}

function readMap(path: string) {
  const text = textOf(path);
  if (typeof text !== "string") throw new CommandFault(`${path}: ${text.message}`);
  let written: unknown;
  try {
    written = parse(text, { prettyErrors: false });
  } catch (error) {
    throw new CommandFault(`${path}: not YAML: ${error instanceof Error ? error.message : error}`);
  }
  const columns = columnMap.safeParse(written);
  if (columns.success) return columns.data;
  throw new CommandFault(
    `${path}: expected the names of columns, such as "name: Kompetenz", for ${columnMap.keyType.options.join(", ")}`,
  );
}

/** `seed`: imports the shipped graph. */
export const seedAgain = storeCommand(z.strictObject(modes), async (store, given, terminal) => {
  await run("Import the shipped graph", terminal, (progress) =>
    seed(store, { mode: modeOf(given), progress }),
  );
});

function modeOf({ keep, update, replace }: z.infer<z.ZodObject<typeof modes>>): ImportMode {
  if (replace) return "REPLACE";
  if (keep) return "KEEP";
  return update ? "UPDATE" : "OWN";
}

/** Does the work and tells of it, and where it was refused what can be done. Returns what was set aside. */
async function run(
  title: string,
  terminal: Terminal,
  work: (progress: ImportOptions["progress"]) => Promise<ImportResult>,
  advice: () => string = () => "",
): Promise<readonly Finding[]> {
  let findings: readonly Finding[] = [];
  let setAside: readonly Finding[] = [];
  let result: Exclude<ImportResult, { kind: "refused" }>;
  try {
    result = await withProgress(title, terminal, async (report) => {
      const imported = await work(report);
      findings = imported.findings;
      setAside = imported.setAside;
      if (imported.kind === "refused")
        throw new CommandFault(`nothing was imported: ${countFindings(findings)}${advice()}`);
      return imported;
    });
  } finally {
    printSetAside(setAside, terminal.stderr);
    printFindings(findings, terminal.stderr);
  }
  terminal.stdout.write(`${describe(result)}\n`);
  return setAside;
}

function describe(result: Exclude<ImportResult, { kind: "refused" }>): string {
  return [describeRows(result), ...describeSetAside(result.setAside)].join("\n");
}

function describeSetAside(setAside: readonly Finding[]): string[] {
  if (setAside.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { code } of setAside) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [`Set aside: ${Array.from(counts, ([code, count]) => `${count} ${code}`).join(", ")}.`];
}

function checked({ rows }: { readonly rows: number }): string {
  return `Nothing was written. ${rows === 1 ? "1 row" : `${rows} rows`} can be imported`;
}

/** How many changed entities a dry run names: a screen or two. */
const MAX_NAMED = 50;

function describeRows(result: Exclude<ImportResult, { kind: "refused" }>): string {
  const { revision, created, updated, deleted, byKind, changes } = result.outcome;
  const isDry = result.kind === "checked";
  if (created + updated + deleted === 0)
    return isDry
      ? `${checked(result)}, and would change nothing.`
      : `Nothing changed: revision ${revision} holds all of it already.`;
  const lines = ENTITY_KINDS.flatMap((kind) => {
    const counts = Object.entries(byKind[kind]).filter(([, count]) => count > 0);
    if (counts.length === 0) return [];
    return [`  ${ENTITIES[kind].list}: ${counts.map(([what, count]) => `${count} ${what}`).join(", ")}`];
  });
  if (!isDry) return [`Revision ${revision}:`, ...lines].join("\n");
  const named = changes
    .slice(0, MAX_NAMED)
    .map(({ operation, kind, slug }) => `    ${operation.toLowerCase()} ${kind.toLowerCase()} ${slug}`);
  if (changes.length > MAX_NAMED) named.push(`    … and ${changes.length - MAX_NAMED} more`);
  return [`${checked(result)}, and would change:`, ...lines, ...named].join("\n");
}
