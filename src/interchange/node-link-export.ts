import { attributesOf, EDGE_COLUMNS, GROUP_COLUMNS, NODE_COLUMNS } from "./columns.ts";
import { type ExportedGraph, noteOf } from "./exported-graph.ts";

/** What the format leaves out; the groups are in it, but NetworkX does not read them as conditions. */
export const NODE_LINK_LACKS = "citations, aliases, reasons, notes, claims and documents";

/**
 * The graph as node-link JSON, which NetworkX reads as a `MultiDiGraph`. The edges stand under `links`, where NetworkX
 * looked for them before version 3.4, and under `edges`, where it does now. `graph.groups` says which prerequisites are
 * alternatives. O(nodes + edges).
 */
export function* exportNodeLink(graph: ExportedGraph): Generator<string> {
  const about = {
    name: "skills graph",
    revision: graph.revision,
    projection: graph.projection,
    note: noteOf(graph, NODE_LINK_LACKS),
    groups: graph.groups.map((group) => attributesOf(GROUP_COLUMNS, group)),
  };
  yield `{"directed":true,"multigraph":true,"graph":${JSON.stringify(about)},"nodes":[`;
  yield* list(graph.nodes, (node) => attributesOf(NODE_COLUMNS, node));
  for (const name of ["links", "edges"]) {
    yield `],"${name}":[`;
    yield* list(graph.edges, (edge, key) => ({ ...attributesOf(EDGE_COLUMNS, edge), key }));
  }
  yield "]}\n";
}

function* list<Row>(rows: readonly Row[], of: (row: Row, at: number) => object): Generator<string> {
  for (const [at, row] of rows.entries()) yield `${at === 0 ? "\n" : ",\n"}${JSON.stringify(of(row, at))}`;
}
