import { resolve } from "node:path";
import { z } from "zod";
import type { Finding } from "../seeding/finding.ts";
import { type ImportOptions, type ImportResult, importGraph } from "../seeding/import-graph.ts";
import type { ImportMode } from "../seeding/merge-rows.ts";
import { seed } from "../seeding/seed.ts";
import { ENTITIES, ENTITY_KINDS } from "../store/rows/entities.ts";
import { CommandFault } from "./command-fault.ts";
import { countFindings, printFindings } from "./print-findings.ts";
import { withProgress } from "./progress.ts";
import { storeCommand, type Terminal } from "./store-command.ts";

const modes = { update: z.boolean().optional(), replace: z.boolean().optional() };

const importArguments = z.strictObject({
  ...modes,
  files: z.array(z.string()),
  format: z.literal("graph"),
  dryRun: z.boolean().optional(),
  prune: z.boolean().optional(),
});

/** `import <file…>`: checks everything, then writes all or nothing. Findings go to standard error. */
export const importFiles = storeCommand(importArguments, (store, given, terminal) => {
  const { dryRun = false, prune = false } = given;
  // Where the command was called in the folder of this process, findings name the files as they were given.
  const files = given.files.map((file) =>
    terminal.folder === process.cwd() ? file : resolve(terminal.folder, file),
  );
  return run("Import", terminal, (progress) =>
    importGraph(store, files, { dryRun, prune, mode: modeOf(given), progress }),
  );
});

/** `seed`: imports the shipped graph. */
export const seedAgain = storeCommand(z.strictObject(modes), (store, given, terminal) =>
  run("Import the shipped graph", terminal, (progress) => seed(store, { mode: modeOf(given), progress })),
);

function modeOf({ update, replace }: z.infer<z.ZodObject<typeof modes>>): ImportMode {
  if (replace) return "REPLACE";
  return update ? "UPDATE" : "OWN";
}

async function run(
  title: string,
  terminal: Terminal,
  work: (progress: ImportOptions["progress"]) => Promise<ImportResult>,
): Promise<void> {
  let findings: readonly Finding[] = [];
  let result: Exclude<ImportResult, { kind: "refused" }>;
  try {
    result = await withProgress(title, terminal, async (report) => {
      const imported = await work(report);
      findings = imported.findings;
      if (imported.kind === "refused")
        throw new CommandFault(`nothing was imported: ${countFindings(findings)}`);
      return imported;
    });
  } finally {
    printFindings(findings, terminal.stderr);
  }
  terminal.stdout.write(`${describe(result)}\n`);
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
