/** The formats of imports, in the order in which they are recognised; `graph` is the graph file. */
export const IMPORT_FORMAT_NAMES = [
  "graph",
  "esco",
  "exercism",
  "catalogue",
  "ctdl",
  "node-link",
  "graphml",
  "tables",
  "csv",
] as const;
export type ImportFormatName = (typeof IMPORT_FORMAT_NAMES)[number];
