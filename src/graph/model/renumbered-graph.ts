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
 * A copy of the graph with its owners numbered anew: those that come cost and need nothing yet. Owners that go
 * must need nothing, and no requirement may name them. Shares no buffer with the graph given.
 *
 * Time and memory O(graph), in a few passes over the arrays; some fifty times as fast as building it anew.
 */
export function renumberedGraph(
  graph: PrerequisiteGraph,
  { ownerCount, skillCount, placeOf }: Renumbering,
): PrerequisiteGraph {
  /** Owners and skills are numbers ≥ 0, groups below. What goes is named by left-over groups only. */
  const renumbered = (references: Int32Array): Int32Array => {
    const copy = roomyCopy(references);
    for (let at = 0; at < copy.length; at++)
      // Still ≥ 0: a group that belongs to an owner is where the groups of another end.
      if (copy[at]! >= 0) copy[at] = Math.max(0, placeOf[copy[at]!]!);
    return copy;
  };
  const cost = new Int32Array(ownerCount);
  const requirement = new Int32Array(ownerCount).fill(NONE);
  for (let owner = 0; owner < graph.ownerCount; owner++) {
    const place = placeOf[owner]!;
    if (place === GONE) continue;
    const reference = graph.requirement[owner]!;
    cost[place] = graph.cost[owner]!;
    requirement[place] = reference >= 0 ? placeOf[reference]! : reference;
  }
  const usedByStart = new Int32Array(skillCount);
  const usedByEnd = new Int32Array(skillCount);
  for (let skill = 0; skill < graph.skillCount; skill++) {
    const place = placeOf[skill]!;
    if (place === GONE) continue;
    usedByStart[place] = graph.usedByStart[skill]!;
    usedByEnd[place] = graph.usedByEnd[skill]!;
  }
  return {
    ownerCount,
    skillCount,
    cost,
    requirement,
    groupNeed: roomyCopy(graph.groupNeed),
    groupStart: roomyCopy(graph.groupStart),
    members: renumbered(graph.members),
    groupParent: renumbered(graph.groupParent),
    usedByStart,
    usedByEnd,
    usedBy: renumbered(graph.usedBy),
  };
}
