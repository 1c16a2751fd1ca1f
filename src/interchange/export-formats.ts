import { EDGE_COLUMNS, GROUP_COLUMNS, NODE_COLUMNS } from "./columns.ts";
import { exportCsv } from "./csv-export.ts";
import { exportCtdl } from "./ctdl-export.ts";
import { exportDot } from "./dot-export.ts";
import type { ExportFormatName } from "./export-format-names.ts";
import type { ExportedGraph } from "./exported-graph.ts";
import { exportGraphml } from "./graphml-export.ts";
import { exportMermaid } from "./mermaid-export.ts";
import { exportNodeLink } from "./node-link-export.ts";
import { exportParquet } from "./parquet-export.ts";
import { exportSkos } from "./skos-export.ts";

export interface ExportFormat {
  readonly mediaType: string;
  /** The end of a file's name. */
  readonly ending: string;
  /** Whether it is compressed by itself, and read in ranges of bytes. */
  readonly isBinary?: true;
  /** What it needs of the graph beside names, hours and edges, which takes time and memory: figures of skills, aliases. */
  readonly hasMetrics?: true;
  readonly hasAliases?: true;
  /** The file in pieces. Equal graphs give equal bytes. */
  readonly write: (graph: ExportedGraph) => Iterable<string | Uint8Array>;
}

const PARQUET = { mediaType: "application/vnd.apache.parquet", isBinary: true } as const;
const CSV = "text/csv; charset=utf-8; header=present";

/** How each format is written. */
export const EXPORT_FORMATS: Readonly<Record<ExportFormatName, ExportFormat>> = {
  "nodes.csv": {
    mediaType: CSV,
    ending: "-nodes.csv",
    hasMetrics: true,
    write: ({ nodes }) => exportCsv(NODE_COLUMNS, nodes),
  },
  "edges.csv": {
    mediaType: CSV,
    ending: "-edges.csv",
    write: ({ edges }) => exportCsv(EDGE_COLUMNS, edges),
  },
  "groups.csv": {
    mediaType: CSV,
    ending: "-groups.csv",
    write: ({ groups }) => exportCsv(GROUP_COLUMNS, groups),
  },
  "nodes.parquet": {
    ...PARQUET,
    ending: "-nodes.parquet",
    hasMetrics: true,
    write: (graph) => exportParquet(NODE_COLUMNS, graph.nodes, graph),
  },
  "edges.parquet": {
    ...PARQUET,
    ending: "-edges.parquet",
    write: (graph) => exportParquet(EDGE_COLUMNS, graph.edges, graph),
  },
  "groups.parquet": {
    ...PARQUET,
    ending: "-groups.parquet",
    write: (graph) => exportParquet(GROUP_COLUMNS, graph.groups, graph),
  },
  "node-link": { mediaType: "application/json", ending: ".json", hasMetrics: true, write: exportNodeLink },
  graphml: {
    mediaType: "application/graphml+xml",
    ending: ".graphml",
    hasMetrics: true,
    write: exportGraphml,
  },
  dot: { mediaType: "text/vnd.graphviz; charset=utf-8", ending: ".dot", write: exportDot },
  ctdl: { mediaType: "application/ld+json", ending: "-ctdl.jsonld", write: exportCtdl },
  skos: { mediaType: "application/ld+json", ending: "-skos.jsonld", hasAliases: true, write: exportSkos },
  mermaid: { mediaType: "text/vnd.mermaid; charset=utf-8", ending: ".mmd", write: exportMermaid },
};
