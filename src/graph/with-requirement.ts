import { endOfGroups, GraphBuilder, NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";
import type { Requirement } from "./requirement.ts";
import { roomyCopy, take, takenOf } from "./spare-room.ts";

type Groups = Pick<PrerequisiteGraph, "groupNeed" | "groupStart" | "members" | "groupParent">;
type Uses = Pick<PrerequisiteGraph, "usedByStart" | "usedByEnd" | "usedBy">;

/**
 * The graph with one owner's requirement replaced, or dropped when undefined. The graph given stays as it is.
 *
 * New groups and the changed lists of uses go behind the arrays that both graphs share; three integers per skill
 * are copied. Time O(skills) with a small constant, plus the uses of the skills that either requirement names;
 * once in a while, when spare room is used up, an array is copied as a whole. The replaced groups stay behind as
 * waste until the next full build.
 *
 * Does not look at learnability: see `canBeMet`. Throws a RangeError as `buildPrerequisiteGraph` does.
 */
export function withRequirement(
  graph: PrerequisiteGraph,
  owner: number,
  requirement: Requirement<number> | undefined,
): PrerequisiteGraph {
  if (!Number.isInteger(owner) || owner < 0 || owner >= graph.ownerCount)
    throw new RangeError(`expected an owner index below ${graph.ownerCount}, got ${owner}`);
  const builder = new GraphBuilder(graph.skillCount);
  builder.addOwner(0, requirement);
  const added = builder.pack();

  const reference = added.requirement[0]!;
  const groups = appendGroups(graph, owner, added);
  const firstGroup = groups.groupNeed.length - added.groupNeed.length;
  const patched = graph.requirement.slice();
  patched[owner] = reference >= 0 || reference === NONE ? reference : ~(~reference + firstGroup);
  const changed = { ...graph, ...groups, requirement: patched };
  return { ...changed, ...moveUses(graph, changed, owner) };
}

/** The groups of the graph and the added ones of one owner behind them. */
function appendGroups(graph: PrerequisiteGraph, owner: number, added: Groups): Groups {
  const groupCount = added.groupNeed.length;
  const memberCount = added.members.length;
  if (groupCount === 0) return graph;
  // All four or none, so that what is taken of them stays in step.
  const isRoom =
    takenOf(graph.groupNeed, groupCount) !== undefined &&
    takenOf(graph.groupStart, groupCount) !== undefined &&
    takenOf(graph.groupParent, groupCount) !== undefined &&
    takenOf(graph.members, memberCount) !== undefined;
  const room = (array: Int32Array, extra: number) => take(isRoom ? array : roomyCopy(array, extra), extra);
  const groupNeed = room(graph.groupNeed, groupCount);
  const groupStart = room(graph.groupStart, groupCount);
  const groupParent = room(graph.groupParent, groupCount);
  const members = room(graph.members, memberCount);
  const firstGroup = groupNeed.length - groupCount;
  const firstMember = members.length - memberCount;
  for (let g = 0; g < groupCount; g++) {
    const parent = added.groupParent[g]!;
    groupNeed[firstGroup + g] = added.groupNeed[g]!;
    groupStart[firstGroup + g + 1] = firstMember + added.groupStart[g + 1]!;
    groupParent[firstGroup + g] = parent >= 0 ? owner : ~(~parent + firstGroup);
  }
  for (let m = 0; m < memberCount; m++) {
    const member = added.members[m]!;
    members[firstMember + m] = member >= 0 ? member : ~(~member + firstGroup);
  }
  return { groupNeed, groupStart, groupParent, members };
}

/** The lists of uses, those of the skills that the owner's old or new requirement names written anew at the end. */
function moveUses(before: PrerequisiteGraph, after: PrerequisiteGraph, owner: number): Uses {
  const added = usesBy(after, owner);
  const touched = new Set([...usesBy(before, owner).keys(), ...added.keys()]);
  let length = 0;
  for (const skill of touched)
    length += before.usedByEnd[skill]! - before.usedByStart[skill]! + (added.get(skill)?.length ?? 0);
  const isRoom = takenOf(before.usedBy, length) !== undefined;
  const uses = isRoom ? copyPlaces(before) : closeGaps(before, length);
  const usedBy = take(uses.usedBy, length);
  const { usedByStart, usedByEnd } = uses;

  const replaced = before.requirement[owner]!;
  const isGroup = replaced < 0 && replaced !== NONE;
  const firstGone = isGroup ? ~replaced : 0;
  const endOfGone = isGroup ? endOfGroups(before, firstGone) : 0;
  const isGone = (use: number) => use === owner || (use < 0 && ~use >= firstGone && ~use < endOfGone);
  let next = usedBy.length - length;
  for (const skill of touched) {
    usedByStart[skill] = next;
    for (let u = before.usedByStart[skill]!; u < before.usedByEnd[skill]!; u++) {
      const use = before.usedBy[u]!;
      if (!isGone(use)) usedBy[next++] = use;
    }
    for (const use of added.get(skill) ?? []) usedBy[next++] = use;
    usedByEnd[skill] = next;
  }
  return { usedByStart, usedByEnd, usedBy };
}

/** Per skill that the owner's requirement names: where. */
function usesBy(graph: PrerequisiteGraph, owner: number): Map<number, number[]> {
  const uses = new Map<number, number[]>();
  const reference = graph.requirement[owner]!;
  if (reference === NONE) return uses;
  if (reference >= 0) return uses.set(reference, [owner]);
  const end = endOfGroups(graph, ~reference);
  for (let g = ~reference; g < end; g++)
    for (let m = graph.groupStart[g]!; m < graph.groupStart[g + 1]!; m++) {
      const skill = graph.members[m]!;
      if (skill < 0) continue;
      const list = uses.get(skill);
      if (list === undefined) uses.set(skill, [~g]);
      else list.push(~g);
    }
  return uses;
}

function copyPlaces(graph: PrerequisiteGraph): Uses {
  return {
    usedByStart: graph.usedByStart.slice(),
    usedByEnd: graph.usedByEnd.slice(),
    usedBy: graph.usedBy,
  };
}

/** The lists one behind the other again, without what changes have left between them. */
function closeGaps(graph: PrerequisiteGraph, extra: number): Uses {
  const { skillCount } = graph;
  const usedByStart = new Int32Array(skillCount);
  const usedByEnd = new Int32Array(skillCount);
  let length = 0;
  for (let s = 0; s < skillCount; s++) length += graph.usedByEnd[s]! - graph.usedByStart[s]!;
  const packed = new Int32Array(length);
  let next = 0;
  for (let s = 0; s < skillCount; s++) {
    usedByStart[s] = next;
    for (let u = graph.usedByStart[s]!; u < graph.usedByEnd[s]!; u++) packed[next++] = graph.usedBy[u]!;
    usedByEnd[s] = next;
  }
  return { usedByStart, usedByEnd, usedBy: roomyCopy(packed, extra) };
}
