import { attributesOf, type Column, EDGE_COLUMNS, GROUP_COLUMNS, NODE_COLUMNS } from "./columns.ts";
import { type ExportedGraph, noteOf, type Rows } from "./exported-graph.ts";

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
  const nodeOf = membersOf(NODE_COLUMNS, JSON.stringify);
  yield* list(graph.nodes, (node) => `{${nodeOf(node)}}`);
  // Each of their texts stands in many edges.
  const quoted = new Map<string, string>();
  const edgeOf = membersOf(EDGE_COLUMNS, (text) => {
    const known = quoted.get(text) ?? JSON.stringify(text);
    quoted.set(text, known);
    return known;
  });
  for (const name of ["links", "edges"]) {
    yield `],"${name}":[`;
    yield* list(graph.edges, (edge, key) => `{${edgeOf(edge)},"key":${key}}`);
  }
  yield "]}\n";
}

/** Writes what `attributesOf` gives, without making it: a third of the time. */
function membersOf<Row>(
  columns: readonly Column<Row>[],
  quote: (text: string) => string,
): (row: Row) => string {
  const members = columns.map(({ name, of }, at) => ({ key: `${at === 0 ? "" : ","}"${name}":`, of }));
  return (row) => {
    let text = "";
    for (const { key, of } of members) {
      const value = of(row);
      if (value !== null) text += key + (typeof value === "string" ? quote(value) : value);
    }
    return text;
  };
}

function* list<Row>(rows: Rows<Row>, of: (row: Row, at: number) => string): Generator<string> {
  for (let at = 0; at < rows.length; at++) yield (at === 0 ? "\n" : ",\n") + of(rows.at(at)!, at);
}
