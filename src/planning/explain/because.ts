import { AttachedValues } from "../../graph/model/attached-values.ts";
import { eachCounted, HAD, LEARNED, RequirementFold, UNMET } from "../../graph/model/fold.ts";
import { ascending, MarkedValues } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { PathQuestion, SolvedPath } from "../path-question.ts";

/** A step of a path in the place of a requirement where it counts. */
export interface CountedUse {
  readonly skill: number;
  /** Whose requirement it is. */
  readonly owner: number;
  /** The group it is a member of, or −1 when it is the whole requirement. */
  readonly group: number;
}

interface Derived {
  readonly graph: PrerequisiteGraph;
  readonly question: PathQuestion;
  readonly uses: readonly CountedUse[];
}
const derived = new AttachedValues<readonly number[], Derived>();

/**
 * How a path meets each requirement of its steps and goals: per group what is known first, then the first
 * members, in the author's order, of earlier stages than the owner's, and no more members than the group needs.
 * In a path without idle steps every step that is no goal counts somewhere. Owner by owner, steps first.
 *
 * Time O(requirements of the steps and goals), O(1) when the same was asked of the path last: reasons and
 * alternatives begin with it.
 */
export function countedUses(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: StagedSteps,
): readonly CountedUse[] {
  const before = derived.get(path.skills);
  if (before?.graph === graph && before.question === question) return before.uses;
  const uses = deriveUses(graph, question, path);
  derived.set(path.skills, { graph, question, uses });
  return uses;
}

/** The steps of a path and when each can be learned. */
export type StagedSteps = Pick<SolvedPath, "skills" | "stages">;

/** The stage of each step; see `SolvedPath.stages`. */
const stageOf = new MarkedValues();
/** Stands for the stage of what is known. */
const KNOWN = -2;
const folds = new RequirementFold();
/** The stage of the owner whose requirement is being looked at. */
let ownStage = 0;

function stateBefore(skill: number): number {
  const stage = stageOf.get(skill);
  if (stage >= 0) return stage < ownStage ? LEARNED : UNMET;
  return stage === KNOWN ? HAD : UNMET;
}

/** The first stage at which a skill can be built on. */
function stageAfter(skill: number): number {
  const stage = stageOf.get(skill);
  if (stage >= 0) return stage + 1;
  return stage === KNOWN ? 0 : Number.POSITIVE_INFINITY;
}

function deriveUses(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  { skills, stages }: StagedSteps,
): CountedUse[] {
  stageOf.begin(graph.ownerCount);
  for (let at = 0; at < skills.length; at++) stageOf.set(skills[at]!, stages[at]!);
  for (const skill of question.known) stageOf.set(skill, KNOWN);
  const uses: CountedUse[] = [];
  let owner = 0;
  const add = (skill: number, group: number) => uses.push({ skill, owner, group });
  for (let at = 0; at < skills.length; at++) {
    owner = skills[at]!;
    ownStage = stages[at]!;
    eachCounted(graph, graph.requirement[owner]!, stateBefore, add);
  }
  for (owner of new Set(question.goals)) {
    if (owner < graph.skillCount) continue;
    ownStage = folds.fold(graph, graph.requirement[owner]!, stageAfter);
    eachCounted(graph, graph.requirement[owner]!, stateBefore, add);
  }
  return uses;
}

const places = new MarkedValues();

/** Why a step is in a path. Owners in index order. */
export interface StepReason {
  /** The goals and chosen skills that need the step, itself when it is one. */
  readonly goals: readonly number[];
  /** Steps and goals whose requirement counts the step. */
  readonly requiredBy: readonly number[];
}

/**
 * Per step of a path, in its order: what it is there for. Every step of a path without idle steps has a goal.
 *
 * `steps` are in learning order. Time O(requirements of the steps and goals + steps × goals).
 */
export function stepReasons(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  steps: StagedSteps,
): StepReason[] {
  const path = steps.skills;
  places.begin(graph.ownerCount);
  for (let at = 0; at < path.length; at++) places.set(path[at]!, at);
  const requiredBy = ownersCounting(path.length, countedUses(graph, question, steps));
  const goals = [...new Set([...question.goals, ...question.choose])].sort(ascending);
  const needed = goalsBehind(path, requiredBy, goals);
  return path.map((_, at) => ({ goals: needed[at]!, requiredBy: requiredBy[at]! }));
}

/** Per place in the path: the owners that count its step, in index order. */
function ownersCounting(steps: number, uses: readonly CountedUse[]): number[][] {
  const requiredBy: number[][] = new Array(steps);
  for (let at = 0; at < steps; at++) requiredBy[at] = NO_OWNERS;
  for (let u = 0; u < uses.length; u++) {
    const { skill, owner } = uses[u]!;
    const at = places.get(skill);
    const owners = requiredBy[at]!;
    if (owners.length === 0) {
      requiredBy[at] = [owner];
      continue;
    }
    // The lists are short. The uses of one owner come together, but an owner may count a step twice.
    if (owners.includes(owner)) continue;
    let place = owners.length;
    for (; place > 0 && owners[place - 1]! > owner; place--) owners[place] = owners[place - 1]!;
    owners[place] = owner;
  }
  return requiredBy;
}

const NO_OWNERS: number[] = [];

/** Per step: the goals that it or whatever counts it leads to. Steps with the same goals share one list. */
function goalsBehind(
  path: readonly number[],
  requiredBy: readonly (readonly number[])[],
  goals: readonly number[],
): (readonly number[])[] {
  // Whatever is in a path without idle steps has some goal.
  if (goals.length === 1) return path.map(() => goals);
  // One bit per goal: a row for each step, and one for each goal that is no step.
  const words = Math.ceil(goals.length / 32);
  const rows = new Int32Array((path.length + goals.length) * words);
  for (let bit = 0; bit < goals.length; bit++) {
    let row = places.get(goals[bit]!);
    if (row < 0) {
      row = path.length + bit;
      places.set(goals[bit]!, row);
    }
    rows[row * words + (bit >> 5)]! |= 1 << (bit & 31);
  }
  const lists = new Map<number | string, number[]>();
  const behind: number[][] = new Array(path.length);
  // Whatever counts a step comes after it, so its row is complete when the step's turn comes.
  for (let at = path.length - 1; at >= 0; at--) {
    const owners = requiredBy[at]!;
    for (let o = 0; o < owners.length; o++) {
      const from = places.get(owners[o]!) * words;
      for (let w = 0; w < words; w++) rows[at * words + w]! |= rows[from + w]!;
    }
    const key = words === 1 ? rows[at]! : rows.subarray(at * words, (at + 1) * words).join();
    let list = lists.get(key);
    if (list === undefined) {
      list = [];
      for (let bit = 0; bit < goals.length; bit++)
        if (((rows[at * words + (bit >> 5)]! >> (bit & 31)) & 1) === 1) list.push(goals[bit]!);
      lists.set(key, list);
    }
    behind[at] = list;
  }
  return behind;
}
