import { branchSkills, endOfGroups, meetsBranch } from "../../graph/model/fold.ts";
import { NONE, type PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { Requirement } from "../../graph/model/requirement.ts";
import { learningPathSearch } from "../learning-path.ts";
import { type SearchBudget, WORK_PER_ALTERNATIVE } from "../limits.ts";
import type { PathQuestion, SolvedPath } from "../path-question.ts";
import { hypotheticalGraph } from "../scenarios/hypothetical-graph.ts";
import type { RejectedAlternative } from "./alternatives.ts";
import { type PathDifference, pathDifference } from "./path-difference.ts";

/**
 * What a path would be like with each of its rejected alternatives: the cheapest path that meets the branch and
 * does without the step, next to this one. `undefined` where there is no such path. A chosen step is priced as if
 * it had not been chosen. Per step in the order of its alternatives.
 *
 * One search each, with a budget of its own. Yields between them, for callers that share the thread.
 */
export function* alternativeDifferencesSearch(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: SolvedPath,
  alternatives: readonly (readonly RejectedAlternative[])[],
  budget: SearchBudget = { maxWork: WORK_PER_ALTERNATIVE },
): Generator<void, (PathDifference | undefined)[][]> {
  const answer: (PathDifference | undefined)[][] = [];
  for (const [at, list] of alternatives.entries()) {
    const differences: (PathDifference | undefined)[] = [];
    const step = path.skills[at]!;
    for (const alternative of list) {
      // There is no other way to the goals: nothing to search for.
      if (alternative.extraCost === undefined && alternative.isExact) differences.push(undefined);
      else differences.push(yield* differenceSearch(graph, question, path, step, alternative, budget));
      yield;
    }
    answer.push(differences);
  }
  return answer;
}

function* differenceSearch(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: SolvedPath,
  step: number,
  { skills, owner }: RejectedAlternative,
  budget: SearchBudget,
): Generator<void, PathDifference | undefined> {
  const choose = question.choose.filter((skill) => skill !== step);
  const asked = { ...question, choose, avoid: [...question.avoid, step] };
  const branch = skills.length === 1 ? undefined : branchOf(graph, question, path, owner, skills);
  if (branch === undefined) {
    const other = yield* learningPathSearch(graph, { ...asked, choose: [...choose, ...skills] }, budget);
    return other.kind === "path" ? pathDifference(path, other) : undefined;
  }
  // A skill of no cost that asks for just this branch, so that it may be met in any way.
  const wanted = graph.skillCount;
  const { graph: widened, ownerIndex } = hypotheticalGraph(graph, [
    { kind: "ADD_SKILL", cost: 0, requirement: branch },
  ]);
  const goals = question.goals.map(ownerIndex);
  const other = yield* learningPathSearch(widened, { ...asked, goals, choose: [...choose, wanted] }, budget);
  if (other.kind === "unreachable") return undefined;
  return pathDifference(path, { ...other, skills: other.skills.filter((skill) => skill !== wanted) });
}

/** The group of an owner's requirement that has these skills and that the path does not meet. */
function branchOf(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: SolvedPath,
  owner: number,
  skills: readonly number[],
): Requirement<number> | undefined {
  const reference = graph.requirement[owner]!;
  if (reference === NONE || reference >= 0) return undefined;
  const has = new Set([...question.known, ...path.skills]);
  const key = skills.join();
  const root = ~reference;
  for (let group = root; group < endOfGroups(graph, root); group++)
    if (branchSkills(graph, ~group).join() === key && !meetsBranch(graph, ~group, has))
      return groupTree(graph, group);
  return undefined;
}

/** A group as a tree. Depth first; requirements are shallow where they come in. */
function groupTree(graph: PrerequisiteGraph, group: number): Requirement<number> {
  const members = graph.members.subarray(graph.groupStart[group]!, graph.groupStart[group + 1]!);
  return {
    atLeast: graph.groupNeed[group]!,
    of: Array.from(members, (member) => (member >= 0 ? { skill: member } : groupTree(graph, ~member))),
  };
}
