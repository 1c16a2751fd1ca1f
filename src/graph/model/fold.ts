import { IntList } from "./integers.ts";
import { NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";

/*
 * How requirements are read. A *branch* is a requirement or a part of one, given by its reference: a skill when ≥ 0,
 * `NONE`, or otherwise `~group`.
 */

/** Anything that tells whether a skill is in it. */
export interface SkillSet {
  has(skill: number): boolean;
}

/** The owner whose requirement a use belongs to: walks up from a `usedBy` entry. O(depth of the tree). */
export function ownerOfUse(graph: PrerequisiteGraph, use: number): number {
  let at = use;
  while (at < 0) at = graph.groupParent[~at]!;
  return at;
}

/** One past the last use of a skill in `usedBy`. O(uses). */
export function endOfUses(
  { usedBy, usedByStart }: Pick<PrerequisiteGraph, "usedBy" | "usedByStart">,
  skill: number,
): number {
  let end = usedByStart[skill]!;
  while (usedBy[end] !== NONE) end++;
  return end;
}

/**
 * One past the last group of the owner whose root group this is. The members of all of them are
 * `members[groupStart[root]] … members[groupStart[end] − 1]`: the leaves of the requirement are those ≥ 0.
 */
export function endOfGroups(graph: Pick<PrerequisiteGraph, "groupParent">, root: number): number {
  const { groupParent } = graph;
  let end = root + 1;
  while (end < groupParent.length && groupParent[end]! < 0) end++;
  return end;
}

/** What is told of the leaves of a requirement. Stops when it returns false. */
// biome-ignore lint/suspicious/noConfusingVoidType: most visitors return nothing, which does not stop them
type LeafVisitor = (skill: number, group: number) => boolean | void;

/**
 * Visits the leaves of an owner's requirement, group after group, each with the group that it is a member of, or −1
 * when it is the whole requirement. Stops when the visitor returns false, and returns whether none did.
 */
export function eachLeaf(graph: PrerequisiteGraph, owner: number, visit: LeafVisitor): boolean {
  return eachLeafOf(graph, graph.requirement[owner]!, visit);
}

/** The same of a whole requirement, given by its reference. */
export function eachLeafOf(graph: PrerequisiteGraph, reference: number, visit: LeafVisitor): boolean {
  const { members, groupStart } = graph;
  if (reference === NONE) return true;
  if (reference >= 0) return visit(reference, -1) !== false;
  const end = endOfGroups(graph, ~reference);
  for (let g = ~reference; g < end; g++)
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++)
      if (members[m]! >= 0 && visit(members[m]!, g) === false) return false;
  return true;
}

/** The skills of a branch in the author's order, groups in their place, as often as they are named. O(size of the branch). */
export function branchLeaves(graph: PrerequisiteGraph, branch: number): number[] {
  const leaves: number[] = [];
  const stack = [branch];
  for (let reference = stack.pop(); reference !== undefined; reference = stack.pop()) {
    if (reference >= 0) leaves.push(reference);
    else if (reference !== NONE)
      // The last member first, so that the first one is taken next.
      for (let m = graph.groupStart[~reference + 1]! - 1; m >= graph.groupStart[~reference]!; m--)
        stack.push(graph.members[m]!);
  }
  return leaves;
}

/** The skills of a branch, each once, in the author's order. O(size of the branch). */
export function branchSkills(graph: PrerequisiteGraph, branch: number): number[] {
  return [...new Set(branchLeaves(graph, branch))];
}

/** Equal for branches that ask for the same, in any graphs. O(size of the branch). */
export function branchKey(
  graph: Pick<PrerequisiteGraph, "groupNeed" | "groupStart" | "members">,
  branch: number,
): string {
  const words: string[] = [];
  const stack: (number | string)[] = [branch];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === "string" || next >= 0 || next === NONE) {
      words.push(String(next));
      continue;
    }
    const begin = graph.groupStart[~next]!;
    const end = graph.groupStart[~next + 1]!;
    words.push(`${graph.groupNeed[~next]}(`);
    stack.push(")");
    for (let m = end - 1; m >= begin; m--) stack.push(graph.members[m]!);
  }
  return words.join(" ");
}

/**
 * Evaluates branches from their leaves up. The value of a group that needs k members is the k-th smallest of their
 * values. With the time at which each skill is learned, that is the time at which the group is met; with 0 for the
 * skills that are met and 1 for the others, it is 0 when the group is met.
 *
 * Keeps the values of the members of the latest branch, and its memory: a fold allocates nothing, so give it a
 * function that is not made anew for each call.
 */
export class RequirementFold {
  /** Per member of the branch, counted from the first of its outermost group. */
  private values = new Float64Array(16);
  private firstMember = 0;
  /** Per group of the branch, counted from the outermost. */
  private groups = new Float64Array(16);
  private sorted = new Float64Array(16);

  /**
   * The value of a branch; 0 for `NONE`. `ofSkill` gives the values of skills. O(requirement), and O(n log n) for
   * groups that need some of n members but neither one nor all.
   */
  fold(graph: PrerequisiteGraph, branch: number, ofSkill: (skill: number) => number): number {
    if (branch >= 0) return ofSkill(branch);
    if (branch === NONE) return 0;
    const { groupStart, groupNeed, members } = graph;
    const root = ~branch;
    const end = endOfBranch(graph, root);
    const firstMember = groupStart[root]!;
    const memberCount = groupStart[end]! - firstMember;
    if (end - root > this.groups.length) this.groups = new Float64Array(2 * (end - root));
    if (memberCount > this.values.length) this.values = new Float64Array(2 * memberCount);
    const { groups, values } = this;
    this.firstMember = firstMember;
    // Groups inside a group come after it.
    for (let g = end - 1; g >= root; g--) {
      const from = groupStart[g]!;
      const to = groupStart[g + 1]!;
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      for (let m = from; m < to; m++) {
        const member = members[m]!;
        const value = member >= 0 ? ofSkill(member) : groups[~member - root]!;
        values[m - firstMember] = value;
        if (value < least) least = value;
        if (value > most) most = value;
      }
      const need = groupNeed[g]!;
      if (need === to - from || least === most) groups[g - root] = most;
      else if (need === 1) groups[g - root] = least;
      else groups[g - root] = this.smallest(need, from - firstMember, to - firstMember);
    }
    return groups[0]!;
  }

  /** The value of a member of the branch that was folded last, by its place in `members`. */
  ofMember(place: number): number {
    return this.values[place - this.firstMember]!;
  }

  private smallest(nth: number, from: number, to: number): number {
    if (to - from > this.sorted.length) this.sorted = new Float64Array(2 * (to - from));
    const sorted = this.sorted.subarray(0, to - from);
    sorted.set(this.values.subarray(from, to));
    return sorted.sort()[nth - 1]!;
  }
}

/** One past the last group inside a group. */
function endOfBranch(graph: PrerequisiteGraph, group: number): number {
  const { groupStart, groupParent, members } = graph;
  if (groupParent[group]! >= 0) return endOfGroups(graph, group);
  let end = group + 1;
  for (let g = group; g < end; g++)
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) end = Math.max(end, ~members[m]! + 1);
  return end;
}

const folds = new RequirementFold();
let given: SkillSet = new Set();
const missing = (skill: number): number => (given.has(skill) ? 0 : 1);

/** Whether a set of skills meets a branch. O(size of the requirement). */
export function meetsBranch(graph: PrerequisiteGraph, branch: number, skills: SkillSet): boolean {
  if (branch >= 0) return skills.has(branch);
  given = skills;
  return folds.fold(graph, branch, missing) === 0;
}

/**
 * The skills that a branch still asks for when some are had: those missing in groups that are not met, in the author's
 * order and as often as they are named. None when the branch is met. `withoutAlternatives` leaves out the groups that do
 * not need all their members. O(size of the requirement).
 */
export function unmetLeaves(
  graph: PrerequisiteGraph,
  branch: number,
  skills: SkillSet,
  withoutAlternatives = false,
): number[] {
  const leaves: number[] = [];
  given = skills;
  if (folds.fold(graph, branch, missing) === 0) return leaves;
  const { members, groupStart, groupNeed } = graph;
  const stack = [branch];
  for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
    if (member >= 0) leaves.push(member);
    else if (!withoutAlternatives || groupNeed[~member] === groupStart[~member + 1]! - groupStart[~member]!)
      for (let m = groupStart[~member + 1]! - 1; m >= groupStart[~member]!; m--)
        if (folds.ofMember(m) > 0) stack.push(members[m]!);
  }
  return leaves;
}

/** How a skill stands to a requirement that is met: it needs nothing more, it is learned for it, or it is not there. */
export const HAD = 0;
export const LEARNED = 1;
export const UNMET = 2;

const counted = new IntList();

/**
 * Which skills count where a branch is met: per group those that are `HAD` first, then the first members, in the
 * author's order, that are `LEARNED`, and no more members than the group needs. Visits the learned ones that count,
 * each with the group that it is a member of, or −1 when it is the branch itself. Nothing counts when the branch is
 * had, or not met. O(size of the requirement).
 */
export function eachCounted(
  graph: PrerequisiteGraph,
  branch: number,
  stateOf: (skill: number) => number,
  visit: (skill: number, group: number) => void,
): void {
  if (folds.fold(graph, branch, stateOf) !== LEARNED) return;
  const { members, groupStart, groupNeed } = graph;
  counted.clear();
  if (branch >= 0) visit(branch, -1);
  else counted.push(~branch);
  for (let c = 0; c < counted.length; c++) {
    const group = counted.items[c]!;
    const end = groupStart[group + 1]!;
    let wanted = groupNeed[group]!;
    for (let m = groupStart[group]!; m < end; m++) if (folds.ofMember(m) === HAD) wanted--;
    for (let m = groupStart[group]!; m < end && wanted > 0; m++) {
      if (folds.ofMember(m) !== LEARNED) continue;
      wanted--;
      const member = members[m]!;
      if (member >= 0) visit(member, group);
      else counted.push(~member);
    }
  }
}
