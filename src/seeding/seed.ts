import { join, relative } from "node:path";
import type { Store } from "../store/store.ts";
import { formatFinding } from "./finding.ts";
import { type ImportOptions, type ImportResult, importGraph } from "./import-graph.ts";

/** The folder of the graph that comes with the program, relative to the working directory. */
export function seedsFolder(): string {
  return relative(process.cwd(), join(import.meta.dirname, "..", "..", "seeds"));
}

/** The writer of the shipped graph in the change log. */
const SOURCE = "seeds";

/** Imports the shipped graph on top of what is stored. Doing it again changes nothing. */
export function seed(
  store: Store,
  options: Pick<ImportOptions, "progress" | "dryRun" | "mode"> = {},
): Promise<ImportResult> {
  return importGraph(store, [seedsFolder()], { ...options, source: SOURCE });
}

/**
 * Imports the shipped graph, or that of the folder, if nothing has been written to the database yet, and returns whether it did. Throws an
 * Error that lists all findings when the shipped graph has faults.
 */
export async function seedIfEmpty(store: Store, folder: string = seedsFolder()): Promise<boolean> {
  if (store.snapshot().revision > 0) return false;
  const result = await importGraph(store, [folder], { source: SOURCE });
  if (result.kind === "refused")
    throw new Error(
      `the shipped graph cannot be imported:\n${result.findings.map(formatFinding).join("\n")}`,
    );
  return true;
}
