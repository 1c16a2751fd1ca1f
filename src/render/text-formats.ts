import type { Layout, Picture } from "./picture.ts";

/** A picture in Graphviz' language. `origin` comes before links. */
export function dotOf({ title, nodes, edges }: Picture, origin: string): string {
  const text = (value: string) => `"${oneLine(value).replace(/[\\"]/g, "\\$&")}"`;
  const lines = [
    `digraph {`,
    `  label=${text(title)}; rankdir=LR; node [shape=box, style=rounded];`,
    ...nodes.map(
      (node) => `  ${text(node.id)} [label=${text(node.label)}, URL=${text(origin + node.href)}];`,
    ),
    ...edges.map(
      ({ prerequisite, dependent, isAlternative }) =>
        `  ${text(prerequisite)} -> ${text(dependent)}${isAlternative ? " [style=dashed]" : ""};`,
    ),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** A picture in Mermaid's language; names are quoted, with the entities that it knows. */
export function mermaidOf({ title, nodes, edges }: Picture): string {
  const text = (value: string) =>
    `"${oneLine(value).replace(/[#"<>&`\\;]/g, (letter) => `#${letter.codePointAt(0)};`)}"`;
  const places = new Map(nodes.map(({ id }, at) => [id, `n${at}`]));
  const lines = [
    "---",
    `title: ${JSON.stringify(oneLine(title).replace(/[<>]/g, ""))}`,
    "---",
    "flowchart LR",
    ...nodes.map(({ label }, at) => `  n${at}[${text(label)}]`),
    ...edges.map(
      ({ prerequisite, dependent, isAlternative }) =>
        `  ${places.get(prerequisite)} ${isAlternative ? "-.->" : "-->"} ${places.get(dependent)}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

/** A picture with the places of its nodes, for those who draw it themselves. */
export function jsonOf(
  { title, nodes, edges }: Picture,
  { left, top, width, height, boxes }: Layout,
): string {
  const placed = nodes.map(({ grow: _, beside: __, ...node }, at) => ({ ...node, ...boxes[at] }));
  return `${JSON.stringify({ title, left, top, width, height, nodes: placed, edges })}\n`;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
