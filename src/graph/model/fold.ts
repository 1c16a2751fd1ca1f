import type { PrerequisiteGraph } from "./prerequisite-graph.ts";

/** The owner whose requirement a use belongs to: walks up from a `usedBy` entry. O(depth of the tree). */
export function ownerOfUse(graph: PrerequisiteGraph, use: number): number {
  let at = use;
  while (at < 0) at = graph.groupParent[~at]!;
  return at;
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

/** The skills of a branch of a requirement, each once, in the author's order. O(size of the branch). */
export function branchSkills(graph: PrerequisiteGraph, branch: number): number[] {
  const skills = new Set<number>();
  const stack = [branch];
  for (let reference = stack.pop(); reference !== undefined; reference = stack.pop()) {
    if (reference >= 0) skills.add(reference);
    else
      for (let m = graph.groupStart[~reference + 1]! - 1; m >= graph.groupStart[~reference]!; m--)
        stack.push(graph.members[m]!);
  }
  return [...skills];
}

/** Anything that tells whether a skill is in it. */
export interface SkillSet {
  has(skill: number): boolean;
}

/** Whether a set of skills meets a branch. O(size of the branch). */
export function meetsBranch(graph: PrerequisiteGraph, branch: number, has: SkillSet): boolean {
  if (branch >= 0) return has.has(branch);
  const { groupStart, groupNeed, members } = graph;
  const groups = [~branch];
  for (const g of groups)
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) if (members[m]! < 0) groups.push(~members[m]!);
  const met = new Set<number>();
  // From the inside out.
  for (const g of groups.reverse()) {
    let wanted = groupNeed[g]!;
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++)
      if (members[m]! >= 0 ? has.has(members[m]!) : met.has(members[m]!)) wanted--;
    if (wanted <= 0) met.add(~g);
  }
  return met.has(branch);
}

/** Equal for branches that ask for the same. O(size of the branch). */
export function branchKey(graph: PrerequisiteGraph, branch: number): string {
  const words: string[] = [];
  const stack: (number | string)[] = [branch];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === "string" || next >= 0) {
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
