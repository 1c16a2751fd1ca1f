import { basename, extname, resolve } from "node:path";
import type { Store } from "../store/store.ts";
import { formatFinding } from "./finding.ts";
import { importGraph } from "./import-graph.ts";
import { slugOf } from "./slug.ts";

/** A graph that is not served, with everything that is wrong with it in the message. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  readonly code = "GRAPH_REFUSED";
}

/** The folder that holds the graph of a file: beside the one of the shipped graph, and named after the file. */
export function dataDirOf(graph: string, dataDir: string): string {
  const name = slugOf(basename(resolve(graph), extname(graph)));
  return `${dataDir.replace(/[/\\]+$/, "")}-${name === "" ? "graph" : name}`;
}

/**
 * Makes the database hold what the graph file, or the folder of them, says, and nothing else. Throws a GraphError that
 * lists all findings when the graph has faults; the database is left as it was then.
 */
export async function holdOnly(store: Store, graph: string): Promise<void> {
  const result = await importGraph(store, [graph], { mode: "REPLACE", prune: true });
  if (result.kind === "refused")
    throw new GraphError(`the graph is not served:\n${result.findings.map(formatFinding).join("\n")}`);
}
