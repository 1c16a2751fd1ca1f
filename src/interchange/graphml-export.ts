import { attributesOf, type Column, EDGE_COLUMNS, GROUP_COLUMNS, NODE_COLUMNS } from "./columns.ts";
import { type ExportedGraph, noteOf } from "./exported-graph.ts";

/** What the format leaves out. */
export const GRAPHML_LACKS =
  "citations, aliases, reasons, notes, claims, documents, and characters that XML does not allow";

/** Types as GraphML has them. */
const TYPES = { string: "string", integer: "int", number: "double", boolean: "boolean" } as const;

/** Where GraphML keeps these itself. */
const ENDS: ReadonlySet<string> = new Set(["source", "target"]);
const NODE_DATA = NODE_COLUMNS.filter(({ name }) => name !== "id");
const EDGE_DATA = EDGE_COLUMNS.filter(({ name }) => !ENDS.has(name));

/**
 * The graph as GraphML, which NetworkX, Gephi, yEd and igraph read. The name of a node stands under `label` too, where
 * Gephi looks for it. GraphML has no groups: those of requirements are a text of JSON, the datum `groups` of the graph.
 * O(nodes + edges).
 */
export function* exportGraphml(graph: ExportedGraph): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  for (const name of ["note", "projection", "groups"]) yield keyOf("graph", name, "string");
  yield keyOf("graph", "revision", "int");
  yield keyOf("node", "label", "string");
  for (const { name, type } of NODE_DATA) yield keyOf("node", name, TYPES[type]);
  for (const { name, type } of EDGE_DATA) yield keyOf("edge", name, TYPES[type]);
  yield '<graph id="skills-graph" edgedefault="directed">\n';
  yield `${datum("graph", "note", noteOf(graph, GRAPHML_LACKS))}${datum("graph", "projection", graph.projection)}`;
  yield `${datum("graph", "groups", JSON.stringify(graph.groups.map((group) => attributesOf(GROUP_COLUMNS, group))))}`;
  yield `${datum("graph", "revision", graph.revision)}\n`;
  const nodeData = dataOf("node", NODE_DATA);
  for (const node of graph.nodes)
    yield `<node id="${escaped(node.id)}">${datum("node", "label", node.name)}${nodeData(node)}</node>\n`;
  const edgeData = dataOf("edge", EDGE_DATA);
  for (const edge of graph.edges) {
    const ends = `source="${escaped(edge.source.id)}" target="${escaped(edge.target.id)}"`;
    yield `<edge ${ends}>${edgeData(edge)}</edge>\n`;
  }
  yield "</graph>\n</graphml>\n";
}

type Domain = "graph" | "node" | "edge";

function keyOf(domain: Domain, name: string, type: string): string {
  return `<key id="${domain}-${name}" for="${domain}" attr.name="${name}" attr.type="${type}"/>\n`;
}

/** Writes what rows say. */
function dataOf<Row>(domain: Domain, columns: readonly Column<Row>[]): (row: Row) => string {
  const members = columns.map(({ name, of }) => ({ begin: `<data key="${domain}-${name}">`, of }));
  return (row) => {
    let text = "";
    for (const { begin, of } of members) {
      const value = of(row);
      if (value === null) continue;
      text += `${begin}${typeof value === "string" ? escaped(value) : value}</data>`;
    }
    return text;
  };
}

function datum(domain: Domain, name: string, value: string | number | boolean): string {
  return `<data key="${domain}-${name}">${escaped(String(value))}</data>`;
}

/** What XML 1.0 has no way to write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML excludes
const IMPOSSIBLE = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/** Text that stands for itself, as nearly all does. */
const PLAIN = /^[ !#-%'-;=?-~]*$/;

function escaped(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(IMPOSSIBLE, "\uFFFD").replace(/[&<>"\r]/g, (character) => ENTITIES[character]!);
}
