import { graphMetrics } from "../graph/facts/metrics.ts";
import { necessaryPrerequisites } from "../graph/facts/necessity.ts";
import { skillMetrics } from "../graph/facts/skill-metrics.ts";
import { subgraph } from "../graph/facts/subgraph.ts";
import type { PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { alternativesSearch } from "../planning/explain/alternatives.ts";
import { cheapestChoicesSearch } from "../planning/explain/cheapest-choices.ts";
import { explainSearch } from "../planning/explain/explain.ts";
import { learningPathSearch } from "../planning/learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, type Effort, EXACT_WORK } from "../planning/limits.ts";
import { teachingOrderSearch } from "../planning/order/teaching-order.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "../planning/path-question.ts";
import { takenAsKnownSearch } from "../planning/problem/taken-as-known.ts";
import { compareRolesSearch } from "../planning/scenarios/compare-roles.ts";
import type { HypotheticalChange, HypotheticalGraph } from "../planning/scenarios/hypothetical-graph.ts";
import { impactSearch } from "../planning/scenarios/impact.ts";
import {
  marketDemand,
  type Objective,
  type ObjectivePath,
  objectivePathSearch,
} from "../planning/scenarios/objective.ts";
import {
  type NotReady,
  notReady,
  type ReadyQuestion,
  type ReadySkill,
  readyToLearn,
  type UnlockedProjects,
  unlockedProjectsSearch,
} from "../planning/scenarios/ready-to-learn.ts";
import { sensitivitySearch } from "../planning/scenarios/sensitivity.ts";
import { skillGapSearch, transitionsSearch } from "../planning/scenarios/skill-gap.ts";
import { type WhatIf, whatIfSearch } from "../planning/scenarios/what-if.ts";
import type { Layout, Picture } from "../render/picture.ts";
import { isTaskAbandoned } from "./abandon.ts";
import { MAX_OWNERS_COPIED_HERE, MAX_OWNERS_PASSED_HERE } from "./limits.ts";
import { whole } from "./slices.ts";

/**
 * The tasks of workers, by name. Both threads import this list. Arguments and answers are plain data that can be
 * cloned (arrays, typed arrays, objects without functions), and equal arguments give equal answers.
 */

/** Searches that yield often. They begin on the thread that asks, since nearly all of them end at once. */
const SEARCHES = {
  alternatives: alternativesSearch,
  cheapestChoices: cheapestChoicesSearch,
  compareRoles: compareRolesSearch,
  explain: explainSearch,
  learningPath: learningPathSearch,
  skillGap: skillGapSearch,
  takenAsKnown: takenAsKnownSearch,
  teachingOrder: teachingOrderSearch,
  transitions: transitionsSearch,
  unlockedProjects: unlockedBetween,
};

/** Searches that first copy arrays of the graph, which takes a millisecond unless the graph is very large. */
const SEARCHES_OF_COPIES = {
  impact: impactSearch,
  objectivePath: objectiveSearch,
  sensitivity: sensitivitySearch,
  whatIf: plainWhatIf,
};

/** Work that cannot be divided and may pass over the whole graph: for a large graph, not on the main thread. */
const PASSES = {
  marketDemand: once(demandOfRoles),
  metrics: once(graphMetrics),
  necessaryPrerequisites: once(necessaryPrerequisites),
  notReady: once(firstNotReady),
  readyToLearn: once(firstReady),
  skillMetrics: once(skillMetrics),
  subgraph: once(subgraph),
};

/** Tasks that hold their thread, for workers that do nothing else; see `askPath` and `askLayout`. */
const HOLDING = { provedPath, layout };

const TASKS = { ...SEARCHES, ...SEARCHES_OF_COPIES, ...PASSES, ...HOLDING };

export type WorkerTaskName = keyof typeof TASKS;
type TaskOf<Name extends WorkerTaskName> = (typeof TASKS)[Name];
/** The arguments of a task besides the graph. */
export type Arguments<Name extends WorkerTaskName> =
  TaskOf<Name> extends (graph: PrerequisiteGraph, ...rest: infer Rest) => unknown ? Rest : never;
export type Answer<Name extends WorkerTaskName> =
  TaskOf<Name> extends (...all: never[]) => Begun<infer Result> ? Result : never;

/** A task that has begun: perhaps a promise, until something that it needs has been loaded. */
type Begun<Result> = Generator<void, Result> | Promise<Generator<void, Result>>;
/** Tasks that begin without loading anything, so also on the main thread. */
export type TaskName = Exclude<WorkerTaskName, keyof typeof HOLDING>;

/** What begins a task on the thread of a worker. */
export const workerTasks: {
  readonly [Name in WorkerTaskName]: (
    graph: PrerequisiteGraph,
    ...rest: Arguments<Name>
  ) => Begun<Answer<Name>>;
} = TASKS;
/** What begins a task on this thread. */
export const tasks: {
  readonly [Name in TaskName]: (
    graph: PrerequisiteGraph,
    ...rest: Arguments<Name>
  ) => Generator<void, Answer<Name>>;
} = TASKS;

/** For each task, the most owners in a graph that it may begin with on the main thread: it takes a pass over them. */
export const maxOwnersHere: Readonly<Record<string, number>> = {
  ...mapped(SEARCHES_OF_COPIES, MAX_OWNERS_COPIED_HERE),
  ...mapped(PASSES, MAX_OWNERS_PASSED_HERE),
};

function mapped(names: object, value: number): Record<string, number> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, value]));
}

function once<Rest extends unknown[], Result>(work: (graph: PrerequisiteGraph, ...rest: Rest) => Result) {
  return (graph: PrerequisiteGraph, ...rest: Rest): Generator<void, Result> =>
    whole(() => work(graph, ...rest));
}

/** The cheapest path by the quick search or, when that ends without a proof, by the exact solver. */
async function provedPath(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  effort: Effort,
): Promise<Generator<void, SolvedPath | Unreachable>> {
  const { ExactSolver, loadHighs } = await import("../planning/exact/exact-solver.ts");
  const solver = new ExactSolver(await loadHighs(), EXACT_WORK[effort], isTaskAbandoned);
  return learningPathSearch(graph, question, DEFAULT_SEARCH_BUDGET, solver);
}

/** Where everything in a picture is. The picture has all that it needs of the graph. */
async function layout(_graph: PrerequisiteGraph, picture: Picture): Promise<Generator<void, Layout>> {
  const { layoutOf } = await import("../render/layout.ts");
  const placed = await layoutOf(picture);
  return whole(() => placed);
}

interface BestPath {
  readonly kind: "path";
  /** The best path under the objective. */
  readonly best: ObjectivePath;
  /** The cheapest in hours. */
  readonly cheapest: SolvedPath;
}

/** The best path under an objective and the cheapest one. */
function* objectiveSearch(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  objective: Objective,
): Generator<void, BestPath | Unreachable> {
  const cheapest = yield* learningPathSearch(graph, question);
  if (cheapest.kind === "unreachable") return cheapest;
  const best = yield* objectivePathSearch(graph, question, objective);
  return best.kind === "unreachable" ? best : { kind: "path", best, cheapest };
}

/** The owners from `first` to `end - 1`. */
interface OwnerRange {
  readonly first: number;
  readonly end: number;
}

/** The demand for each skill when every role counts the same. */
function demandOfRoles(graph: PrerequisiteGraph, { first, end }: OwnerRange): Float64Array {
  const roles = Array.from({ length: end - first }, (_, at) => ({ owner: first + at, weight: 1 }));
  return marketDemand(graph, roles);
}

/** `unlockedProjectsSearch` with the projects as a range of owners. */
function unlockedBetween(
  graph: PrerequisiteGraph,
  skills: readonly number[],
  known: readonly number[],
  projects: OwnerRange,
): Generator<void, UnlockedProjects[]> {
  return unlockedProjectsSearch(
    graph,
    skills,
    known,
    (owner) => owner >= projects.first && owner < projects.end,
  );
}

/** A what-if with the costs of the changed graph instead of that graph. */
export interface PlainWhatIf extends Omit<WhatIf, "changed"> {
  /** The cost of each owner of the changed graph. */
  readonly costThen: HypotheticalGraph["graph"]["cost"];
}

function* plainWhatIf(
  graph: PrerequisiteGraph,
  changes: readonly HypotheticalChange[],
  question: PathQuestion,
): Generator<void, PlainWhatIf> {
  const { changed, ...whatIf } = yield* whatIfSearch(graph, changes, question);
  return { ...whatIf, costThen: changed.graph.cost };
}

/** The beginning of the list of ready skills: the whole list of a large graph takes longer to clone than to make. */
export interface FirstReady {
  readonly ready: readonly ReadySkill[];
  readonly totalCount: number;
}

function firstReady(graph: PrerequisiteGraph, question: ReadyQuestion, atMost: number): FirstReady {
  const ready = readyToLearn(graph, question);
  return { ready: ready.slice(0, atMost), totalCount: ready.length };
}

function firstNotReady(graph: PrerequisiteGraph, question: ReadyQuestion, atMost: number): NotReady[] {
  return notReady(graph, question).slice(0, atMost);
}
