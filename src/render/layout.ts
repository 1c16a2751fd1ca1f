import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { grown, MARGIN } from "./grow.ts";
import { sizeOf } from "./label.ts";
import type { Box, Layout, Picture } from "./picture.ts";

/** Graphviz' pixels in an inch, its unit. */
const INCH = 72;

/**
 * Places a picture in layers from left to right, with few crossings, by Graphviz' dot; then what stands beside other nodes,
 * so that these are where they would be without. No text of the picture goes to Graphviz: it gets sizes alone. Holds its
 * thread, about 0.4 ms a node.
 */
export async function layoutOf(picture: Picture): Promise<Layout> {
  const first = new Set(picture.nodes.flatMap(({ id, beside }) => (beside === undefined ? id : [])));
  if (first.size === picture.nodes.length) return inLayers(picture);
  const laid = await inLayers({
    ...picture,
    nodes: picture.nodes.filter(({ id }) => first.has(id)),
    edges: picture.edges.filter(
      ({ prerequisite, dependent }) => first.has(prerequisite) && first.has(dependent),
    ),
  });
  return grown(picture, laid);
}

async function inLayers({ nodes, edges }: Picture): Promise<Layout> {
  const graphviz = await Graphviz.load();
  const places = new Map(nodes.map(({ id }, at) => [id, at]));
  const sizes = nodes.map(sizeOf);
  const source = [
    'digraph{rankdir=LR;nodesep=0.16;ranksep=0.75;node[shape=box,fixedsize=true,label=""];edge[arrowhead=none,tailport=e,headport=w]',
    ...sizes.map(({ width, height }, at) => `n${at}[width=${inches(width)},height=${inches(height)}]`),
    ...edges.map(({ prerequisite, dependent }) => `n${places.get(prerequisite)}->n${places.get(dependent)}`),
    "}",
  ];
  return read(graphviz.layout(source.join("\n"), "plain", "dot"), sizes, edges, places);
}

function inches(pixels: number): string {
  return (pixels / INCH).toFixed(4);
}

/** Reads Graphviz' plain format: `graph scale width height`, then a line for each node and edge. */
function read(
  plain: string,
  sizes: readonly { readonly width: number; readonly height: number }[],
  edges: Picture["edges"],
  places: ReadonlyMap<string, number>,
): Layout {
  const boxes: Box[] = [];
  const curveOf = new Map<string, number[]>();
  let width = 0;
  let height = 0;
  const across = (inch: string | undefined) => round(Number(inch) * INCH + MARGIN);
  // Graphviz counts upwards.
  const down = (inch: string | undefined) => round(height - Number(inch) * INCH + MARGIN);
  for (const line of plain.replaceAll("\\\n", "").split("\n")) {
    const [kind, ...words] = line.split(" ");
    if (kind === "graph") {
      width = Number(words[1]) * INCH;
      height = Number(words[2]) * INCH;
    } else if (kind === "node") {
      const at = Number(words[0]!.slice(1));
      boxes[at] = { x: across(words[1]), y: down(words[2]), ...sizes[at]! };
    } else if (kind === "edge") {
      const count = Number(words[2]);
      const points: number[] = [];
      for (let point = 0; point < count; point++)
        points.push(across(words[3 + 2 * point]), down(words[4 + 2 * point]));
      curveOf.set(`${words[0]} ${words[1]}`, points);
    }
  }
  const curves = edges.map(
    ({ prerequisite, dependent }) =>
      curveOf.get(`n${places.get(prerequisite)} n${places.get(dependent)}`) ?? [],
  );
  return {
    left: 0,
    top: 0,
    width: Math.ceil(width + 2 * MARGIN),
    height: Math.ceil(height + 2 * MARGIN),
    boxes,
    curves,
  };
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
