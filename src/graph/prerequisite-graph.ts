import { isGroup, type Requirement } from "./requirement.ts";

/**
 * The prerequisite graph as compressed sparse rows.
 *
 * *Owners* are what has a requirement: first the skills (0 … skillCount − 1), then whatever else asks for
 * skills (projects, roles, roadmaps). Only skills are members of requirements.
 *
 * A *reference* is one number: a skill index when ≥ 0, otherwise `~group`. `NONE` stands for no requirement.
 * Skills are numbered in the order of their slugs, so that comparing indices compares slugs.
 */
export interface PrerequisiteGraph {
  readonly skillCount: number;
  readonly ownerCount: number;
  /** Per owner: what it costs itself, in hundredths of an hour, so that sums are exact. */
  readonly cost: Int32Array;
  /** Per owner: its requirement as a reference, or `NONE`. */
  readonly requirement: Int32Array;
  /** Per group: how many of its members must be met. */
  readonly groupNeed: Int32Array;
  /** Per group: where its members begin in `members`; one more entry than groups. */
  readonly groupStart: Int32Array;
  /** References, in the author's order. */
  readonly members: Int32Array;
  /** Per group: what it belongs to: an owner when ≥ 0, otherwise `~group`. */
  readonly groupParent: Int32Array;
  /** Per skill: where its uses begin in `usedBy`; one more entry than skills. */
  readonly usedByStart: Int32Array;
  /** Where a skill is asked for: an owner whose whole requirement it is when ≥ 0, otherwise `~group`. */
  readonly usedBy: Int32Array;
}

/** "No requirement" in `PrerequisiteGraph.requirement`. */
export const NONE = -0x80000000;

export interface OwnerInput {
  /** Hundredths of an hour, a whole number ≥ 0. */
  readonly cost: number;
  readonly requirement: Requirement<number> | undefined;
}

/**
 * Builds the graph from the owners, skills first. Empty groups and groups that need nothing are met by
 * nothing and dropped at the root.
 *
 * Time and memory O(owners + requirement nodes). Throws a RangeError on a leaf that is no skill and on a
 * group that needs more members than it has.
 */
export function buildPrerequisiteGraph(skillCount: number, owners: readonly OwnerInput[]): PrerequisiteGraph {
  const ownerCount = owners.length;
  const cost = new Int32Array(ownerCount);
  const requirement = new Int32Array(ownerCount).fill(NONE);
  const groupNeed: number[] = [];
  const groupParent: number[] = [];
  const groupMembers: number[][] = [];
  const uses = new Int32Array(skillCount + 1);

  const leaf = (index: number): number => {
    if (!Number.isInteger(index) || index < 0 || index >= skillCount)
      throw new RangeError(`expected a skill index below ${skillCount}, got ${index}`);
    uses[index + 1]! += 1;
    return index;
  };
  const group = (needed: number, size: number, parent: number): number => {
    if (!Number.isInteger(needed) || needed < 0 || needed > size)
      throw new RangeError(`expected a group to need between 0 and its ${size} members, got ${needed}`);
    groupNeed.push(needed);
    groupParent.push(parent);
    groupMembers.push([]);
    return groupNeed.length - 1;
  };

  owners.forEach((owner, index) => {
    cost[index] = owner.cost;
    const root = owner.requirement;
    if (root === undefined || (isGroup(root) && root.atLeast === 0)) return;
    if (!isGroup(root)) {
      requirement[index] = leaf(root.skill);
      return;
    }
    const rootGroup = group(root.atLeast, root.of.length, index);
    requirement[index] = ~rootGroup;
    const stack = [{ node: root, id: rootGroup }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      for (const member of top.node.of) {
        if (isGroup(member)) {
          const id = group(member.atLeast, member.of.length, ~top.id);
          groupMembers[top.id]!.push(~id);
          stack.push({ node: member, id });
        } else groupMembers[top.id]!.push(leaf(member.skill));
      }
    }
  });

  const groupCount = groupNeed.length;
  const groupStart = new Int32Array(groupCount + 1);
  for (let g = 0; g < groupCount; g++) groupStart[g + 1] = groupStart[g]! + groupMembers[g]!.length;
  const members = new Int32Array(groupStart[groupCount]!);
  groupMembers.forEach((list, g) => {
    members.set(list, groupStart[g]!);
  });

  for (let s = 0; s < skillCount; s++) uses[s + 1]! += uses[s]!;
  const usedBy = new Int32Array(uses[skillCount]!);
  const next = uses.slice(0, skillCount);
  const use = (member: number, by: number) => {
    usedBy[next[member]!++] = by;
  };
  for (let o = 0; o < ownerCount; o++) if (requirement[o]! >= 0) use(requirement[o]!, o);
  for (let g = 0; g < groupCount; g++)
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) if (members[m]! >= 0) use(members[m]!, ~g);

  return {
    skillCount,
    ownerCount,
    cost,
    requirement,
    groupNeed: Int32Array.from(groupNeed),
    groupStart,
    members,
    groupParent: Int32Array.from(groupParent),
    usedByStart: uses,
    usedBy,
  };
}

/** The owner whose requirement a use belongs to: walks up from a `usedBy` entry. O(depth of the tree). */
export function ownerOfUse(graph: PrerequisiteGraph, use: number): number {
  let at = use;
  while (at < 0) at = graph.groupParent[~at]!;
  return at;
}
