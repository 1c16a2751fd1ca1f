import { canBeMet, findUnlearnable, type Unlearnable } from "../../graph/facts/learnability.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { learnable } from "../../graph/walk/chaining.ts";
import { type PathDifference, pathDifference } from "../explain/path-difference.ts";
import { learningPathSearch } from "../learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget } from "../limits.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "../path-question.ts";
import { type HypotheticalChange, type HypotheticalGraph, hypotheticalGraph } from "./hypothetical-graph.ts";

export interface WhatIf {
  readonly kind: "what-if";
  /** What is asked of today's graph: nothing about added skills. */
  readonly question: PathQuestion;
  readonly today: SolvedPath | Unreachable;
  /** The answer over the changed graph, in its indices. */
  readonly then: SolvedPath | Unreachable;
  readonly changed: HypotheticalGraph;
  /** What the change does to the path; undefined unless there is one before and after. */
  readonly difference: PathDifference | undefined;
  /** The goals that the change removes, in the order asked; they are not asked for then. */
  readonly goalsRemoved: readonly number[];
  /**
   * The skills that today can be learned and then cannot, in index order, added ones included, and why one of
   * those that cannot be learned cannot: such a change would be refused.
   */
  readonly unlearnable: readonly number[];
  readonly loop: Unlearnable["loop"] | undefined;
}

/**
 * Answers a question over the graph as it would be, and over today's, without writing. `question` names goals by
 * today's owners; what is known, chosen and avoided may also be added skills. Two searches; yields often.
 */
export function* whatIfSearch(
  graph: PrerequisiteGraph,
  changes: readonly HypotheticalChange[],
  question: PathQuestion,
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, WhatIf> {
  const changed = hypotheticalGraph(graph, changes);
  yield;
  const isRemoved = new Set(changed.removed);
  const isOld = (skill: number) => skill < graph.skillCount;
  const isLeft = (skill: number) => !isRemoved.has(skill);
  const { goals, known, choose, avoid } = question;
  const asked = {
    goals,
    known: known.filter(isOld),
    choose: choose.filter(isOld),
    avoid: avoid.filter(isOld),
  };
  const today = yield* learningPathSearch(graph, asked, budget);
  const askedThen = {
    goals: goals.filter(isLeft).map(changed.ownerIndex),
    known: known.filter(isLeft),
    choose: choose.filter(isLeft),
    avoid,
  };
  const then = yield* learningPathSearch(changed.graph, askedThen, budget);
  return {
    kind: "what-if",
    question: asked,
    today,
    then,
    changed,
    difference: today.kind === "path" && then.kind === "path" ? pathDifference(today, then) : undefined,
    goalsRemoved: goals.filter((goal) => isRemoved.has(goal)),
    ...newlyUnlearnable(graph, changed),
  };
}

/**
 * What the change makes unlearnable. As long as the skills whose requirement changed can still be learned, so can
 * all that could before: only otherwise is the whole graph looked at.
 */
export function newlyUnlearnable(
  graph: PrerequisiteGraph,
  { graph: changedGraph, changed }: HypotheticalGraph,
): Pick<WhatIf, "unlearnable" | "loop"> {
  const isNew = (skill: number) => skill >= graph.skillCount;
  const isLost = (skill: number) =>
    skill < changedGraph.skillCount &&
    !canBeMet(changedGraph, skill) &&
    (isNew(skill) || canBeMet(graph, skill));
  if (!changed.some(isLost)) return { unlearnable: [], loop: undefined };
  const before = learnable(graph).rank;
  const found = findUnlearnable(changedGraph)!;
  const unlearnable = Array.from(found.skills).filter((skill) => isNew(skill) || before[skill] !== -1);
  return { unlearnable, loop: found.loop };
}
