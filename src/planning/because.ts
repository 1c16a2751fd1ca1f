import type { PrerequisiteGraph } from "../graph/prerequisite-graph.ts";
import { countedUses } from "./path-derivation.ts";
import type { PathQuestion } from "./path-question.ts";

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
 * `path` is in learning order. Time O(requirements of the steps and goals + steps × goals).
 */
export function stepReasons(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: readonly number[],
): StepReason[] {
  const requiredBy = new Map<number, Set<number>>(path.map((skill) => [skill, new Set()]));
  for (const { skill, owner } of countedUses(graph, question, path)) requiredBy.get(skill)!.add(owner);
  const goals = new Set([...question.goals, ...question.choose]);
  const goalsOf = new Map<number, Set<number>>();
  for (const goal of goals) goalsOf.set(goal, new Set([goal]));
  // Whatever counts a step comes after it, so its goals are complete when the step's turn comes.
  for (let at = path.length - 1; at >= 0; at--) {
    const skill = path[at]!;
    const needed = goalsOf.get(skill) ?? new Set();
    for (const owner of requiredBy.get(skill)!) for (const goal of goalsOf.get(owner) ?? []) needed.add(goal);
    goalsOf.set(skill, needed);
  }
  return path.map((skill) => ({
    goals: [...goalsOf.get(skill)!].sort((a, b) => a - b),
    requiredBy: [...requiredBy.get(skill)!].sort((a, b) => a - b),
  }));
}
