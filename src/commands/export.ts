import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { EXPORT_FORMAT_NAMES } from "../interchange/export-format-names.ts";
import { EXPORT_FORMATS } from "../interchange/export-formats.ts";
import { exportedGraph } from "../interchange/export-graph.ts";
import { ExportPartError, ownersOfPart, PART_DIRECTIONS } from "../interchange/export-part.ts";
import { PROJECTIONS } from "../interchange/exported-graph.ts";
import { exportGraphFile, GRAPH_FILE_FORMATS } from "../interchange/graph-file-export.ts";
import { readDetails } from "../store/rows/read-details.ts";
import { readGraphRows } from "../store/rows/read-graph.ts";
import type { Store } from "../store/store.ts";
import { ask } from "../workers/ask.ts";
import { inSlices } from "../workers/slices.ts";
import { CommandFault } from "./command-fault.ts";
import { storeCommand } from "./store-command.ts";

const exportArguments = z.strictObject({
  format: z.enum([...GRAPH_FILE_FORMATS, ...EXPORT_FORMAT_NAMES]),
  roots: z.array(z.string()).default([]),
  direction: z.enum(PART_DIRECTIONS).optional(),
  depth: z.int().optional(),
  projection: z.enum(PROJECTIONS).optional(),
});

/** `export`: prints the stored graph, or a part of it. */
export const exportGraph = storeCommand(exportArguments, async (store, given, { stdout }) => {
  await pipeline(Readable.from(await piecesOf(store, given)), stdout, { end: false });
});

/** The file in pieces. Throws a `CommandFault` for a part that is not there. */
async function piecesOf(
  store: Store,
  { format, projection, roots, direction, depth }: z.infer<typeof exportArguments>,
): Promise<Iterable<string | Uint8Array>> {
  if (format === "yaml" || format === "json") {
    if (roots.length > 0 || projection !== undefined)
      throw new CommandFault(
        `expected the whole graph as ${format}: parts and projections are for the other formats`,
      );
    return exportGraphFile(await readGraphRows(store.prisma), format);
  }
  const { hasAliases = false, hasMetrics, write } = EXPORT_FORMATS[format];
  const { snapshot, details } = await store.readAtOneRevision(async (snapshot, rows) => ({
    snapshot,
    details: await readDetails(rows, { hasAliases }),
  }));
  try {
    const owners = roots.length === 0 ? undefined : ownersOfPart(snapshot, { roots, direction, depth });
    const metrics = hasMetrics && (await ask("skillMetrics", { graph: snapshot.graph }));
    const choice = { projection, owners, metrics };
    return write(await inSlices(exportedGraph(snapshot, details, choice)));
  } catch (error) {
    throw error instanceof ExportPartError ? new CommandFault(error.message) : error;
  }
}
