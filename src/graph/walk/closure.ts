import { CANDIDATES_AT_ONCE, Necessity } from "../facts/necessity.ts";
import { IntList } from "../model/int-list.ts";
import { Marks } from "../model/marks.ts";
import { endOfGroups, NONE, ownerOfUse, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { derivation } from "./derivation.ts";
import { LocalChaining } from "./local-chaining.ts";

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

const seen = new Marks();
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
  seen.begin(graph.ownerCount);
  seen.addAll(options.known ?? NOTHING);
  gather(graph, owners, seen, options.depth ?? Number.POSITIVE_INFINITY);
  return { skills: skills.toArray(), depth: depths.toArray() };
}

/**
 * Fills `skills` and `depths`, breadth first. Neither the owners nor what `visited` holds is gathered or looked
 * behind; what is gathered is added to it.
 */
function gather(graph: PrerequisiteGraph, owners: Iterable<number>, visited: Marks, depth: number): void {
  skills.clear();
  depths.clear();
  const start = [...owners];
  visited.addAll(start);
  if (depth >= 1) for (const owner of start) gatherLeaves(graph, owner, visited, 1);
  for (let at = 0; at < skills.length; at++) {
    const next = depths.items[at]! + 1;
    if (next > depth) break;
    gatherLeaves(graph, skills.items[at]!, visited, next);
  }
}

function gatherLeaves(graph: PrerequisiteGraph, owner: number, visited: Marks, depth: number): void {
  const { members, groupStart } = graph;
  const reference = graph.requirement[owner]!;
  if (reference === NONE) return;
  if (reference >= 0) {
    if (visited.add(reference)) {
      skills.push(reference);
      depths.push(depth);
    }
    return;
  }
  const last = groupStart[endOfGroups(graph, ~reference)]!;
  for (let m = groupStart[~reference]!; m < last; m++) {
    const skill = members[m]!;
    if (skill >= 0 && visited.add(skill)) {
      skills.push(skill);
      depths.push(depth);
    }
  }
}

const known = new Marks();
const chaining = new LocalChaining();
const necessity = new Necessity();
const needed = new Marks();

/**
 * The skills that *every* way to the owners passes: without such a skill, one of the owners' requirements could
 * not be met, by any choice of alternatives. The owners themselves are left out. An owner that cannot be met
 * anyhow has no way to it and adds nothing.
 *
 * One derivation of the owners names the candidates; then 32 candidates at a time are carried forward through
 * all possible prerequisites, united where all members are needed and intersected where one is enough (see
 * `Necessity`). Time O(E + D/32 · E), a small multiple of it where alternatives form loops, for D skills in the
 * derivation and E leaves behind the owners; memory O(E).
 */
export function necessaryPrerequisites(
  graph: PrerequisiteGraph,
  owners: Iterable<number>,
  options: ClosureOptions = {},
): Closure {
  const start = [...new Set(owners)];
  known.begin(graph.ownerCount);
  known.addAll(options.known ?? NOTHING);
  seen.begin(graph.ownerCount);
  seen.addAll(options.known ?? NOTHING);
  gather(graph, start, seen, Number.POSITIVE_INFINITY);
  const gathered = skills.length;
  for (const owner of start) skills.push(owner);
  const items = skills.items.subarray(0, skills.length);
  chaining.run(graph, items, known, true);

  const met = start.filter((owner) => chaining.rankAt(chaining.placeOf(owner)) >= 0);
  const candidates = derivation(graph, met, chaining, known);
  needed.begin(graph.ownerCount);
  necessity.prepare(graph, items, chaining, known, true);
  for (let from = 0; from < candidates.length; from += CANDIDATES_AT_ONCE) {
    const block = candidates.subarray(from, from + CANDIDATES_AT_ONCE);
    necessity.carry(block);
    let word = 0;
    for (const owner of met) word |= necessity.wordOf(owner);
    for (let bit = 0; bit < block.length; bit++) if ((word >>> bit) & 1) needed.add(block[bit]!);
  }

  // The owners come last in the list, so they are not looked at.
  const limit = options.depth ?? Number.POSITIVE_INFINITY;
  let kept = 0;
  for (let at = 0; at < gathered && depths.items[at]! <= limit; at++) {
    if (!needed.has(skills.items[at]!)) continue;
    skills.items[kept] = skills.items[at]!;
    depths.items[kept++] = depths.items[at]!;
  }
  return { skills: skills.items.slice(0, kept), depth: depths.items.slice(0, kept) };
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
  seen.begin(graph.ownerCount);
  skills.clear();
  depths.clear();
  others.clear();
  otherDepths.clear();
  for (const skill of from) {
    if (!seen.add(skill)) continue;
    skills.push(skill);
    depths.push(0);
  }
  const given = skills.length;
  for (let at = 0; at < skills.length; at++) {
    const next = depths.items[at]! + 1;
    if (next > depth) break;
    const skill = skills.items[at]!;
    for (let u = graph.usedByStart[skill]!; u < graph.usedByEnd[skill]!; u++) {
      const owner = ownerOfUse(graph, graph.usedBy[u]!);
      if (!seen.add(owner)) continue;
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
