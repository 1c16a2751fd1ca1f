/** The formats of exports, by the names that the command line and links have for them. */
export const EXPORT_FORMAT_NAMES = [
  "nodes.csv",
  "edges.csv",
  "groups.csv",
  "nodes.parquet",
  "edges.parquet",
  "groups.parquet",
  "node-link",
  "graphml",
  "dot",
  "mermaid",
  "ctdl",
  "skos",
] as const;
export type ExportFormatName = (typeof EXPORT_FORMAT_NAMES)[number];
