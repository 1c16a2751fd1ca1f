import { NONE, type PrerequisiteGraph } from "../graph/prerequisite-graph.ts";
import type { PathQuestion, Unreachable, UnreachedGoal } from "./path-question.ts";

/**
 * Explains why goals cannot be met: follows each unmet requirement down to avoided skills and, where none is
 * to blame, to the skills that only wait for one another.
 *
 * For failures only: O(goals × graph) time, O(graph) memory.
 */
export function explainUnreached(graph: PrerequisiteGraph, question: PathQuestion): Unreachable {
  const avoided = new Set(question.avoid);
  for (const skill of question.known) avoided.delete(skill);
  const met = forwardChaining(graph, new Set(question.known), avoided);
  const unreached: UnreachedGoal[] = [];
  for (const goal of new Set([...question.goals, ...question.choose]))
    if (met.missing[goal]! > 0) unreached.push({ goal, missing: missingFor(graph, goal, avoided, met) });
  return { kind: "unreachable", unreached };
}

interface Chained {
  /** Per owner: 0 when met. */
  readonly missing: Uint8Array;
  /** Per group: how many more members it needs; 0 or less when met. */
  readonly groupMissing: Int32Array;
}

function forwardChaining(
  graph: PrerequisiteGraph,
  known: ReadonlySet<number>,
  avoided: ReadonlySet<number>,
): Chained {
  const missing = new Uint8Array(graph.ownerCount).fill(1);
  const groupMissing = Int32Array.from(graph.groupNeed);
  const queue: number[] = [];
  const meet = (owner: number) => {
    if (missing[owner] === 0 || avoided.has(owner)) return;
    missing[owner] = 0;
    if (owner < graph.skillCount) queue.push(owner);
  };
  const meetUse = (use: number) => {
    let at = use;
    while (at < 0) {
      if (--groupMissing[~at]! !== 0) return;
      at = graph.groupParent[~at]!;
    }
    meet(at);
  };
  for (const skill of known) meet(skill);
  for (let owner = 0; owner < graph.ownerCount; owner++) if (graph.requirement[owner] === NONE) meet(owner);
  for (let head = 0; head < queue.length; head++) {
    const skill = queue[head]!;
    for (let u = graph.usedByStart[skill]!; u < graph.usedByEnd[skill]!; u++) meetUse(graph.usedBy[u]!);
  }
  return { missing, groupMissing };
}

function missingFor(
  graph: PrerequisiteGraph,
  goal: number,
  avoided: ReadonlySet<number>,
  met: Chained,
): UnreachedGoal["missing"] {
  if (avoided.has(goal)) return [{ skill: goal, cause: "AVOIDED" }];
  const waiting = new Set<number>([goal]);
  const blamed = new Set<number>();
  /** Per unmet skill: the unmet owners seen so far that wait for it. */
  const waitsFor = new Map<number, Set<number>>();
  for (const owner of waiting) {
    for (const skill of unmetSkills(graph, owner, met)) {
      let dependents = waitsFor.get(skill);
      if (dependents === undefined) {
        dependents = new Set();
        waitsFor.set(skill, dependents);
      }
      dependents.add(owner);
      if (avoided.has(skill)) blamed.add(skill);
      else waiting.add(skill);
    }
  }
  // Whoever waits for an avoided skill, even indirectly, is explained by it.
  const explained = new Set<number>();
  const spread = [...blamed];
  for (let skill = spread.pop(); skill !== undefined; skill = spread.pop()) {
    for (const owner of waitsFor.get(skill) ?? []) {
      if (explained.has(owner)) continue;
      explained.add(owner);
      spread.push(owner);
    }
  }
  // Of the rest, what nothing unexplained waits for only inherits the trouble: what remains is the loop.
  const rest = new Set([...waiting].filter((owner) => !explained.has(owner)));
  let peeled = true;
  while (peeled) {
    peeled = false;
    for (const owner of rest) {
      const dependents = waitsFor.get(owner);
      if (dependents !== undefined && [...dependents].some((dependent) => rest.has(dependent))) continue;
      rest.delete(owner);
      peeled = true;
    }
  }
  const missing = [
    ...[...blamed].map((skill) => ({ skill, cause: "AVOIDED" as const })),
    ...[...rest]
      .filter((owner) => owner < graph.skillCount)
      .map((skill) => ({ skill, cause: "UNMET" as const })),
  ];
  return missing.sort((a, b) => a.skill - b.skill);
}

/** The skills below the unmet groups of an owner's requirement that are not met themselves. */
function unmetSkills(graph: PrerequisiteGraph, owner: number, met: Chained): number[] {
  const skills: number[] = [];
  const stack = [graph.requirement[owner]!];
  for (let reference = stack.pop(); reference !== undefined; reference = stack.pop()) {
    if (reference === NONE) continue;
    if (reference >= 0) {
      if (met.missing[reference]! > 0) skills.push(reference);
    } else if (met.groupMissing[~reference]! > 0) {
      for (let m = graph.groupStart[~reference]!; m < graph.groupStart[~reference + 1]!; m++)
        stack.push(graph.members[m]!);
    }
  }
  return skills;
}
