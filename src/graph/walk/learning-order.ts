import { branchLeaves, endOfGroups } from "../model/fold.ts";
import { IntList } from "../model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { LocalChaining } from "./chaining.ts";
import { visits } from "./visits.ts";

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
  readonly known?: readonly number[];
  /** Owners from which to go down first, in this order: the goals. */
  readonly towards?: readonly number[];
}

/** The states of a skill during the search; after it, its stage. `MarkedValues` says −1 of what has no value. */
const ABSENT = -1;
const KNOWN = -2;
const NEW = -3;
const OPEN = -4;
/** The stage of a skill whose requirement is not met. */
const NEVER = 0x7ffffffe;

/** One step of the way down: the skill, the next of its members, the end of them, the latest stage so far. */
const SKILL = 0;
const NEXT = 1;
const END = 2;
const LATEST = 3;
const FRAME = 4;

/**
 * The depth-first search behind learning orders: skills in post-order, each with the stage at which it can be
 * learned. `begin`, `add` the set, `visit` its skills.
 *
 * The loop spells out what could be calls, and keeps a skill's state and stage side by side: 2.5 times as fast
 * as the same with lists and calls (207 skills, 1,030 leaves: 43 → 17 µs), and the bulk of a cold path query's
 * share of this folder.
 *
 * In a graph of a million skills numbered without regard to what belongs together, what is left is memory: each
 * skill costs a cache line of `requirement` and one of its state, which only the closure before it shares; goals asked in
 * turn take 1.15 times what they take where the whole graph fits the second cache (10⁴ skills), the same goal again
 * and again 1.0 times. Tried and dropped: touching the members of a skill ahead, so that loads overlap (nothing gained
 * at 10⁶, a third lost at 10⁴), and states in a small hash table that stays in the first cache (half as fast).
 */
class DepthFirstOrder {
  /** Skills in the order in which they were finished; with stages at the same places. */
  readonly order = new IntList();
  readonly stages = new IntList();
  /** Whether some skill's requirement is not met by what is known and the set. */
  leftSome = false;
  private readonly states = visits;
  private frames = new Int32Array(64 * FRAME);
  private readonly groupStages = new IntList();
  private readonly sorted = new IntList();

  begin(graph: PrerequisiteGraph, known: Iterable<number>): void {
    this.order.clear();
    this.stages.clear();
    this.leftSome = false;
    this.states.begin(graph.skillCount);
    for (const skill of known) this.states.set(skill, KNOWN);
  }

  /** False when the skill is known, or was added before. */
  add(skill: number): boolean {
    if (this.states.has(skill)) return false;
    this.states.set(skill, NEW);
    return true;
  }

  /** A stage when ≥ 0. */
  stateOf(skill: number): number {
    return this.states.get(skill);
  }

  /**
   * Visits a new skill and all that is new behind it. False when that runs in a loop: the search is void then.
   * Given stages to go by, a skill waits only for members of earlier stages, which is never a loop.
   */
  visit(graph: PrerequisiteGraph, from: number, given: LocalChaining | undefined): boolean {
    const { requirement, groupStart, members } = graph;
    const { cells, generation } = this.states;
    let { frames } = this;
    let top = -FRAME;
    let next = from;
    for (;;) {
      if (next >= 0) {
        top += FRAME;
        if (top === frames.length) frames = this.growFrames();
        cells[2 * next] = generation;
        cells[2 * next + 1] = OPEN;
        const reference = requirement[next]!;
        frames[top + SKILL] = next;
        frames[top + LATEST] = 0;
        if (reference < 0 && reference !== NONE) {
          frames[top + NEXT] = groupStart[~reference]!;
          frames[top + END] = groupStart[endOfGroups(graph, ~reference)]!;
        } else {
          // A requirement that is a single skill has no place among the members: it stands here itself.
          frames[top + NEXT] = reference === NONE ? 0 : ~reference;
          frames[top + END] = 0;
        }
        next = -1;
      }
      const skill = frames[top + SKILL]!;
      const end = frames[top + END]!;
      const limit = given === undefined ? 0 : stageGiven(given, skill);
      let at = frames[top + NEXT]!;
      let latest = frames[top + LATEST]!;
      while (at < end) {
        const member = at < 0 ? ~at : members[at]!;
        at = at < 0 ? end : at + 1;
        if (member < 0 || (given !== undefined && stageGiven(given, member) >= limit)) continue;
        const state = cells[2 * member] === generation ? cells[2 * member + 1]! : ABSENT;
        if (state >= latest) latest = state + 1;
        else if (state < 0) {
          if (state === NEW) {
            next = member;
            break;
          }
          if (state === OPEN) return false;
          if (state === ABSENT) latest = NEVER;
        }
      }
      if (next >= 0) {
        frames[top + NEXT] = at;
        frames[top + LATEST] = latest;
        continue;
      }
      let stage = given === undefined ? this.stageMet(graph, skill, latest) : limit;
      if (stage >= NEVER) {
        stage = NEVER;
        this.leftSome = true;
      }
      cells[2 * skill + 1] = stage;
      this.order.push(skill);
      this.stages.push(stage);
      top -= FRAME;
      if (top < 0) return true;
      if (stage >= frames[top + LATEST]!) frames[top + LATEST] = stage + 1;
    }
  }

  /**
   * The stage at which a skill's requirement is met, once those of all members are known: the latest of them
   * when all are needed. Does by itself what `RequirementFold` does: with that, orders take 10 % longer.
   */
  private stageMet(graph: PrerequisiteGraph, skill: number, latestOfAll: number): number {
    const { groupStart, groupNeed, members } = graph;
    const reference = graph.requirement[skill]!;
    if (reference >= 0 || reference === NONE) return latestOfAll;
    const root = ~reference;
    const end = endOfGroups(graph, root);
    if (end === root + 1 && groupNeed[root] === groupStart[end]! - groupStart[root]!) return latestOfAll;
    const groupStages = this.groupStages.reserve(end - root);
    for (let g = end - 1; g >= root; g--) {
      const from = groupStart[g]!;
      const size = groupStart[g + 1]! - from;
      const need = groupNeed[g]!;
      const sorted = this.sorted.reserve(size);
      let earliest = NEVER;
      let latest = 0;
      for (let m = 0; m < size; m++) {
        const member = members[from + m]!;
        const stage = member >= 0 ? this.stageAfter(member) : groupStages[~member - root]!;
        sorted[m] = stage;
        if (stage < earliest) earliest = stage;
        if (stage > latest) latest = stage;
      }
      if (need === size) groupStages[g - root] = latest;
      else if (need === 1) groupStages[g - root] = earliest;
      else groupStages[g - root] = sorted.subarray(0, size).sort()[need - 1]!;
    }
    return groupStages[0]!;
  }

  /** The first stage at which this skill can be built on. */
  private stageAfter(skill: number): number {
    const state = this.states.get(skill);
    if (state === KNOWN) return 0;
    return state === ABSENT || state === NEVER ? NEVER : state + 1;
  }

  private growFrames(): Int32Array<ArrayBuffer> {
    const grown = new Int32Array(2 * this.frames.length);
    grown.set(this.frames);
    this.frames = grown;
    return grown;
  }
}

function stageGiven(given: LocalChaining, skill: number): number {
  const stage = given.stageOf(skill);
  return stage < 0 ? NEVER : stage;
}

const items = new IntList();
const search = new DepthFirstOrder();
const chaining = new LocalChaining();

/**
 * Puts a set of skills in learning order, the same for the same set however it is given. Known skills are left
 * out, repeated ones counted once.
 *
 * Depth first, from the goals and then from the lowest index on: each skill comes after those members of its
 * requirement that are in the set, so that what belongs together stays together. What a project, role or roadmap
 * names comes in the author's order. So do the members of skills' requirements, those of inner groups last. Where
 * that runs in a loop, through alternatives, a skill waits only for members of earlier stages: those suffice, and
 * they cannot lead back.
 *
 * Time O(requirements of the set), and O(n log n) where the goals do not lead to all n skills. Memory O(set).
 */
export function learningOrder(
  graph: PrerequisiteGraph,
  skills: Iterable<number>,
  { known = [], towards = [] }: LearningOrderOptions = {},
): LearningOrder {
  search.begin(graph, known);
  items.clear();
  for (const skill of skills) {
    if (!(skill >= 0 && skill < graph.skillCount))
      throw new RangeError(`expected a skill index below ${graph.skillCount}, got ${skill}`);
    if (search.add(skill)) items.push(skill);
  }
  if (!visitSet(graph, towards, undefined)) {
    chaining.run(graph, items.toArray(), known);
    search.begin(graph, known);
    for (let at = 0; at < items.length; at++) search.add(items.items[at]!);
    visitSet(graph, towards, chaining);
  }
  return takeOrder();
}

/** Visits the set in `items`. False when it met a loop; with stages to go by it meets none. */
function visitSet(
  graph: PrerequisiteGraph,
  towards: readonly number[],
  stages: LocalChaining | undefined,
): boolean {
  for (const owner of towards) {
    if (
      !visitAll(
        graph,
        owner < graph.skillCount ? [owner] : branchLeaves(graph, graph.requirement[owner]!),
        stages,
      )
    )
      return false;
  }
  return (
    search.order.length === items.length ||
    visitAll(graph, items.items.subarray(0, items.length).sort(), stages)
  );
}

function visitAll(
  graph: PrerequisiteGraph,
  skills: ArrayLike<number>,
  stages: LocalChaining | undefined,
): boolean {
  for (let at = 0; at < skills.length; at++)
    if (search.stateOf(skills[at]!) === NEW && !search.visit(graph, skills[at]!, stages)) return false;
  return true;
}

/** What was visited; skills without a stage are left. */
function takeOrder(): LearningOrder {
  const { length } = search.order;
  const skills = search.order.items.slice(0, length);
  const stages = search.stages.items.slice(0, length);
  if (!search.leftSome) return { skills, stages, left: new Int32Array(0) };
  return {
    skills: skills.filter((_, at) => stages[at] !== NEVER),
    stages: stages.filter((stage) => stage !== NEVER),
    left: skills.filter((_, at) => stages[at] === NEVER).sort(),
  };
}
