import { endOfGroups, ownerOfUse } from "../model/fold.ts";
import { IntList } from "../model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { visits } from "./visits.ts";

/** Skills around some owners, the nearest first, then in the order in which requirements name them. */
export interface Closure {
  readonly skills: Int32Array;
  /** Per skill: the fewest requirements between it and the nearest of the owners; 1 is a direct one. */
  readonly depth: Int32Array;
}

export interface ClosureOptions {
  /** How many requirements to follow; all when absent. */
  readonly depth?: number;
  /** Skills that the learner has: neither reported nor looked behind. */
  readonly known?: Iterable<number>;
}

export interface Unlocked extends Closure {
  /** Owners that are no skills: projects, roles, roadmaps; each with its depth. */
  readonly others: Int32Array;
  readonly otherDepth: Int32Array;
}

const NOTHING: readonly number[] = [];

const skills = new IntList();
const depths = new IntList();
const others = new IntList();
const otherDepths = new IntList();

/**
 * The skills that *some* way to the owners may pass: those met when walking back through the leaves of
 * requirements, from dependent to prerequisite, alternatives included. The owners themselves are left out.
 *
 * Every skill of every cheapest path is among them. The reverse does not hold: a skill may be named only by an
 * alternative that nobody with sense would take, or that leads back to where it came from. Telling those apart
 * is NP-complete, so it is not attempted.
 *
 * Time and memory grow with the requirements of the answer.
 */
export function possiblePrerequisites(
  graph: PrerequisiteGraph,
  owners: Iterable<number>,
  options: ClosureOptions = {},
): Closure {
  visits.begin(graph.ownerCount);
  visits.addAll(options.known ?? NOTHING);
  gather(graph, owners, options.depth ?? Number.POSITIVE_INFINITY);
  return { skills: skills.toArray(), depth: depths.toArray() };
}

/**
 * Fills `skills` and `depths`, breadth first. Neither the owners nor what was visited is gathered or looked behind;
 * what is gathered is visited then.
 */
function gather(graph: PrerequisiteGraph, owners: Iterable<number>, depth: number): void {
  skills.clear();
  depths.clear();
  const start = [...owners];
  visits.addAll(start);
  if (depth >= 1) for (const owner of start) gatherLeaves(graph, owner, 1);
  for (let at = 0; at < skills.length; at++) {
    const next = depths.items[at]! + 1;
    if (next > depth) break;
    gatherLeaves(graph, skills.items[at]!, next);
  }
}

function gatherLeaves(graph: PrerequisiteGraph, owner: number, depth: number): void {
  const { members, groupStart } = graph;
  const reference = graph.requirement[owner]!;
  if (reference === NONE) return;
  if (reference >= 0) {
    if (visits.add(reference)) {
      skills.push(reference);
      depths.push(depth);
    }
    return;
  }
  const last = groupStart[endOfGroups(graph, ~reference)]!;
  for (let m = groupStart[~reference]!; m < last; m++) {
    const skill = members[m]!;
    if (skill >= 0 && visits.add(skill)) {
      skills.push(skill);
      depths.push(depth);
    }
  }
}

/**
 * What depends on the skills: those met when walking from prerequisite to dependent, alternatives included, so
 * that learning the skills *may* help towards each. The skills themselves are left out.
 *
 * Time grows with the number of places where the answer's skills are asked for.
 */
export function unlocks(
  graph: PrerequisiteGraph,
  from: Iterable<number>,
  depth = Number.POSITIVE_INFINITY,
): Unlocked {
  visits.begin(graph.ownerCount);
  skills.clear();
  depths.clear();
  others.clear();
  otherDepths.clear();
  for (const skill of from) {
    if (!visits.add(skill)) continue;
    skills.push(skill);
    depths.push(0);
  }
  const given = skills.length;
  for (let at = 0; at < skills.length; at++) {
    const next = depths.items[at]! + 1;
    if (next > depth) break;
    const skill = skills.items[at]!;
    for (let u = graph.usedByStart[skill]!; graph.usedBy[u] !== NONE; u++) {
      const owner = ownerOfUse(graph, graph.usedBy[u]!);
      if (!visits.add(owner)) continue;
      const isSkill = owner < graph.skillCount;
      (isSkill ? skills : others).push(owner);
      (isSkill ? depths : otherDepths).push(next);
    }
  }
  return {
    skills: skills.items.slice(given, skills.length),
    depth: depths.items.slice(given, depths.length),
    others: others.toArray(),
    otherDepth: otherDepths.toArray(),
  };
}
