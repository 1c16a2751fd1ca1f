import { IntList } from "./int-list.ts";
import { learnable } from "./learnability.ts";
import { LocalChaining } from "./local-chaining.ts";
import { Marks } from "./marks.ts";
import { NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";

/** The skills of a set in an order in which they can be learned. */
export interface LearningOrder {
  /** Each skill's requirement is met by what is known and the skills before it. */
  readonly skills: Int32Array;
  /**
   * Per place in `skills`: the earliest stage, when all of a stage are learned side by side: 0 for what can be
   * learned at once, otherwise one more than the stage at which the requirement is met; of k-of-n members that is
   * the k-th earliest.
   */
  readonly stages: Int32Array;
  /** The skills that the set itself does not lead to, ascending. Empty for a derivable set. */
  readonly left: Int32Array;
}

export interface LearningOrderOptions {
  /** Skills that the learner has. */
  readonly known?: Iterable<number>;
  /** Owners from which to go down first, in this order: the goals. */
  readonly towards?: Iterable<number>;
}

const known = new Marks();
const chaining = new LocalChaining();
const before = new IntList();
const beforeStart = new IntList();
const walk = new IntList();
const roots = new IntList();
const stack = new IntList();
const cursor = new IntList();
const done = new Marks();

/**
 * Puts a set of skills in learning order, the same for the same set however it is given. Known skills are left
 * out, repeated ones counted once.
 *
 * Depth first, from the goals and then from the lowest index on, each skill after its prerequisites in the author's order, so that what
 * belongs together stays together. A skill waits only for members that forward chaining inside the set reached
 * before it: those suffice, and they cannot lead back, so that loops through alternatives do no harm.
 *
 * Time O(n log n + requirements of the set), memory O(set).
 */
export function learningOrder(
  graph: PrerequisiteGraph,
  skills: Iterable<number>,
  options: LearningOrderOptions = {},
): LearningOrder {
  known.begin(graph.ownerCount);
  known.addAll(options.known ?? []);
  const items = distinct(graph, skills);
  chaining.run(graph, items, known, true);
  listPrerequisites(graph, items);

  const count = chaining.reached.length;
  const order = new Int32Array(count);
  const stages = new Int32Array(count);
  const left = new Int32Array(items.length - count);
  const starts = beforeStart.items;
  const cursors = cursor.reserve(items.length);
  cursors.set(starts.subarray(0, items.length));
  let placed = 0;
  let leftCount = 0;
  done.begin(items.length);
  roots.clear();
  for (const owner of options.towards ?? []) addRoots(graph, owner);
  for (let place = 0; place < items.length; place++) {
    if (chaining.rankAt(place) >= 0) roots.push(place);
    else left[leftCount++] = items[place]!;
  }
  for (let r = 0; r < roots.length; r++) {
    if (done.add(roots.items[r]!)) stack.push(roots.items[r]!);
    while (stack.length > 0) {
      const top = stack.items[stack.length - 1]!;
      if (cursors[top]! < starts[top + 1]!) {
        const prerequisite = before.items[cursors[top]!++]!;
        if (done.add(prerequisite)) stack.push(prerequisite);
      } else {
        stack.length--;
        stages[placed] = chaining.stageAt(top);
        order[placed++] = items[top]!;
      }
    }
  }
  return { skills: order, stages, left };
}

/**
 * The depth of every skill in the whole graph: the earliest stage at which it can be learned from nothing, −1
 * for skills that cannot. Time and memory O(skills + leaves).
 */
export function depths(graph: PrerequisiteGraph): Int32Array {
  return learnable(graph).stage;
}

function distinct(graph: PrerequisiteGraph, skills: Iterable<number>): Int32Array {
  const sorted = Int32Array.from(skills).sort();
  let count = 0;
  for (let at = 0; at < sorted.length; at++) {
    const skill = sorted[at]!;
    if (skill < 0 || skill >= graph.skillCount)
      throw new RangeError(`expected a skill index below ${graph.skillCount}, got ${skill}`);
    if (known.has(skill) || (count > 0 && sorted[count - 1] === skill)) continue;
    sorted[count++] = skill;
  }
  return sorted.subarray(0, count);
}

/** A goal of the set itself; of any other owner the members of the set that it asks for. */
function addRoots(graph: PrerequisiteGraph, owner: number): void {
  const place = chaining.placeOf(owner);
  if (place < 0) eachPlace(graph, owner, Number.POSITIVE_INFINITY, roots);
  else if (chaining.rankAt(place) >= 0) roots.push(place);
}

/** Fills `before` and `beforeStart`: per place, the places of its members that were reached earlier. */
function listPrerequisites(graph: PrerequisiteGraph, items: Int32Array): void {
  before.clear();
  beforeStart.clear();
  for (let place = 0; place < items.length; place++) {
    beforeStart.push(before.length);
    eachPlace(graph, items[place]!, chaining.rankAt(place), before);
  }
  beforeStart.push(before.length);
}

/** Appends the places of the members, at any depth and in the author's order, that were reached before `rank`. */
function eachPlace(graph: PrerequisiteGraph, owner: number, rank: number, to: IntList): void {
  const { members, groupStart, requirement } = graph;
  if (requirement[owner] === NONE) return;
  walk.clear();
  walk.push(requirement[owner]!);
  while (walk.length > 0) {
    const member = walk.items[--walk.length]!;
    if (member >= 0) {
      const place = chaining.placeOf(member);
      if (place < 0) continue;
      const reachedAt = chaining.rankAt(place);
      if (reachedAt >= 0 && reachedAt < rank) to.push(place);
    } else for (let m = groupStart[~member + 1]! - 1; m >= groupStart[~member]!; m--) walk.push(members[m]!);
  }
}
