import { branchKey, endOfGroups } from "./fold.ts";
import { GraphBuilder, type PackedRequirements } from "./graph-builder.ts";
import { arrangeGroups } from "./group-layout.ts";
import { IntList } from "./integers.ts";
import { closeGaps, moveUses } from "./moved-uses.ts";
import { NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";
import type { Requirement } from "./requirement.ts";
import { reaches, reaching, take, takenOf } from "./spare-room.ts";

type Groups = Pick<PrerequisiteGraph, "groupNeed" | "groupStart" | "members" | "groupParent">;

/**
 * The graph with the requirements of some owners replaced, or dropped where undefined. The graph given stays as
 * it is, and is what comes back when no requirement differs.
 *
 * New groups and the changed lists of uses go behind the arrays that both graphs share; two integers per skill
 * are copied; none, if the graph `isOwn`: only the caller has it, and forgets it. Time O(skills) with a small
 * constant, plus the uses of the skills that old or new requirements name.
 * When spare room is used up, once in thousands of changes, what earlier changes left behind is dropped, in time
 * O(groups + leaves); so waste never exceeds the spare room.
 *
 * Does not look at learnability: see `canAllBeMet`. Throws a RangeError as `buildPrerequisiteGraph` does.
 */
export function withRequirements(
  graph: PrerequisiteGraph,
  changes: ReadonlyMap<number, Requirement<number> | undefined>,
  isOwn = false,
): PrerequisiteGraph {
  const owners = [...changes.keys()];
  for (const owner of owners)
    if (!Number.isInteger(owner) || owner < 0 || owner >= graph.ownerCount)
      throw new RangeError(`expected an owner index below ${graph.ownerCount}, got ${owner}`);
  const builder = new GraphBuilder(graph.skillCount);
  for (const requirement of changes.values()) builder.addOwner(0, requirement);
  const added = builder.pack();

  /** Per changed owner its place among the owners added. */
  const placeOf = new Map<number, number>();
  owners.forEach((owner, place) => {
    if (branchKey(graph, graph.requirement[owner]!) !== branchKey(added, added.requirement[place]!))
      placeOf.set(owner, place);
  });
  if (placeOf.size === 0) return graph;
  const { before, after, replaced } = appendGroups(graph, added, placeOf, isOwn);
  return { ...after, ...moveUses(before, after, replaced, isOwn) };
}

/**
 * The graph with the added requirements of these owners behind its groups, the uses still as they were; the graph
 * whose uses these are, which is another one when the groups had to be numbered anew to make room; and what it had in the
 * place of the requirements.
 */
function appendGroups(
  graph: PrerequisiteGraph,
  added: PackedRequirements,
  placeOf: ReadonlyMap<number, number>,
  isOwn: boolean,
): {
  readonly before: PrerequisiteGraph;
  readonly after: PrerequisiteGraph;
  readonly replaced: ReadonlyMap<number, number>;
} {
  let groupCount = 0;
  let memberCount = 0;
  for (const place of placeOf.values()) {
    const reference = added.requirement[place]!;
    if (reference >= 0 || reference === NONE) continue;
    const end = endOfGroups(added, ~reference);
    groupCount += end - ~reference;
    memberCount += added.groupStart[end]! - added.groupStart[~reference]!;
  }
  const { before, groups } = roomFor(graph, groupCount, memberCount);
  const { groupNeed, groupStart, groupParent, members } = groups;
  const replaced = new Map([...placeOf.keys()].map((owner) => [owner, before.requirement[owner]!]));
  const requirement = isOwn ? before.requirement : before.requirement.slice();
  let nextGroup = groupNeed.length - groupCount;
  let nextMember = members.length - memberCount;
  for (const [owner, place] of placeOf) {
    const reference = added.requirement[place]!;
    if (reference >= 0 || reference === NONE) {
      requirement[owner] = reference;
      continue;
    }
    const shift = nextGroup - ~reference;
    const renumbered = (group: number) => ~(~group + shift);
    requirement[owner] = renumbered(reference);
    const end = endOfGroups(added, ~reference);
    for (let g = ~reference; g < end; g++) {
      const parent = added.groupParent[g]!;
      groupNeed[nextGroup] = added.groupNeed[g]!;
      groupParent[nextGroup] = parent >= 0 ? owner : renumbered(parent);
      for (let m = added.groupStart[g]!; m < added.groupStart[g + 1]!; m++) {
        const member = added.members[m]!;
        members[nextMember++] = member >= 0 ? member : renumbered(member);
      }
      groupStart[++nextGroup] = nextMember;
    }
  }
  return { before, after: { ...before, ...groups, requirement }, replaced };
}

/**
 * The groups with room for further groups and members at the end, all four arrays in step; without waste where room ran
 * out. What is taken of `groupStart` says where the end is: graphs that were renumbered share it and have members of
 * their own, so that what one of them takes is a gap in the others.
 */
function roomFor(
  graph: PrerequisiteGraph,
  groupCount: number,
  memberCount: number,
): { readonly before: PrerequisiteGraph; readonly groups: Groups } {
  if (groupCount === 0) return { before: graph, groups: graph };
  const before = isRoom(graph, groupCount, memberCount)
    ? graph
    : withoutWaste(graph, groupCount, memberCount);
  const groupStart = take(before.groupStart, groupCount);
  const groupEnd = groupStart.length - 1;
  return {
    before,
    groups: {
      groupStart,
      groupNeed: reaching(before.groupNeed, groupEnd),
      groupParent: reaching(before.groupParent, groupEnd),
      members: reaching(before.members, groupStart[groupEnd - groupCount]! + memberCount),
    },
  };
}

function isRoom(
  { groupStart, groupNeed, groupParent, members }: Groups,
  groupCount: number,
  memberCount: number,
): boolean {
  const starts = takenOf(groupStart, groupCount);
  if (starts === undefined) return false;
  const groupEnd = starts - 1 + groupCount;
  const memberEnd = reaching(groupStart, starts)[starts - 1]! + memberCount;
  return reaches(groupNeed, groupEnd) && reaches(groupParent, groupEnd) && reaches(members, memberEnd);
}

/**
 * The graph without the groups that no owner refers to, with room for so many more. Lists of uses are numbered
 * anew in place. O(groups + leaves).
 */
function withoutWaste(
  graph: PrerequisiteGraph,
  extraGroups: number,
  extraMembers: number,
): PrerequisiteGraph {
  const { groupParent, requirement } = graph;
  const kept = new IntList(groupParent.length);
  for (let g = 0, isKept = false; g < groupParent.length; g++) {
    const parent = groupParent[g]!;
    if (parent >= 0) isKept = requirement[parent] === ~g;
    if (isKept) kept.push(g);
  }
  const { packed, renumbered } = arrangeGroups(graph, kept.toArray(), extraGroups, extraMembers);
  const uses = closeGaps(graph, 0);
  for (let u = 0; u < uses.usedBy.length; u++) {
    const use = uses.usedBy[u]!;
    if (use < 0 && use !== NONE) uses.usedBy[u] = ~renumbered[~use]!;
  }
  return { ...graph, ...packed, ...uses };
}
