import { branchKey, meetsBranch } from "../../graph/model/fold.ts";
import { Marks } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { PathQuestion } from "../path-question.ts";
import { countedUses, type StagedSteps } from "./because.ts";

/** What could take the place of a step. */
export interface Offer {
  readonly owner: number;
  /** The branch, and of the choices inside it the members of one: all are to be met. */
  readonly wanted: readonly number[];
}

const has = new Marks();

/** Per step: the branches rejected for it, equal ones once, each with one of the choices inside it. */
export function offersBeside(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: StagedSteps,
): Map<number, Offer[]> {
  const { members, groupStart, groupNeed, groupParent } = graph;
  has.begin(graph.ownerCount);
  has.addAll(path.skills);
  has.addAll(question.known);
  const rejected: { readonly skill: number; readonly owner: number; readonly branch: number }[] = [];
  const uses = countedUses(graph, question, path);
  for (let u = 0; u < uses.length; u++) {
    const { skill, owner, group } = uses[u]!;
    for (let g = group; g >= 0; g = ~groupParent[g]!) {
      const begin = groupStart[g]!;
      const end = groupStart[g + 1]!;
      if (groupNeed[g] === end - begin) continue;
      for (let m = begin; m < end; m++)
        if (!meetsBranch(graph, members[m]!, has)) rejected.push({ skill, owner, branch: members[m]! });
    }
  }
  const offers = new Map<number, Offer[]>();
  for (const { skill, owner, branch } of rejected.sort((a, b) => a.owner - b.owner)) {
    let list = offers.get(skill);
    if (list === undefined) {
      list = [];
      offers.set(skill, list);
    } else if (list.some((other) => asksForSame(graph, other.wanted[0]!, branch))) continue;
    for (const wanted of choicesWithin(graph, branch, [...question.avoid, skill]))
      list.push({ owner, wanted });
  }
  return offers;
}

function asksForSame(graph: PrerequisiteGraph, one: number, other: number): boolean {
  if (one === other) return true;
  return one < 0 && other < 0 && branchKey(graph, one) === branchKey(graph, other);
}

/**
 * The choices within a branch that is not met: for each what is to be met, the branch and the members chosen, from the
 * outside in. Where several choices are to be made, one at a time is varied, and the others are left to the search.
 * None when the branch needs a closed skill. Depth first; requirements are shallow where they come in.
 */
function choicesWithin(graph: PrerequisiteGraph, branch: number, closed: readonly number[]): number[][] {
  if (branch >= 0) return closed.includes(branch) ? [] : [[branch]];
  const { members, groupStart, groupNeed } = graph;
  const begin = groupStart[~branch]!;
  const end = groupStart[~branch + 1]!;
  const needsAll = groupNeed[~branch] === end - begin;
  const choices: number[][] = [];
  for (let m = begin; m < end; m++) {
    const member = members[m]!;
    if (meetsBranch(graph, member, has) && !closed.includes(member)) continue;
    const inside = choicesWithin(graph, member, closed);
    if (needsAll && inside.length === 0) return [];
    // What is needed anyway is no choice; those inside it are.
    for (const choice of inside)
      if (!needsAll) choices.push([branch, ...choice]);
      else if (choice.length > 1) choices.push([branch, ...choice.slice(1)]);
  }
  return needsAll && choices.length === 0 ? [[branch]] : choices;
}
