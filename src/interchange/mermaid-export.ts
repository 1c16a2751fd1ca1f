import { DRAWING_LACKS } from "./dot-export.ts";
import { drawingOf } from "./drawing.ts";
import { type ExportedGraph, noteOf } from "./exported-graph.ts";
import { oneLine } from "./exported-plan.ts";

/** Brackets around the name of each kind of node, which Mermaid draws as different shapes. */
const SHAPES = {
  skill: ["[", "]"],
  project: ["[[", "]]"],
  role: ["([", "])"],
  roadmap: ["[/", "/]"],
  resource: [">", "]"],
} as const;

/**
 * The graph as a Mermaid flowchart, which GitHub and many editors draw where it is small: by default Mermaid refuses more
 * than 500 edges or 50,000 characters. Choices are small circles, such as "1 of 2". O(nodes + edges).
 */
export function* exportMermaid(graph: ExportedGraph): Generator<string> {
  const { nodes, groups, edges } = drawingOf(graph);
  const names = new Map([...nodes, ...groups].map(({ id }, at) => [id, `n${at}`]));
  yield `%% ${noteOf(graph, DRAWING_LACKS)}\nflowchart LR\n`;
  for (const { id, kind, name } of nodes) {
    const [open, close] = SHAPES[kind];
    yield `  ${names.get(id)}${open}${quoted(name)}${close}\n`;
  }
  for (const { id, label } of groups) yield `  ${names.get(id)}((${quoted(label)}))\n`;
  for (const { source, target, label } of edges) {
    const arrow = label === undefined ? "-->" : `-. ${label} .->`;
    yield `  ${names.get(source)} ${arrow} ${names.get(target)}\n`;
  }
}

/** Text in quotes; what Mermaid or HTML would read as more than text is written by its number. */
function quoted(text: string): string {
  const safe = oneLine(text).replace(/["#&<>`\\*_~]/g, (character) => `#${character.charCodeAt(0)};`);
  return `"${safe}"`;
}
