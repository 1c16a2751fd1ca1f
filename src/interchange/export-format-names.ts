/** The formats of exports, by the names that the command line and links have for them. */
export const EXPORT_FORMAT_NAMES = [
  "nodes.csv",
  "edges.csv",
  "groups.csv",
  "node-link",
  "graphml",
  "dot",
  "mermaid",
] as const;
export type ExportFormatName = (typeof EXPORT_FORMAT_NAMES)[number];
