import { learnable } from "../facts/learnability.ts";
import { IntList } from "../model/int-list.ts";
import { Marks } from "../model/marks.ts";
import { NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { possiblePrerequisites } from "./closure.ts";
import { DepthFirstOrder, NEVER, NEW } from "./depth-first-order.ts";
import { LocalChaining } from "./local-chaining.ts";

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

const search = new DepthFirstOrder();
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
