import { IntList } from "./int-list.ts";
import { learnable } from "./learnability.ts";
import { LocalChaining } from "./local-chaining.ts";
import { Marks } from "./marks.ts";
import { endOfGroups, NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";

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

/** Per skill of the set: `NEW`, `OPEN` while its members are visited, then its stage, `NEVER` if it has none. */
const state = new Marks();
const NEW = -2;
const OPEN = -3;
const NEVER = 0x7fffffff;
/** On the stack behind a skill whose members have all been visited; no reference. */
const CLOSE = NONE;

const known = new Marks();
const items = new IntList();
const stack = new IntList();
const order = new IntList();
const earlier = new IntList();
const groupStages = new IntList();
const chaining = new LocalChaining();

/**
 * Puts a set of skills in learning order, the same for the same set however it is given. Known skills are left
 * out, repeated ones counted once.
 *
 * Depth first, from the goals and then from the lowest index on, each skill after those members of its
 * requirement that are in the set, in the author's order, so that what belongs together stays together. Where
 * that runs in a loop, through alternatives, a skill waits only for members of earlier stages: those suffice,
 * and they cannot lead back.
 *
 * Time O(requirements of the set), and O(n log n) where the goals do not lead to all n skills. Memory O(set).
 */
export function learningOrder(
  graph: PrerequisiteGraph,
  skills: Iterable<number>,
  options: LearningOrderOptions = {},
): LearningOrder {
  known.begin(graph.ownerCount);
  known.addAll(options.known ?? []);
  state.begin(graph.ownerCount);
  items.clear();
  for (const skill of skills) {
    if (skill < 0 || skill >= graph.skillCount)
      throw new RangeError(`expected a skill index below ${graph.skillCount}, got ${skill}`);
    if (known.has(skill) || state.has(skill)) continue;
    state.set(skill, NEW);
    items.push(skill);
  }
  const towards = [...(options.towards ?? [])];
  if (!visitAll(graph, towards, false)) {
    const set = items.toArray().sort();
    chaining.run(graph, set, known, true);
    for (let at = 0; at < items.length; at++) state.set(items.items[at]!, NEW);
    visitAll(graph, towards, true);
  }
  return split();
}

/**
 * The depth of every skill in the whole graph: the earliest stage at which it can be learned from nothing, −1
 * for skills that cannot. Time and memory O(skills + leaves).
 */
export function depths(graph: PrerequisiteGraph): Int32Array {
  return learnable(graph).stage;
}

/** Fills `order`, and `state` with stages. False when it met a loop; `staged`, it meets none. */
function visitAll(graph: PrerequisiteGraph, towards: readonly number[], staged: boolean): boolean {
  order.clear();
  for (const owner of towards) {
    stack.clear();
    if (owner < graph.skillCount && state.has(owner)) stack.push(owner);
    else if (graph.requirement[owner] !== NONE) stack.push(graph.requirement[owner]!);
    if (!visit(graph, staged)) return false;
  }
  if (order.length === items.length) return true;
  items.items.subarray(0, items.length).sort();
  for (let at = 0; at < items.length; at++) {
    stack.clear();
    stack.push(items.items[at]!);
    if (!visit(graph, staged)) return false;
  }
  return true;
}

/** Visits what is on the stack. */
function visit(graph: PrerequisiteGraph, staged: boolean): boolean {
  const { requirement, groupStart, members } = graph;
  while (stack.length > 0) {
    const reference = stack.items[--stack.length]!;
    if (reference === CLOSE) {
      const skill = stack.items[--stack.length]!;
      state.set(skill, staged ? stageReached(skill) : stageOf(graph, skill));
      order.push(skill);
    } else if (reference < 0) {
      const from = groupStart[~reference]!;
      for (let m = groupStart[~reference + 1]! - 1; m >= from; m--) stack.push(members[m]!);
    } else {
      const found = state.get(reference);
      if (found === OPEN && !staged) return false;
      if (found !== NEW) continue;
      state.set(reference, OPEN);
      stack.push(reference);
      stack.push(CLOSE);
      if (staged) pushEarlier(graph, reference);
      else if (requirement[reference] !== NONE) stack.push(requirement[reference]!);
    }
  }
  return true;
}

/** Puts the members that chaining reached at an earlier stage on the stack, the first on top. */
function pushEarlier(graph: PrerequisiteGraph, skill: number): void {
  const { requirement, groupStart, members } = graph;
  const stage = chaining.stageAt(chaining.placeOf(skill));
  if (requirement[skill] === NONE) return;
  earlier.clear();
  const bottom = stack.length;
  stack.push(requirement[skill]!);
  while (stack.length > bottom) {
    const reference = stack.items[--stack.length]!;
    if (reference < 0) {
      for (let m = groupStart[~reference + 1]! - 1; m >= groupStart[~reference]!; m--)
        stack.push(members[m]!);
      continue;
    }
    const place = chaining.placeOf(reference);
    if (place >= 0 && chaining.stageAt(place) >= 0 && chaining.stageAt(place) < stage)
      earlier.push(reference);
  }
  for (let at = earlier.length - 1; at >= 0; at--) stack.push(earlier.items[at]!);
}

function stageReached(skill: number): number {
  const stage = chaining.stageAt(chaining.placeOf(skill));
  return stage < 0 ? NEVER : stage;
}

/** The stage at which the requirement is met, once the stages of all members in the set are known. */
function stageOf(graph: PrerequisiteGraph, skill: number): number {
  const { groupStart, groupNeed, members } = graph;
  const reference = graph.requirement[skill]!;
  if (reference === NONE) return 0;
  if (reference >= 0) return stageAfter(reference);
  const root = ~reference;
  const end = endOfGroups(graph, root);
  const stages = groupStages.reserve(end - root);
  for (let g = end - 1; g >= root; g--) {
    const from = groupStart[g]!;
    const to = groupStart[g + 1]!;
    let earliest = NEVER;
    let latest = 0;
    for (let m = from; m < to; m++) {
      const member = members[m]!;
      const stage = member >= 0 ? stageAfter(member) : stages[~member - root]!;
      if (stage < earliest) earliest = stage;
      if (stage > latest) latest = stage;
    }
    const need = groupNeed[g]!;
    if (need === to - from) stages[g - root] = latest;
    else if (need === 1) stages[g - root] = earliest;
    else {
      const all = Array.from(members.subarray(from, to), (member) =>
        member >= 0 ? stageAfter(member) : stages[~member - root]!,
      );
      stages[g - root] = all.sort((a, b) => a - b)[need - 1]!;
    }
  }
  return stages[0]!;
}

/** The first stage at which this skill can be built on. */
function stageAfter(skill: number): number {
  const stage = state.get(skill);
  if (stage >= 0) return stage === NEVER ? NEVER : stage + 1;
  return known.has(skill) ? 0 : NEVER;
}

/** The order without the skills that have no stage, which are left. */
function split(): LearningOrder {
  const skills = new Int32Array(order.length);
  const stages = new Int32Array(order.length);
  const left: number[] = [];
  let count = 0;
  for (let at = 0; at < order.length; at++) {
    const skill = order.items[at]!;
    const stage = state.get(skill);
    if (stage === NEVER) left.push(skill);
    else {
      skills[count] = skill;
      stages[count++] = stage;
    }
  }
  return {
    skills: skills.subarray(0, count),
    stages: stages.subarray(0, count),
    left: Int32Array.from(left).sort(),
  };
}
