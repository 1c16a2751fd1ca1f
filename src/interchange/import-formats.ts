import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { ImportOptions, ReadSource } from "../seeding/import-graph.ts";
import type { ReadGraph } from "../seeding/read-graph-file.ts";
import { importCatalogue, isCatalogue } from "./catalogue-import.ts";
import { importCtdl, isCtdl } from "./ctdl-import.ts";
import { importEsco, isEsco } from "./esco-import.ts";
import { importExercism, isExercism } from "./exercism-import.ts";
import { importGraphml, isGraphml } from "./graphml-import.ts";
import type { ImportFormatName } from "./import-format-names.ts";
import { importNodeLink, isNodeLink } from "./node-link-import.ts";
import { type SourceFile, sourceFiles } from "./source-files.ts";
import { importSpreadsheet, isSpreadsheet, type SpreadsheetDefaults } from "./spreadsheet-import.ts";
import { importTables, isTables } from "./tables-import.ts";

interface ImportFormat {
  /** Whether files look like the format. */
  readonly isIt: (files: readonly SourceFile[]) => boolean;
  /** Throws `SourceError` for files that cannot be read as the format at all. */
  readonly read: (files: readonly SourceFile[], defaults: SpreadsheetDefaults) => ReadGraph;
}

type OtherFormat = Exclude<ImportFormatName, "graph">;

/** In the order in which they are recognised: what is more particular first. */
const IMPORT_FORMATS: Readonly<Record<OtherFormat, ImportFormat>> = {
  esco: { isIt: isEsco, read: importEsco },
  exercism: { isIt: isExercism, read: importExercism },
  catalogue: { isIt: isCatalogue, read: importCatalogue },
  ctdl: { isIt: isCtdl, read: importCtdl },
  "node-link": { isIt: isNodeLink, read: importNodeLink },
  graphml: { isIt: isGraphml, read: importGraphml },
  tables: { isIt: isTables, read: importTables },
  csv: { isIt: isSpreadsheet, read: importSpreadsheet },
};

/**
 * Reads a source in another format than a graph file; by its looks when no format is told. Several paths are one source,
 * such as the archives of ESCO. `undefined`: it looks like none of them, so it is a graph file. Throws `SourceError`.
 * `progress` is told when it is read.
 */
export function readSource(
  paths: readonly string[],
  format: OtherFormat | undefined,
  defaults: SpreadsheetDefaults,
  progress?: ImportOptions["progress"],
): ReadSource | undefined {
  // Of graph files that are not there, their own reader tells.
  if (format === undefined && !paths.every((path) => existsSync(path))) return undefined;
  const files = paths.flatMap(sourceFiles);
  const found =
    format === undefined
      ? Object.values(IMPORT_FORMATS).find(({ isIt }) => isIt(files))
      : IMPORT_FORMATS[format];
  if (found === undefined) return undefined;
  progress?.(`reading ${paths.join(" ")}`);
  const origin = paths.map((path) => basename(resolve(path))).join(" ");
  return { ...found.read(files, defaults), originOf: () => origin, name: paths.join(" ") };
}
