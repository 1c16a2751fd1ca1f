import { endOfGroups } from "../model/fold.ts";
import { IntList, MarkedValues, Marks } from "../model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { LocalChaining, learnable } from "./chaining.ts";
import { possiblePrerequisites } from "./closure.ts";

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

const NOTHING: readonly number[] = [];

const items = new IntList();
const marks = new Marks();
const chaining = new LocalChaining();

/**
 * Puts a set of skills in learning order, the same for the same set however it is given. Known skills are left
 * out, repeated ones counted once.
 *
 * Depth first, from the goals and then from the lowest index on, each skill after those members of its
 * requirement that are in the set, so that what belongs together stays together: what a project, role or roadmap
 * names in the author's order; members of skills' requirements, too, those of inner groups last. Where that runs in a loop, through alternatives, a skill waits only for members of
 * earlier stages: those suffice, and they cannot lead back.
 *
 * Time O(requirements of the set), and O(n log n) where the goals do not lead to all n skills. Memory O(set).
 */
export function learningOrder(
  graph: PrerequisiteGraph,
  skills: Iterable<number>,
  options: LearningOrderOptions = {},
): LearningOrder {
  const known = listed(options.known);
  const towards = listed(options.towards);
  search.begin(graph, known, false);
  items.clear();
  for (const skill of skills) {
    if (!(skill >= 0 && skill < graph.skillCount))
      throw new RangeError(`expected a skill index below ${graph.skillCount}, got ${skill}`);
    if (search.add(skill)) items.push(skill);
  }
  if (!visitSet(graph, towards, undefined)) {
    marks.begin(graph.ownerCount);
    marks.addAll(known);
    chaining.run(graph, items.toArray(), marks, true);
    search.begin(graph, known, false);
    for (let at = 0; at < items.length; at++) search.add(items.items[at]!);
    visitSet(graph, towards, chaining);
  }
  return found();
}

/**
 * The learning order of all possible prerequisites of some skills, and of these themselves: the closure and the
 * order in one walk, for little more than the closure alone. As `learningOrder` of that set towards these skills.
 *
 * Time and memory O(requirements of the answer).
 */
export function orderOfPrerequisites(
  graph: PrerequisiteGraph,
  skills: readonly number[],
  known: Iterable<number> = NOTHING,
): LearningOrder {
  const knownSkills = listed(known);
  search.begin(graph, knownSkills, true);
  for (const skill of skills) {
    if (search.stateOf(skill) !== NEW || search.visit(graph, skill, undefined)) continue;
    const goals = skills.filter((goal) => !knownSkills.includes(goal));
    const behind = possiblePrerequisites(graph, goals, { known: knownSkills }).skills;
    return learningOrder(graph, [...goals, ...behind], { known: knownSkills, towards: goals });
  }
  return found();
}

/**
 * The depth of every skill in the whole graph: the earliest stage at which it can be learned from nothing, −1
 * for skills that cannot. Time and memory O(skills + leaves).
 */
export function depths(graph: PrerequisiteGraph): Int32Array {
  return learnable(graph).stage;
}

/** Visits the set in `items`. False when it met a loop; with stages to go by it meets none. */
function visitSet(
  graph: PrerequisiteGraph,
  towards: readonly number[],
  stages: LocalChaining | undefined,
): boolean {
  for (const owner of towards) {
    for (const skill of owner < graph.skillCount ? [owner] : namedSkills(graph, owner))
      if (search.stateOf(skill) === NEW && !search.visit(graph, skill, stages)) return false;
  }
  if (search.order.length === items.length) return true;
  items.items.subarray(0, items.length).sort();
  for (let at = 0; at < items.length; at++) {
    const skill = items.items[at]!;
    if (search.stateOf(skill) === NEW && !search.visit(graph, skill, stages)) return false;
  }
  return true;
}

/** The skills that an owner's requirement names, as its author wrote them, groups in their place. */
function namedSkills(graph: PrerequisiteGraph, owner: number): number[] {
  const named: number[] = [];
  const pending = [graph.requirement[owner]!];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next >= 0) named.push(next);
    else if (next !== NONE)
      // The last member first, so that the first one is taken next.
      for (let m = graph.groupStart[~next + 1]! - 1; m >= graph.groupStart[~next]!; m--)
        pending.push(graph.members[m]!);
  }
  return named;
}

/** What was visited, without the skills that have no stage, which are left. */
function found(): LearningOrder {
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

function listed(skills: Iterable<number> | undefined): readonly number[] {
  return skills === undefined ? NOTHING : Array.isArray(skills) ? skills : [...skills];
}

/** The states of a skill during the search; after it, its stage. */
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
 * skill costs a cache line of `requirement` and one of its state, which nothing shares; goals asked in turn take 1.3
 * to 1.6 times what they take where the whole graph fits the second cache (10⁴ skills), the same goal again and
 * again 1.0 times. Tried and dropped: touching the members of a skill ahead, so that loads overlap (nothing gained
 * at 10⁶, a third lost at 10⁴), and states in a small hash table that stays in the first cache (half as fast).
 */
class DepthFirstOrder {
  /** Skills in the order in which they were finished; with stages at the same places. */
  readonly order = new IntList();
  readonly stages = new IntList();
  /** Whether some skill's requirement is not met by what is known and the set. */
  leftSome = false;
  private readonly states = new MarkedValues();
  private frames = new Int32Array(64 * FRAME);
  private readonly groupStages = new IntList();
  private readonly sorted = new IntList();
  /** What skills are that have no state yet. */
  private other = ABSENT;

  /** `everything`: skills need not be added, the search takes in what it meets. */
  begin(graph: PrerequisiteGraph, known: Iterable<number>, everything: boolean): void {
    this.order.clear();
    this.stages.clear();
    this.leftSome = false;
    this.other = everything ? NEW : ABSENT;
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
    return this.states.has(skill) ? this.states.get(skill) : this.other;
  }

  /**
   * Visits a new skill and all that is new behind it. False when that runs in a loop: the search is void then.
   * Given stages to go by, a skill waits only for members of earlier stages, which is never a loop.
   */
  visit(graph: PrerequisiteGraph, from: number, given: LocalChaining | undefined): boolean {
    const { requirement, groupStart, members } = graph;
    const { cells, generation } = this.states;
    const { other } = this;
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
        const state = cells[2 * member] === generation ? cells[2 * member + 1]! : other;
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
   * when all are needed.
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
  const place = given.placeOf(skill);
  if (place < 0) return NEVER;
  const stage = given.stageAt(place);
  return stage < 0 ? NEVER : stage;
}

const search = new DepthFirstOrder();
