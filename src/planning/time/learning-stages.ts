import { type CriticalPath, criticalPath } from "../../graph/facts/critical-path.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { SolvedPath } from "../path-question.ts";

/** What can be learned side by side. */
interface LearningStage {
  /** In path order; each waits only for earlier stages. */
  readonly skills: readonly number[];
  /** All of them, one after the other, in hundredths of an hour. */
  readonly cost: number;
  /** The longest of them: what the stage takes when all are learned at the same time. */
  readonly longest: number;
}

export interface LearningStages {
  readonly stages: readonly LearningStage[];
  /** The longest chain of steps: no number of learners is faster than that. */
  readonly criticalPath: CriticalPath;
}

/** The stages of a path, the first first, and its critical path. O(requirements of the steps). */
export function learningStages(
  graph: PrerequisiteGraph,
  path: SolvedPath,
  known: readonly number[],
): LearningStages {
  const stages: { skills: number[]; cost: number; longest: number }[] = [];
  path.skills.forEach((skill, position) => {
    const at = path.stages[position]!;
    while (stages.length <= at) stages.push({ skills: [], cost: 0, longest: 0 });
    const stage = stages[at]!;
    const cost = graph.cost[skill]!;
    stage.skills.push(skill);
    stage.cost += cost;
    stage.longest = Math.max(stage.longest, cost);
  });
  return { stages, criticalPath: criticalPath(graph, path.skills, known) };
}

/**
 * The least time, in hundredths of an hour, in which so many people who divide the steps of a path among them can
 * be through, when each step is one person's and opens what waits for it to all: no less than the critical path,
 * and no less than an even share of all steps. Working down a list of ready steps, longest chain first or in any
 * order, takes less than twice that (Graham 1966).
 */
export function leastTime(path: SolvedPath, critical: CriticalPath, people: number): number {
  if (!Number.isInteger(people) || people < 1)
    throw new RangeError(`expected at least one person, got ${people}`);
  return Math.max(critical.cost, Math.ceil(path.cost / people));
}
