import { NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";
import { roomyCopy } from "./spare-room.ts";

/** What `Renumbering.placeOf` says of an owner that goes. */
export const GONE = -1;

/** How owners are numbered after some have come or gone. */
export interface Renumbering {
  /** How many owners, and how many skills among them, there are then. */
  readonly ownerCount: number;
  readonly skillCount: number;
  /** Per owner of the graph its new number, or `GONE`. Owners that stay keep their order, skills come first. */
  readonly placeOf: Int32Array;
}

/**
 * A copy of the graph with its owners numbered anew: those that come cost and need nothing yet, and nothing speaks for them. Owners that go
 * must need nothing, and no requirement may name them. Shares no buffer with the graph given.
 *
 * Time and memory O(graph), in a few passes over the arrays; some fifty times as fast as building it anew.
 */
export function renumberedGraph(
  graph: PrerequisiteGraph,
  { ownerCount, skillCount, placeOf }: Renumbering,
): PrerequisiteGraph {
  /** Per place what an array says of the owner there; `none` of those that come. */
  const placed = (perOwner: Int32Array, count: number, none: number): Int32Array => {
    const array = new Int32Array(count).fill(none);
    for (let owner = 0; owner < perOwner.length; owner++)
      if (placeOf[owner] !== GONE) array[placeOf[owner]!] = perOwner[owner]!;
    return array;
  };
  return {
    ownerCount,
    skillCount,
    cost: placed(graph.cost, ownerCount, 0),
    merits: graph.merits.map((merit) => placed(merit, skillCount, 0)),
    requirement: renumbered(placed(graph.requirement, ownerCount, NONE), placeOf),
    groupNeed: roomyCopy(graph.groupNeed),
    groupStart: roomyCopy(graph.groupStart),
    members: renumbered(graph.members, placeOf),
    groupParent: renumbered(graph.groupParent, placeOf),
    usedByStart: placed(graph.usedByStart, skillCount, 0),
    usedByEnd: placed(graph.usedByEnd, skillCount, 0),
    usedBy: renumbered(graph.usedBy, placeOf),
  };
}

/** Owners and skills are numbers ≥ 0, groups below. What goes is named by left-over groups only. */
function renumbered(references: Int32Array, placeOf: Int32Array): Int32Array {
  const copy = roomyCopy(references);
  let firstMoved = 0;
  while (placeOf[firstMoved] === firstMoved) firstMoved++;
  for (let at = 0; at < copy.length; at++) {
    const reference = copy[at]!;
    // Still ≥ 0: a group that belongs to an owner is where the groups of another end.
    if (reference >= firstMoved) copy[at] = Math.max(0, placeOf[reference]!);
  }
  return copy;
}
