import { endOfGroups } from "../../graph/model/fold.ts";
import { NONE, type PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";

/**
 * The position from which an owner's requirement is met, given the position at which each skill is had
 * (`Infinity`: never): the k-th smallest position of its members, group by group, the inner ones first. 0 for
 * an owner that needs nothing, `Infinity` for one whose requirement is never met. O(n log n) in the requirement.
 */
export function positionWhenMet(
  graph: PrerequisiteGraph,
  owner: number,
  positionOf: (skill: number) => number,
): number {
  const reference = graph.requirement[owner]!;
  if (reference === NONE) return 0;
  if (reference >= 0) return positionOf(reference);
  const root = ~reference;
  const met: number[] = [];
  // Groups inside a group come after it.
  for (let group = endOfGroups(graph, root) - 1; group >= root; group--) {
    const positions: number[] = [];
    for (let m = graph.groupStart[group]!; m < graph.groupStart[group + 1]!; m++) {
      const member = graph.members[m]!;
      positions.push(member >= 0 ? positionOf(member) : met[~member - root]!);
    }
    positions.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    met[group - root] = positions[graph.groupNeed[group]! - 1]!;
  }
  return met[0]!;
}

/** Where each skill is had along a path: 0 when known, n for its n-th step, otherwise never. */
export function positionsAlong(path: readonly number[], known: readonly number[]): (skill: number) => number {
  const positions = new Map(path.map((skill, index) => [skill, index + 1]));
  for (const skill of known) positions.set(skill, 0);
  return (skill) => positions.get(skill) ?? Number.POSITIVE_INFINITY;
}
