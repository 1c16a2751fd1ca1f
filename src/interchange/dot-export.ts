import { drawingOf } from "./drawing.ts";
import { type ExportedGraph, noteOf } from "./exported-graph.ts";
import { oneLine } from "./exported-plan.ts";

/** What the format leaves out. */
export const DRAWING_LACKS = "the order of prerequisites, hours, summaries and citations";

const SHAPES = { skill: "box", project: "component", role: "house", roadmap: "folder", resource: "note" };

/** The graph for Graphviz. Choices are small circles, such as "1 of 2". O(nodes + edges). */
export function* exportDot(graph: ExportedGraph): Generator<string> {
  const { nodes, groups, edges } = drawingOf(graph);
  yield `// ${noteOf(graph, DRAWING_LACKS)}\n`;
  yield 'digraph "skills graph" {\n  rankdir=LR;\n';
  for (const { id, kind, name } of nodes)
    yield `  ${quoted(id)} [label=${label(name)}, shape=${SHAPES[kind]}];\n`;
  for (const { id, label: text } of groups) yield `  ${quoted(id)} [label=${label(text)}, shape=circle];\n`;
  for (const { source, target, label: text } of edges) {
    const attributes = text === undefined ? "" : ` [label=${label(text)}, style=dotted]`;
    yield `  ${quoted(source)} -> ${quoted(target)}${attributes};\n`;
  }
  yield "}\n";
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}

/** In labels, backslashes begin escapes such as \\N, the name of the node. */
function label(text: string): string {
  return quoted(oneLine(text).replaceAll("\\", "\\\\"));
}
