import { endOfGroups } from "./fold.ts";
import { NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";

/**
 * A requirement: a skill, or at least k of its members. "All of" is `atLeast = of.length` and "any of"
 * is `atLeast = 1`, so there is one kind of inner node. `Leaf` is whatever names a skill: a slug in files, an
 * index in the snapshot.
 */
export type Requirement<Leaf> = SkillRequirement<Leaf> | GroupRequirement<Leaf>;

export interface SkillRequirement<Leaf> {
  readonly skill: Leaf;
}

export interface GroupRequirement<Leaf> {
  /** How many members must be met: from 0 to `of.length`. */
  readonly atLeast: number;
  readonly of: readonly Requirement<Leaf>[];
}

export function isGroup<Leaf>(requirement: Requirement<Leaf>): requirement is GroupRequirement<Leaf> {
  return "of" in requirement;
}

/** All members must be met. */
export function allOf<Leaf>(...of: readonly Requirement<Leaf>[]): GroupRequirement<Leaf> {
  return { atLeast: of.length, of };
}

/** One member is enough. */
export function anyOf<Leaf>(...of: readonly Requirement<Leaf>[]): GroupRequirement<Leaf> {
  return { atLeast: 1, of };
}

/** One skill. @internal For tests, which write requirements. */
export function skill<Leaf>(leaf: Leaf): SkillRequirement<Leaf> {
  return { skill: leaf };
}

/** The requirement of an owner as the tree that it was built from, less what needed nothing. O(its size). */
export function requirementTree(graph: PrerequisiteGraph, owner: number): Requirement<number> | undefined {
  const reference = graph.requirement[owner]!;
  if (reference === NONE) return undefined;
  if (reference >= 0) return { skill: reference };
  const root = ~reference;
  const trees: Requirement<number>[] = [];
  // Groups inside a group come after it.
  for (let group = endOfGroups(graph, root) - 1; group >= root; group--) {
    const of: Requirement<number>[] = [];
    for (let m = graph.groupStart[group]!; m < graph.groupStart[group + 1]!; m++) {
      const member = graph.members[m]!;
      of.push(member >= 0 ? { skill: member } : trees[~member - root]!);
    }
    trees[group - root] = { atLeast: graph.groupNeed[group]!, of };
  }
  return trees[0];
}

/** Both requirements. */
export function bothOf(
  first: Requirement<number> | undefined,
  second: Requirement<number>,
): Requirement<number> {
  return first === undefined ? second : allOf(first, second);
}

/**
 * A requirement that no longer names some skills. Where all of a list was needed, the rest of the list is; where
 * so many of a list, as many of the rest, or all of it when it is not more. Undefined when nothing is left.
 * Depth first; requirements are shallow where they come in (`MAX_REQUIREMENT_DEPTH` of the graph file).
 */
export function withoutSkills(
  tree: Requirement<number>,
  skills: ReadonlySet<number>,
): Requirement<number> | undefined {
  if (!isGroup(tree)) return skills.has(tree.skill) ? undefined : tree;
  const of: Requirement<number>[] = [];
  for (const member of tree.of) {
    const rest = withoutSkills(member, skills);
    if (rest !== undefined) of.push(rest);
  }
  if (of.length === 0) return undefined;
  return { atLeast: of.length < tree.of.length ? Math.min(tree.atLeast, of.length) : tree.atLeast, of };
}
