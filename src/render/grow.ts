import { sizeOf } from "./label.ts";
import type { Box, Layout, Picture, PictureNode } from "./picture.ts";

/** Pixels around a picture. */
export const MARGIN = 16;

/** Pixels between a node and those beside it, as between layers. */
const LAYER_GAP = 54;
/** Pixels between nodes above one another. */
const GAP = 12;
/** How far a place is from the next one that is tried, in pixels. */
const STEP = 6;

/**
 * Adds to a layout what stands beside its nodes: each node in a column left or right of the one that it belongs to, at the
 * free place that is nearest to it. Whatever has a place keeps it. O(added · places tried · nodes); the picture is bounded.
 */
export function grown({ nodes, edges }: Picture, { boxes, curves, ...corner }: Layout): Layout {
  const placed = new Map<string, Box>();
  let next = 0;
  for (const node of nodes) if (node.beside === undefined) placed.set(node.id, boxes[next++]!);
  for (const node of nodes) if (node.beside !== undefined) placed.set(node.id, besideOf(node, placed));
  const first = new Map<string, readonly number[]>();
  let laid = 0;
  const isFirst = new Set(nodes.flatMap(({ id, beside }) => (beside === undefined ? id : [])));
  for (const edge of edges)
    if (isFirst.has(edge.prerequisite) && isFirst.has(edge.dependent))
      first.set(`${edge.prerequisite} ${edge.dependent}`, curves[laid++]!);
  return {
    ...cornersOf([...placed.values()], corner),
    boxes: nodes.map(({ id }) => placed.get(id)!),
    curves: edges.map(
      ({ prerequisite, dependent }) =>
        first.get(`${prerequisite} ${dependent}`) ??
        between(placed.get(prerequisite)!, placed.get(dependent)!),
    ),
  };
}

function besideOf(node: PictureNode, placed: ReadonlyMap<string, Box>): Box {
  const { id, side } = node.beside!;
  const anchor = placed.get(id)!;
  const size = sizeOf(node);
  const away = anchor.width / 2 + LAYER_GAP + size.width / 2;
  const x = Math.round(side === "left" ? anchor.x - away : anchor.x + away);
  const others = [...placed.values()];
  for (let far = 0; ; far += STEP)
    for (const y of [anchor.y + far, anchor.y - far]) {
      const box = { x, y: Math.round(y), ...size };
      if (others.every((other) => !touches(box, other))) return box;
    }
}

function touches(a: Box, b: Box): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP &&
    Math.abs(a.y - b.y) < (a.height + b.height) / 2 + GAP
  );
}

/** The smallest rectangle around everything, the first picture in it as it was. */
function cornersOf(
  boxes: readonly Box[],
  { left, top, width, height }: Pick<Layout, "left" | "top" | "width" | "height">,
): Pick<Layout, "left" | "top" | "width" | "height"> {
  let [right, bottom] = [left + width, top + height];
  for (const box of boxes) {
    left = Math.min(left, Math.floor(box.x - box.width / 2 - MARGIN));
    right = Math.max(right, Math.ceil(box.x + box.width / 2 + MARGIN));
    top = Math.min(top, Math.floor(box.y - box.height / 2 - MARGIN));
    bottom = Math.max(bottom, Math.ceil(box.y + box.height / 2 + MARGIN));
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** A curve from the right of one box to the left of another. */
function between(from: Box, to: Box): number[] {
  const start = from.x + from.width / 2;
  const end = to.x - to.width / 2;
  const bend = Math.max(LAYER_GAP / 2, Math.abs(end - start) / 2);
  return [start, from.y, start + bend, from.y, end - bend, to.y, end, to.y].map(
    (pixels) => Math.round(pixels * 10) / 10,
  );
}
