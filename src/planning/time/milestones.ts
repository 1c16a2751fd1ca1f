import { RequirementFold } from "../../graph/model/fold.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { COVER_WORK, smallCover } from "../cover/small-cover.ts";

/** A project, as far as a path is concerned. */
export interface ProjectPractice {
  /** Its owner in the graph, which says what it requires and costs. */
  readonly owner: number;
  /** The skills that it practises. */
  readonly practises: readonly number[];
}

/** A project that becomes feasible along a path, where all of the path that it practises is behind it. */
export interface Milestone {
  readonly project: number;
  /** How many steps of the path come before it: 0 when it can be done at once. */
  readonly afterSteps: number;
  /** The steps' skills that it practises, in path order. */
  readonly practises: readonly number[];
  /** What the project takes, in hundredths of an hour. */
  readonly cost: number;
}

const folds = new RequirementFold();

/**
 * The projects that a path makes feasible, each at the earliest point at which its requirement is met and all
 * the steps that it practises are learned, in that order, ties by owner. Projects that were feasible before the first step count only when they practise a step.
 * O(path + requirements and practices of the projects).
 */
export function milestones(
  graph: PrerequisiteGraph,
  path: readonly number[],
  known: readonly number[],
  projects: readonly ProjectPractice[],
): Milestone[] {
  // Where each skill is had: 0 when known, n for the n-th step, otherwise never.
  const positions = new Map(path.map((skill, index) => [skill, index + 1]));
  for (const skill of known) positions.set(skill, 0);
  const positionOf = (skill: number) => positions.get(skill) ?? Number.POSITIVE_INFINITY;
  const isStep = new Set(path);
  const found: Milestone[] = [];
  for (const { owner, practises } of projects) {
    const afterSteps = folds.fold(graph, graph.requirement[owner]!, positionOf);
    if (afterSteps === Number.POSITIVE_INFINITY) continue;
    const steps = [...new Set(practises)]
      .filter((skill) => isStep.has(skill))
      .sort((a, b) => positionOf(a) - positionOf(b));
    if (afterSteps === 0 && steps.length === 0) continue;
    const lastPractised = steps.length === 0 ? 0 : positionOf(steps.at(-1)!);
    found.push({
      project: owner,
      afterSteps: Math.max(afterSteps, lastPractised),
      practises: steps,
      cost: graph.cost[owner]!,
    });
  }
  return found.sort((a, b) => a.afterSteps - b.afterSteps || a.project - b.project);
}

/** Some projects of a path, and how much of it they practise. */
export interface PathPractice {
  /** The projects, as milestones in their order. */
  readonly milestones: readonly Milestone[];
  /** The steps' skills that they practise, in path order. */
  readonly practised: readonly number[];
  /** The steps' skills that none of them practises, in path order. */
  readonly unpractised: readonly number[];
  /** Hundredths of an hour of the path that are practised. */
  readonly practisedCost: number;
}

/** What projects practise of a path. O(path + practices). */
export function practiceOf(
  graph: PrerequisiteGraph,
  path: readonly number[],
  milestones: readonly Milestone[],
): PathPractice {
  const isPractised = new Set(milestones.flatMap(({ practises }) => practises));
  const practised = path.filter((skill) => isPractised.has(skill));
  return {
    milestones,
    practised,
    unpractised: path.filter((skill) => !isPractised.has(skill)),
    practisedCost: practised.reduce((sum, skill) => sum + graph.cost[skill]!, 0),
  };
}

/** Those of some projects whose requirement a path and what is known before it do not meet. O(their requirements + path). */
export function outOfReach(
  graph: PrerequisiteGraph,
  path: readonly number[],
  known: readonly number[],
  projects: readonly number[],
): number[] {
  const had = new Set([...path, ...known]);
  const positionOf = (skill: number) => (had.has(skill) ? 0 : Number.POSITIVE_INFINITY);
  return projects.filter((project) => folds.fold(graph, graph.requirement[project]!, positionOf) > 0);
}

export interface ProjectChoice extends PathPractice {
  /** Whether no other choice practises more steps, or as many with fewer projects, or in less project time. */
  readonly isOptimal: boolean;
}

/**
 * The small set of projects that practises as many steps of a path as possible: most steps first, then fewest
 * projects, then least project hours; exact for small inputs, within 1 − 1/e of the most otherwise (see
 * `smallCover`, which also names the limits).
 */
export function chooseProjects(
  graph: PrerequisiteGraph,
  path: readonly number[],
  feasible: readonly Milestone[],
  atMost = Number.POSITIVE_INFINITY,
  work = COVER_WORK,
): ProjectChoice {
  const stepOf = new Map(path.map((skill, index) => [skill, index]));
  const covers = feasible.map(({ practises, cost }) => ({
    elements: practises.map((skill) => stepOf.get(skill)!),
    cost,
  }));
  const { chosen, isOptimal } = smallCover(path.length, covers, atMost, work);
  const milestones = chosen.map((index) => feasible[index]!);
  return { ...practiceOf(graph, path, milestones), isOptimal };
}

/** One thing to do, in the order of doing: learning a skill or carrying out a project. */
export interface PlanStep {
  readonly kind: "SKILL" | "PROJECT";
  /** The skill or the project. */
  readonly owner: number;
  /** Hundredths of an hour. */
  readonly cost: number;
}

/** A path with projects in their places: what `schedule` puts into weeks. */
export function withProjects(
  graph: PrerequisiteGraph,
  path: readonly number[],
  chosen: readonly Milestone[],
): PlanStep[] {
  const steps: PlanStep[] = [];
  const waiting = [...chosen].sort((a, b) => a.afterSteps - b.afterSteps || a.project - b.project);
  let next = 0;
  for (let done = 0; done <= path.length; done++) {
    for (; waiting[next]?.afterSteps === done; next++)
      steps.push({ kind: "PROJECT", owner: waiting[next]!.project, cost: waiting[next]!.cost });
    const skill = path[done];
    if (skill !== undefined) steps.push({ kind: "SKILL", owner: skill, cost: graph.cost[skill]! });
  }
  return steps;
}
