import { join, relative } from "node:path";
import type { Store } from "../store/store.ts";
import { formatFinding } from "./finding.ts";
import { type ImportOptions, type ImportResult, importGraph } from "./import-graph.ts";

/** The folder of the graph that is shipped with the program, as seen from where it was started. */
export function seedsFolder(): string {
  return relative(process.cwd(), join(import.meta.dirname, "..", "..", "seeds"));
}

/** What the change log names as the writer of the shipped graph. */
const SOURCE = "seeds";

/** Imports the shipped graph on top of what is stored. Twice changes nothing. */
export function seed(
  store: Store,
  options: Pick<ImportOptions, "progress" | "dryRun"> = {},
): Promise<ImportResult> {
  return importGraph(store, [seedsFolder()], { ...options, source: SOURCE });
}

/**
 * Imports the shipped graph into a database that nothing has been written to yet. Returns whether it did.
 * Throws when the shipped graph has errors: whoever changed it sees them all.
 */
export async function seedIfEmpty(store: Store): Promise<boolean> {
  if (store.snapshot().revision > 0) return false;
  const result = await seed(store);
  if (result.kind === "refused")
    throw new Error(
      `the shipped graph cannot be imported:\n${result.findings.map(formatFinding).join("\n")}`,
    );
  return true;
}
