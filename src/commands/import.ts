import type { Finding } from "../seeding/finding.ts";
import { type ImportOptions, type ImportResult, importGraph } from "../seeding/import-graph.ts";
import { seed } from "../seeding/seed.ts";
import type { Store } from "../store/store.ts";
import { CommandFault } from "./command-fault.ts";
import { countFindings, printFindings } from "./print-findings.ts";
import { withProgress } from "./progress.ts";
import { withStore } from "./with-store.ts";

export interface ImportCommandOptions {
  readonly dryRun?: boolean;
  readonly replace?: boolean;
}

/** `import <file…>`: checks everything, then writes all or nothing. Findings go to standard error. */
export function importCommand(
  paths: readonly string[],
  { dryRun = false, replace = false }: ImportCommandOptions,
): Promise<void> {
  return run("Import", (store, progress) => importGraph(store, paths, { dryRun, replace, progress }));
}

/** `seed`: imports the shipped graph. */
export function seedCommand(): Promise<void> {
  return run("Import the shipped graph", (store, progress) => seed(store, { progress }));
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
  const { revision, created, updated, deleted, unchanged } = result.outcome;
  if (created + updated + deleted === 0)
    return `Nothing changed: revision ${revision} holds all of it already.`;
  return `Revision ${revision}: created ${created}, updated ${updated}, deleted ${deleted}, unchanged ${unchanged}.`;
}
