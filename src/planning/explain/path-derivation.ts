import { endOfGroups } from "../../graph/model/fold.ts";
import { IntList, Marks } from "../../graph/model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { LocalChaining } from "../../graph/walk/chaining.ts";
import type { PathQuestion } from "../path-question.ts";

/** A step of a path in the place of a requirement where it counts. */
export interface CountedUse {
  readonly skill: number;
  /** Whose requirement it is. */
  readonly owner: number;
  /** The group it is a member of, or −1 when it is the whole requirement. */
  readonly group: number;
}

const known = new Marks();
const chaining = new LocalChaining();
/** Per group of the owner at hand, counted from its root. */
const groupState = new IntList();
const counted = new IntList();

const UNMET = 0;
const MET = 1;
/** Met by known skills alone: no step is needed for it. */
const MET_ALREADY = 2;

interface Derived {
  readonly graph: PrerequisiteGraph;
  readonly question: PathQuestion;
  readonly uses: readonly CountedUse[];
}
const derived = new WeakMap<readonly number[], Derived>();

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
  path: readonly number[],
): readonly CountedUse[] {
  const before = derived.get(path);
  if (before?.graph === graph && before.question === question) return before.uses;
  const uses = deriveUses(graph, question, path);
  derived.set(path, { graph, question, uses });
  return uses;
}

function deriveUses(graph: PrerequisiteGraph, question: PathQuestion, path: readonly number[]): CountedUse[] {
  known.begin(graph.ownerCount);
  known.addAll(question.known);
  const owners = [...path];
  for (const goal of new Set(question.goals)) if (goal >= graph.skillCount) owners.push(goal);
  chaining.run(graph, owners, known, true);
  const uses: CountedUse[] = [];
  for (let place = 0; place < owners.length; place++) {
    const owner = owners[place]!;
    const reference = graph.requirement[owner]!;
    if (reference === NONE) continue;
    if (reference < 0) addUses(graph, owner, ~reference, chaining.stageAt(place), uses);
    else if (stateOfSkill(reference, chaining.stageAt(place)) === MET)
      uses.push({ skill: reference, owner, group: -1 });
  }
  return uses;
}

function stateOfSkill(skill: number, stage: number): number {
  if (known.has(skill)) return MET_ALREADY;
  const place = chaining.placeOf(skill);
  return place >= 0 && chaining.stageAt(place) < stage ? MET : UNMET;
}

function addUses(
  graph: PrerequisiteGraph,
  owner: number,
  root: number,
  stage: number,
  uses: CountedUse[],
): void {
  const { members, groupStart, groupNeed } = graph;
  const end = endOfGroups(graph, root);
  const state = groupState.reserve(end - root);
  for (let g = end - 1; g >= root; g--) {
    let met = 0;
    let already = 0;
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) {
      const member = members[m]!;
      const memberState = member < 0 ? state[~member - root]! : stateOfSkill(member, stage);
      if (memberState !== UNMET) met++;
      if (memberState === MET_ALREADY) already++;
    }
    const needed = groupNeed[g]!;
    state[g - root] = already >= needed ? MET_ALREADY : met >= needed ? MET : UNMET;
  }
  counted.clear();
  if (state[0] === MET) counted.push(root);
  for (let c = 0; c < counted.length; c++) {
    const g = counted.items[c]!;
    let wanted = groupNeed[g]!;
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) {
      const member = members[m]!;
      if ((member < 0 ? state[~member - root]! : stateOfSkill(member, stage)) === MET_ALREADY) wanted--;
    }
    for (let m = groupStart[g]!; m < groupStart[g + 1]! && wanted > 0; m++) {
      const member = members[m]!;
      if ((member < 0 ? state[~member - root]! : stateOfSkill(member, stage)) !== MET) continue;
      wanted--;
      if (member < 0) counted.push(~member);
      else uses.push({ skill: member, owner, group: g });
    }
  }
}
