import type { Finding } from "../seeding/finding.ts";
import { type ImportOptions, type ImportResult, importGraph } from "../seeding/import-graph.ts";
import type { ImportMode } from "../seeding/merge-rows.ts";
import { seed } from "../seeding/seed.ts";
import { ENTITIES, ENTITY_KINDS } from "../store/rows/entities.ts";
import type { Store } from "../store/store.ts";
import { CommandFault } from "./command-fault.ts";
import { countFindings, printFindings } from "./print-findings.ts";
import { withProgress } from "./progress.ts";
import { withStore } from "./with-store.ts";

export interface SeedCommandOptions {
  readonly update?: boolean;
  readonly replace?: boolean;
}

export interface ImportCommandOptions extends SeedCommandOptions {
  readonly dryRun?: boolean;
  readonly prune?: boolean;
}

/** `import <file…>`: checks everything, then writes all or nothing. Findings go to standard error. */
export function importCommand(
  paths: readonly string[],
  { dryRun = false, prune = false, ...options }: ImportCommandOptions,
): Promise<void> {
  const mode = modeOf(options);
  return run("Import", (store, progress) => importGraph(store, paths, { dryRun, prune, mode, progress }));
}

/** `seed`: imports the shipped graph. */
export function seedCommand(options: SeedCommandOptions): Promise<void> {
  const mode = modeOf(options);
  return run("Import the shipped graph", (store, progress) => seed(store, { mode, progress }));
}

function modeOf({ update = false, replace = false }: SeedCommandOptions): ImportMode {
  if (replace) return "REPLACE";
  return update ? "UPDATE" : "OWN";
}

function run(
  title: string,
  work: (store: Store, progress: ImportOptions["progress"]) => Promise<ImportResult>,
): Promise<void> {
  return withStore(async (store) => {
    let findings: readonly Finding[] = [];
    let result: Exclude<ImportResult, { kind: "refused" }>;
    try {
      result = await withProgress(title, async (report) => {
        const imported = await work(store, report);
        findings = imported.findings;
        if (imported.kind === "refused")
          throw new CommandFault(`nothing was imported: ${countFindings(findings)}`);
        return imported;
      });
    } finally {
      printFindings(findings, process.stderr);
    }
    process.stdout.write(`${describe(result)}\n`);
  });
}

function describe(result: Exclude<ImportResult, { kind: "refused" }>): string {
  if (result.kind === "checked") return `All rows (${result.rows}) can be imported; nothing was written.`;
  const { revision, created, updated, deleted, byKind } = result.outcome;
  if (created + updated + deleted === 0)
    return `Nothing changed: revision ${revision} holds all of it already.`;
  const lines = ENTITY_KINDS.flatMap((kind) => {
    const counts = Object.entries(byKind[kind]).filter(([, count]) => count > 0);
    if (counts.length === 0) return [];
    return [`  ${ENTITIES[kind].list}: ${counts.map(([what, count]) => `${count} ${what}`).join(", ")}`];
  });
  return [`Revision ${revision}:`, ...lines].join("\n");
}
