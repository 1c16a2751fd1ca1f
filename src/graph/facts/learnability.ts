import { type SkillSet, unmetLeaves } from "../model/fold.ts";
import { chainRows, groupByKey } from "../model/integers.ts";
import type { PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { type Beginning, LocalChaining, learnable } from "../walk/chaining.ts";

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
  chaining.runBehind(graph, owners, beginning);
  return owners.every((owner) => chaining.rankOf(owner) >= 0);
}

/** What is not learnable, and why. */
export interface Unlearnable {
  /** In index order. */
  readonly skills: Int32Array;
  /**
   * Skills that wait for one another: each for the next, and the last for the first. A skill *waits* for the
   * unlearnable members of the unmet parts of its requirement. A loop without alternatives is preferred: there, no
   * requirement can be met without the next skill. Where there is none, every other alternative is unlearnable too.
   * Begins with the lowest index, and is the shortest loop through one of its skills.
   */
  readonly loop: readonly number[];
}

/**
 * The skills that cannot be learned, with a loop that is to blame, or undefined when every skill can.
 * Time and memory O(skills + leaves).
 */
export function findUnlearnable(
  graph: PrerequisiteGraph,
  known: Iterable<number> = [],
): Unlearnable | undefined {
  const { rank, reached } = learnable(graph, known);
  if (reached.length === graph.skillCount) return undefined;
  const skills: number[] = [];
  for (let skill = 0; skill < graph.skillCount; skill++) if (rank[skill] === -1) skills.push(skill);
  const isLearnable: SkillSet = { has: (skill) => rank[skill] !== -1 };
  const loop = findLoop(graph, skills, isLearnable, true) ?? findLoop(graph, skills, isLearnable, false);
  if (loop === undefined) throw new Error("expected unlearnable skills to wait for one another");
  return { skills: Int32Array.from(skills), loop };
}

/** The shortest loop through one of the skills that are on a loop, or lead to nothing but loops. */
function findLoop(
  graph: PrerequisiteGraph,
  skills: readonly number[],
  isLearnable: SkillSet,
  withoutAlternatives: boolean,
): number[] | undefined {
  const placeOf = new Map(skills.map((skill, place) => [skill, place]));
  const waitsFor = skills.map((skill) =>
    unmetLeaves(graph, graph.requirement[skill]!, isLearnable, withoutAlternatives).map(
      (member) => placeOf.get(member)!,
    ),
  );
  const { start, values: users } = groupByKey(
    skills.length,
    waitsFor.flat(),
    waitsFor.flatMap((members, place) => members.map(() => place)),
  );
  // What waits for nothing that is left is taken off, again and again: the rest has a next skill for ever.
  const left = Int32Array.from(waitsFor, (members) => members.length);
  chainRows(skills.length, left, start, users, new Int32Array(skills.length));
  let at = left.findIndex((members) => members > 0);
  if (at === -1) return undefined;
  const next = (place: number) => waitsFor[place]!.filter((member) => left[member]! > 0);
  const walked = new Set<number>();
  while (!walked.has(at)) {
    walked.add(at);
    at = next(at)[0]!;
  }
  return fromLowest(shortestLoop(at, next)).map((place) => skills[place]!);
}

/** Breadth first from a place on a loop back to itself. */
function shortestLoop(start: number, next: (place: number) => readonly number[]): number[] {
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
  throw new Error(`expected place ${start} to be on a loop`);
}

function fromLowest(loop: readonly number[]): number[] {
  let lowest = 0;
  for (let at = 1; at < loop.length; at++) if (loop[at]! < loop[lowest]!) lowest = at;
  return [...loop.slice(lowest), ...loop.slice(0, lowest)];
}
