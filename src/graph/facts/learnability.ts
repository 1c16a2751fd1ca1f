import { endOfGroups } from "../model/fold.ts";
import { ascending, Marks } from "../model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { type Beginning, LocalChaining, learnable } from "../walk/chaining.ts";
import { possiblePrerequisites } from "../walk/closure.ts";

const outside = new Marks();
const chaining = new LocalChaining();

/**
 * Whether an owner's requirement can be met by learning skills; for a skill: whether it can be learned. Looks
 * only at what the requirement leads back to: time O(leaves behind the owner).
 */
export function canBeMet(graph: PrerequisiteGraph, owner: number, beginning: Beginning = {}): boolean {
  return canAllBeMet(graph, [owner], beginning);
}

/**
 * Whether the requirements of all these owners can be met: as `canBeMet`, in one walk.
 *
 * After a change to the requirements of some skills in a graph whose skills are all learnable, they still are
 * exactly when this holds for the changed ones: of the others, the first in the old order of learning could not
 * be lost, since its requirement is what it was and all before it can be learned.
 */
export function canAllBeMet(
  graph: PrerequisiteGraph,
  owners: readonly number[],
  beginning: Beginning = {},
): boolean {
  const known = [...(beginning.known ?? [])];
  // Avoided skills are not looked behind either, but unlike known ones they are never met.
  const given = [...known, ...(beginning.avoided ?? [])];
  const behind = possiblePrerequisites(graph, owners, { known: given }).skills;
  outside.begin(graph.ownerCount);
  outside.addAll(known);
  const all = new Int32Array(behind.length + owners.length);
  all.set(behind);
  all.set(owners, behind.length);
  chaining.run(graph, all, outside, true);
  return owners.every((_, place) => chaining.rankAt(behind.length + place) >= 0);
}

/** What is not learnable, and for one of the skills the reason. */
export interface Unlearnable {
  /** In index order; avoided skills are not listed. */
  readonly skills: Int32Array;
  readonly reason: Loop | Missing;
}

/**
 * Each skill waits for the next, and the last for the first. *Waits*: the next is an unlearnable member of an
 * unmet part of its requirement. A loop without alternatives is preferred: there, each requirement cannot be met
 * without the next skill. Where there is none, every other alternative is unlearnable too. The loop begins with
 * its lowest index and is the shortest through one of its skills.
 */
export interface Loop {
  readonly kind: "loop";
  readonly skills: readonly number[];
}

/** The skill lacks members that are avoided. */
export interface Missing {
  readonly kind: "missing";
  readonly skill: number;
  readonly missing: readonly number[];
}

/**
 * The unlearnable skills with a reason, or undefined when every skill is learnable. From nothing there is always
 * a loop behind; with `avoided` it can be a skill that is missing instead.
 *
 * Time and memory O(skills + leaves).
 */
export function findUnlearnable(
  graph: PrerequisiteGraph,
  beginning: Beginning = {},
): Unlearnable | undefined {
  const { rank, reached } = learnable(graph, beginning);
  if (reached.length === graph.skillCount) return undefined;
  const avoided = new Set(beginning.avoided);
  const skills: number[] = [];
  for (let s = 0; s < graph.skillCount; s++) if (rank[s] === -1 && !avoided.has(s)) skills.push(s);
  if (skills.length === 0) return undefined;
  return {
    skills: Int32Array.from(skills),
    reason:
      findLoop(graph, skills, rank, avoided, true) ??
      findMissing(graph, skills, rank, avoided) ??
      findLoop(graph, skills, rank, avoided, false)!,
  };
}

function findMissing(
  graph: PrerequisiteGraph,
  skills: readonly number[],
  rank: Int32Array,
  avoided: ReadonlySet<number>,
): Missing | undefined {
  if (avoided.size === 0) return undefined;
  for (const skill of skills) {
    const missing = waitsFor(graph, skill, rank, false).filter((member) => avoided.has(member));
    if (missing.length > 0) return { kind: "missing", skill, missing: [...new Set(missing)].sort(ascending) };
  }
  return undefined;
}

/** The shortest loop through one of the skills that are on a loop, or lead to nothing but loops. */
function findLoop(
  graph: PrerequisiteGraph,
  skills: readonly number[],
  rank: Int32Array,
  avoided: ReadonlySet<number>,
  withoutAlternatives: boolean,
): Loop | undefined {
  const next = new Map<number, readonly number[]>();
  const waiting = new Map<number, number[]>();
  const open = new Map<number, number>();
  for (const skill of skills) {
    const members = waitsFor(graph, skill, rank, withoutAlternatives).filter(
      (member) => !avoided.has(member),
    );
    next.set(skill, members);
    open.set(skill, members.length);
    for (const member of members) {
      const list = waiting.get(member);
      if (list === undefined) waiting.set(member, [skill]);
      else list.push(skill);
    }
  }
  // Peel off what waits for nothing that is left: the rest has a next skill for ever.
  const peeled = skills.filter((skill) => open.get(skill) === 0);
  for (let skill = peeled.pop(); skill !== undefined; skill = peeled.pop()) {
    open.delete(skill);
    for (const dependent of waiting.get(skill) ?? []) {
      const left = open.get(dependent)! - 1;
      open.set(dependent, left);
      if (left === 0) peeled.push(dependent);
    }
  }
  const first = skills.find((skill) => open.has(skill));
  if (first === undefined) return undefined;
  const stay = (skill: number) => next.get(skill)!.filter((member) => open.has(member));
  const walked = new Set<number>();
  let at = first;
  while (!walked.has(at)) {
    walked.add(at);
    at = stay(at)[0]!;
  }
  return { kind: "loop", skills: fromLowest(shortestLoop(at, stay)) };
}

/** Breadth first from a skill that is on a loop back to itself. */
function shortestLoop(start: number, next: (skill: number) => readonly number[]): number[] {
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (let q = 0; q < queue.length; q++) {
    for (const member of next(queue[q]!)) {
      if (member === start) {
        const loop = [];
        for (let at = queue[q]!; at !== start; at = cameFrom.get(at)!) loop.push(at);
        return [start, ...loop.reverse()];
      }
      if (cameFrom.has(member)) continue;
      cameFrom.set(member, queue[q]!);
      queue.push(member);
    }
  }
  throw new Error(`expected skill ${start} to be on a loop`);
}

function fromLowest(loop: readonly number[]): number[] {
  let lowest = 0;
  for (let at = 1; at < loop.length; at++) if (loop[at]! < loop[lowest]!) lowest = at;
  return [...loop.slice(lowest), ...loop.slice(0, lowest)];
}

/**
 * The unlearnable members of the unmet parts of a skill's requirement, in the author's order. `withoutAlternatives`
 * keeps those under groups that need all their members, and only those.
 */
function waitsFor(
  graph: PrerequisiteGraph,
  owner: number,
  rank: Int32Array,
  withoutAlternatives: boolean,
): number[] {
  const { members, groupStart, groupNeed } = graph;
  const reference = graph.requirement[owner]!;
  if (reference === NONE) return [];
  if (reference >= 0) return rank[reference] === -1 ? [reference] : [];
  const root = ~reference;
  const end = endOfGroups(graph, root);
  const unmet = new Uint8Array(end - root);
  for (let g = end - 1; g >= root; g--) {
    let met = 0;
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) {
      const member = members[m]!;
      if (member >= 0 ? rank[member] !== -1 : unmet[~member - root] === 0) met++;
    }
    unmet[g - root] = met < groupNeed[g]! ? 1 : 0;
  }
  const waits: number[] = [];
  const stack = [reference];
  for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
    if (member >= 0) {
      if (rank[member] === -1) waits.push(member);
      continue;
    }
    const g = ~member;
    if (unmet[g - root] === 0) continue;
    if (withoutAlternatives && groupNeed[g]! < groupStart[g + 1]! - groupStart[g]!) continue;
    for (let m = groupStart[g + 1]! - 1; m >= groupStart[g]!; m--) stack.push(members[m]!);
  }
  return waits;
}
