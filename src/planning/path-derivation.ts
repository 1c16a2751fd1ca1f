import { LocalChaining } from "../graph/local-chaining.ts";
import { Marks } from "../graph/marks.ts";
import { endOfGroups, NONE, type PrerequisiteGraph } from "../graph/prerequisite-graph.ts";
import type { PathQuestion } from "./path-question.ts";

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

const UNMET = 0;
const MET = 1;
/** Met by known skills alone: no step is needed for it. */
const MET_ALREADY = 2;

/**
 * How a path meets each requirement of its steps and goals: per group what is known first, then the first
 * members, in the author's order, of earlier stages than the owner's, and no more members than the group needs. In a
 * path without idle steps every step that is no goal counts somewhere.
 *
 * Time O(requirements of the steps and goals).
 */
export function countedUses(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: readonly number[],
): CountedUse[] {
  known.begin(graph.ownerCount);
  known.addAll(question.known);
  const owners = [...path];
  for (const goal of new Set(question.goals)) if (goal >= graph.skillCount) owners.push(goal);
  chaining.run(graph, owners, known, true);
  const uses: CountedUse[] = [];
  for (let place = 0; place < owners.length; place++) addUses(graph, owners[place]!, place, uses);
  return uses;
}

function addUses(graph: PrerequisiteGraph, owner: number, place: number, uses: CountedUse[]): void {
  const { members, groupStart, groupNeed } = graph;
  const reference = graph.requirement[owner]!;
  if (reference === NONE) return;
  const stage = chaining.stageAt(place);
  const stateOfSkill = (skill: number): number => {
    if (known.has(skill)) return MET_ALREADY;
    const at = chaining.placeOf(skill);
    return at >= 0 && chaining.stageAt(at) < stage ? MET : UNMET;
  };
  if (reference >= 0) {
    if (stateOfSkill(reference) === MET) uses.push({ skill: reference, owner, group: -1 });
    return;
  }
  const root = ~reference;
  const end = endOfGroups(graph, root);
  const state = new Uint8Array(end - root);
  const stateOf = (member: number) => (member < 0 ? state[~member - root]! : stateOfSkill(member));
  for (let g = end - 1; g >= root; g--) {
    let met = 0;
    let already = 0;
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) {
      const memberState = stateOf(members[m]!);
      if (memberState !== UNMET) met++;
      if (memberState === MET_ALREADY) already++;
    }
    state[g - root] = already >= groupNeed[g]! ? MET_ALREADY : met >= groupNeed[g]! ? MET : UNMET;
  }
  const counted = state[0] === MET ? [root] : [];
  for (const g of counted) {
    let wanted = groupNeed[g]!;
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++)
      if (stateOf(members[m]!) === MET_ALREADY) wanted--;
    for (let m = groupStart[g]!; m < groupStart[g + 1]! && wanted > 0; m++) {
      const member = members[m]!;
      if (stateOf(member) !== MET) continue;
      wanted--;
      if (member < 0) counted.push(~member);
      else uses.push({ skill: member, owner, group: g });
    }
  }
}
