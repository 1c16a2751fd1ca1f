import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { exportGraphFile, type GraphFileFormat } from "../interchange/graph-file-export.ts";
import { readGraphRows } from "../store/rows/read-graph.ts";
import { withSeededStore } from "./with-store.ts";

export interface ExportCommandOptions {
  readonly format: GraphFileFormat;
  /** The file to write; by default standard output. */
  readonly output?: string;
}

/** `export`: writes the stored graph. If it fails, no file is left behind and an old one stays as it was. */
export function exportCommand({ format, output }: ExportCommandOptions): Promise<void> {
  return withSeededStore(async (store) => {
    const pieces = Readable.from(exportGraphFile(await readGraphRows(store.prisma), format));
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
