import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ExportFormatName } from "../interchange/export-format-names.ts";
import { EXPORT_FORMATS } from "../interchange/export-formats.ts";
import { exportedGraph } from "../interchange/export-graph.ts";
import { type ExportPart, ExportPartError, ownersOfPart } from "../interchange/export-part.ts";
import type { Projection } from "../interchange/exported-graph.ts";
import { exportGraphFile, type GraphFileFormat } from "../interchange/graph-file-export.ts";
import { readDetails } from "../store/rows/read-details.ts";
import { readGraphRows } from "../store/rows/read-graph.ts";
import type { Store } from "../store/store.ts";
import { inSlices } from "../workers/slices.ts";
import { CommandFault } from "./command-fault.ts";
import { withSeededStore } from "./with-store.ts";

export interface ExportCommandOptions extends Partial<ExportPart> {
  readonly format: GraphFileFormat | ExportFormatName;
  readonly projection?: Projection;
  /** The file to write; by default standard output. */
  readonly output?: string;
}

/** `export`: writes the stored graph. If it fails, no file is left behind and an old one stays as it was. */
export function exportCommand({ output, ...options }: ExportCommandOptions): Promise<void> {
  return withSeededStore(async (store) => {
    const pieces = Readable.from(await piecesOf(store, options));
    if (output === undefined) {
      await pipeline(pieces, process.stdout, { end: false });
      return;
    }
    const draft = `${output}.${process.pid}.draft`;
    try {
      await pipeline(pieces, createWriteStream(draft));
      await rename(draft, output);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    process.stderr.write(`Wrote ${output}\n`);
  });
}

/** The file in pieces. Throws a `CommandFault` for a part that is not there. */
async function piecesOf(
  store: Store,
  { format, projection, roots = [], direction, depth }: ExportCommandOptions,
): Promise<Iterable<string | Uint8Array>> {
  if (format === "yaml" || format === "json") {
    if (roots.length > 0 || projection !== undefined)
      throw new CommandFault(
        `expected the whole graph as ${format}: parts and projections are for the other formats`,
      );
    return exportGraphFile(await readGraphRows(store.prisma), format);
  }
  const { snapshot, details } = await store.readAtOneRevision(async (snapshot, rows) => ({
    snapshot,
    details: await readDetails(rows),
  }));
  try {
    const owners = roots.length === 0 ? undefined : ownersOfPart(snapshot, { roots, direction, depth });
    return EXPORT_FORMATS[format].write(
      await inSlices(exportedGraph(snapshot, details, { projection, owners })),
    );
  } catch (error) {
    throw error instanceof ExportPartError ? new CommandFault(error.message) : error;
  }
}
