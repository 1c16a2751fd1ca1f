import { NONE, type PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { roomyCopy } from "../../graph/model/spare-room.ts";

/**
 * A copy of a graph with further skills after its own, which cost and need nothing yet; its other owners
 * move up. Shares no buffer with the graph, so that patching the copy takes none of the graph's spare room.
 * Time and memory O(graph), in plain copies of arrays.
 */
export function widenedGraph(graph: PrerequisiteGraph, moreSkills: number): PrerequisiteGraph {
  const { skillCount } = graph;
  const insert = (perOwner: Int32Array, fill: number): Int32Array => {
    const wide = new Int32Array(perOwner.length + moreSkills).fill(fill, skillCount, skillCount + moreSkills);
    wide.set(perOwner.subarray(0, skillCount));
    wide.set(perOwner.subarray(skillCount), skillCount + moreSkills);
    return wide;
  };
  /** Where an owner beyond the skills is written, it has moved; groups and skills have not. */
  const moved = (array: Int32Array): Int32Array => {
    const copy = roomyCopy(array);
    if (moreSkills > 0)
      for (let at = 0; at < copy.length; at++) if (copy[at]! >= skillCount) copy[at]! += moreSkills;
    return copy;
  };
  // Where uses of the new skills would follow.
  const uses = graph.usedBy.length;
  const usedByStart = new Int32Array(skillCount + moreSkills).fill(uses);
  usedByStart.set(graph.usedByStart.subarray(0, skillCount));
  const usedByEnd = new Int32Array(skillCount + moreSkills).fill(uses);
  usedByEnd.set(graph.usedByEnd.subarray(0, skillCount));
  return {
    skillCount: skillCount + moreSkills,
    ownerCount: graph.ownerCount + moreSkills,
    cost: insert(graph.cost, 0),
    requirement: insert(graph.requirement, NONE),
    groupNeed: roomyCopy(graph.groupNeed),
    groupStart: roomyCopy(graph.groupStart),
    members: roomyCopy(graph.members),
    groupParent: moved(graph.groupParent),
    usedByStart,
    usedByEnd,
    usedBy: moved(graph.usedBy),
  };
}
