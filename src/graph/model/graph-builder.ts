import { endOfGroups } from "./fold.ts";
import { layOutGroups } from "./group-layout.ts";
import { groupByKey, IntList } from "./integers.ts";
import { NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";
import { isGroup, type Requirement } from "./requirement.ts";
import { roomy } from "./spare-room.ts";

export interface OwnerInput {
  /** Hundredths of an hour, a whole number ≥ 0. */
  readonly cost: number;
  readonly requirement: Requirement<number> | undefined;
}

/**
 * Builds the graph from the owners, skills first. Empty groups and groups that need nothing are met by
 * nothing: they are dropped, and the group around them needs one less.
 *
 * Time and memory O(owners + requirement nodes). Throws a RangeError on a leaf that is no skill and on a
 * group that needs more members than it has.
 */
export function buildPrerequisiteGraph(skillCount: number, owners: Iterable<OwnerInput>): PrerequisiteGraph {
  const builder = new GraphBuilder(skillCount);
  for (const { cost, requirement } of owners) builder.addOwner(cost, requirement);
  return builder.finish();
}

/**
 * Builds a graph from a stream: owners in index order, skills first; their requirements with them or later, as
 * trees or node by node in depth-first order, one owner after the other. Holds two integers per leaf until it is
 * finished, so that a million skills with five million prerequisites are built in about 150 MB.
 */
export class GraphBuilder {
  private readonly skillCount: number;
  private readonly cost = new IntList();
  private readonly requirement = new IntList();
  private readonly groupNeed = new IntList();
  private readonly groupParent = new IntList();
  /** The members of all groups in the order they came, each with its group. */
  private readonly memberGroup = new IntList();
  private readonly memberReference = new IntList();
  /** The root group of the owner that is being fed: members can be added from here on. */
  private openRoot = 0;

  constructor(skillCount: number) {
    this.skillCount = skillCount;
  }

  /** The index of the new owner. */
  addOwner(cost: number, requirement?: Requirement<number>): number {
    const owner = this.cost.length;
    if (!Number.isInteger(cost) || cost < 0 || cost > 0x7fffffff)
      throw new RangeError(`expected a cost from 0 to 2,147,483,647 hundredths of an hour, got ${cost}`);
    this.cost.push(cost);
    this.requirement.push(NONE);
    if (requirement !== undefined) this.addRequirement(owner, requirement);
    return owner;
  }

  /** Adds a tree under an owner, or under a group that `addGroup` returned. */
  addRequirement(under: number, requirement: Requirement<number>): void {
    const stack = [{ under, node: requirement }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { node } = top;
      if (!isGroup(node)) this.addSkill(top.under, node.skill);
      else {
        const group = this.addGroup(top.under, node.atLeast);
        for (let m = node.of.length - 1; m >= 0; m--) stack.push({ under: group, node: node.of[m]! });
      }
    }
  }

  /** Adds a skill as an owner's whole requirement, or as the next member of a group. */
  addSkill(under: number, skill: number): void {
    if (!Number.isInteger(skill) || skill < 0 || skill >= this.skillCount)
      throw new RangeError(`expected a skill index below ${this.skillCount}, got ${skill}`);
    this.attach(under, skill);
  }

  /**
   * Adds a group as an owner's whole requirement, or as the next member of a group. Returns the reference to add
   * its members under. `"all"` stands for as many as it will have.
   */
  addGroup(under: number, atLeast: number | "all"): number {
    if (atLeast !== "all" && (!Number.isInteger(atLeast) || atLeast < 0))
      throw new RangeError(`expected a group to need a whole number ≥ 0 of members, got ${atLeast}`);
    const group = this.groupNeed.length;
    this.attach(under, ~group);
    if (under >= 0) this.openRoot = group;
    this.groupNeed.push(atLeast === "all" ? ALL : atLeast);
    this.groupParent.push(under);
    return ~group;
  }

  private attach(under: number, reference: number): void {
    if (under >= 0) {
      if (this.requirement.items[under] !== NONE || under >= this.requirement.length)
        throw new RangeError(`expected an owner that has no requirement yet, got ${under}`);
      this.requirement.items[under] = reference;
      return;
    }
    if (~under < this.openRoot || ~under >= this.groupNeed.length)
      throw new RangeError(
        `expected a group of the owner that is being added, from ${this.openRoot} on, got ${~under}`,
      );
    this.memberGroup.push(~under);
    this.memberReference.push(reference);
  }

  /** The graph. The builder must not be used afterwards. */
  finish(): PrerequisiteGraph {
    const { skillCount } = this;
    const ownerCount = this.cost.length;
    if (ownerCount < skillCount) throw new RangeError(`expected ${skillCount} skills, got ${ownerCount}`);
    const packed = this.pack(roomy);
    return {
      skillCount,
      ownerCount,
      cost: this.cost.toArray(),
      merits: [],
      ...packed,
      ...listUses(skillCount, ownerCount, packed),
    };
  }

  /**
   * Just the requirements of the owners so far, for which not all skills need be there, without spare room unless `make`
   * makes it. Ends the building, too.
   */
  pack(make: (length: number) => Int32Array = (length) => new Int32Array(length)): PackedRequirements {
    this.settleNeeds();
    const groupCount = this.groupNeed.length;
    // Keeps the author's order inside each group.
    const { start, values } = groupByKey(
      groupCount,
      this.memberGroup.items.subarray(0, this.memberGroup.length),
      this.memberReference.items,
    );
    const packed = {
      requirement: this.requirement.items.subarray(0, this.requirement.length),
      groupNeed: this.groupNeed.items,
      groupStart: start,
      groupParent: this.groupParent.items.subarray(0, groupCount),
      members: values,
    };
    return layOutGroups(packed, make);
  }

  /** Checks what groups need against what they have, and drops the groups that need nothing, with all inside them. */
  private settleNeeds(): void {
    const need = this.groupNeed.items;
    const parent = this.groupParent.items;
    const group = this.memberGroup.items;
    const reference = this.memberReference.items;
    const groupCount = this.groupNeed.length;
    const memberCount = this.memberGroup.length;
    const size = new Int32Array(groupCount);
    for (let m = 0; m < memberCount; m++) size[group[m]!]! += 1;
    for (let g = groupCount - 1; g >= 0; g--) {
      if (need[g] === ALL) need[g] = size[g]!;
      // Groups inside come later, so they have been taken off by now; what is checked is what was written.
      if (need[g]! > size[g]!)
        throw new RangeError(`expected a group to need between 0 and its ${size[g]} members, got ${need[g]}`);
    }
    let dropped = 0;
    for (let g = groupCount - 1; g >= 0; g--) {
      if (need[g]! > 0) continue;
      dropped++;
      if (parent[g]! < 0) need[~parent[g]!]! -= 1;
      else this.requirement.items[parent[g]!] = NONE;
    }
    if (dropped === 0) return;
    for (let g = 0; g < groupCount; g++) if (parent[g]! < 0 && need[~parent[g]!]! <= 0) need[g] = 0;
    this.memberGroup.length = this.memberReference.length = 0;
    for (let m = 0; m < memberCount; m++) {
      const member = reference[m]!;
      if (need[group[m]!]! <= 0 || (member < 0 && need[~member]! <= 0)) continue;
      this.memberGroup.push(group[m]!);
      this.memberReference.push(member);
    }
  }
}

/** Until a group's size is known. */
const ALL = -1;

/** What the requirements of a graph are made of. */
export type PackedRequirements = Pick<
  PrerequisiteGraph,
  "requirement" | "groupNeed" | "groupStart" | "members" | "groupParent"
>;

/**
 * One use in so many can be moved to the end of the lists before gaps are closed. A change moves all uses of the
 * skills it names, ten thousand for a foundation of a million skills: with this much room one change in a hundred
 * waits for the gaps to be closed, for half a byte a leaf.
 */
const USES_TO_MOVE = 8;

/** Where each skill is asked for, in the order of owners and of their groups. */
function listUses(skillCount: number, ownerCount: number, packed: PackedRequirements) {
  const { requirement, groupStart, members } = packed;
  const usedByStart = new Int32Array(skillCount);
  /** Per skill how many uses it has, then where the next of them goes. */
  const next = new Int32Array(skillCount);
  for (let o = 0; o < ownerCount; o++) if (requirement[o]! >= 0) next[requirement[o]!]! += 1;
  for (let m = 0; m < members.length; m++) if (members[m]! >= 0) next[members[m]!]! += 1;
  let length = 1;
  for (let s = 0; s < skillCount; s++) {
    const uses = next[s]!;
    if (uses === 0) continue;
    next[s] = usedByStart[s] = length;
    length += uses + 1;
  }
  const usedBy = roomy(length, Math.ceil(length / USES_TO_MOVE)).fill(NONE);
  for (let o = 0; o < ownerCount; o++) {
    const reference = requirement[o]!;
    if (reference >= 0) usedBy[next[reference]!++] = o;
    else if (reference !== NONE)
      for (let g = ~reference, end = endOfGroups(packed, g); g < end; g++)
        for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++)
          if (members[m]! >= 0) usedBy[next[members[m]!]!++] = ~g;
  }
  return { usedByStart, usedBy };
}
