import type { PrerequisiteGraph } from "../graph/prerequisite-graph.ts";
import type { ChoiceProblem } from "./choice-problem.ts";
import { ChoiceSearch } from "./choice-search.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget } from "./limits.ts";
import { orderPath } from "./path-order.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "./path-question.ts";
import { type RelevantProblem, relevantProblem, usersOf } from "./relevant-problem.ts";
import { explainUnreached } from "./unreached.ts";

/**
 * The cheapest learning path: a derivable set of skills of least total cost that meets the goals, ties going
 * to fewer steps, then to the first in the order of skills; in learning order.
 *
 * Exact: finding it is NP-hard, so the search has a budget. When that runs out, the best path so far comes
 * with a true `lowerBound` and `isOptimal` false. The same graph, question and `maxWork` give the same answer.
 */
export function solveLearningPath(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): SolvedPath | Unreachable {
  const search = learningPathSearch(graph, question, budget);
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
  }
}

/** The same search as a generator that yields often, for callers that share the thread. */
export function* learningPathSearch(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, SolvedPath | Unreachable> {
  const relevant = relevantProblem(graph, question);
  if (relevant === undefined) return explainUnreached(graph, question);
  const { problem, factor } = choiceProblem(graph, relevant);
  const work = { left: budget.maxWork };
  const outcome = yield* new ChoiceSearch(problem, work).solve();
  const chosen = outcome.plan!.map((node) => relevant.skill[node]!);
  let cost = 0;
  for (const skill of chosen) cost += graph.cost[skill]!;
  const lowerBound = Math.floor(outcome.lowerBound / factor);
  const ordered = orderPath(graph, chosen, question.known, [...question.goals, ...question.choose]);
  return { kind: "path", ...ordered, cost, lowerBound, isOptimal: lowerBound === cost };
}

/** Weights cost first and steps second: a step weighs one, a hundredth of an hour more than all steps. */
function choiceProblem(graph: PrerequisiteGraph, relevant: RelevantProblem) {
  const factor = relevant.nodeCount + 1;
  const weight = Float64Array.from(relevant.skill, (skill) =>
    skill < 0 ? 0 : graph.cost[skill]! * factor + 1,
  );
  const { start, users } = usersOf(relevant);
  const preference: number[] = [];
  for (let node = 0; node < relevant.nodeCount; node++) if (relevant.skill[node]! >= 0) preference.push(node);
  preference.sort((a, b) => relevant.skill[a]! - relevant.skill[b]!);
  const problem: ChoiceProblem = {
    nodeCount: relevant.nodeCount,
    weight,
    need: Int32Array.from(relevant.need),
    memberStart: Int32Array.from(relevant.memberStart),
    members: Int32Array.from(relevant.members),
    userStart: start,
    users,
    goals: relevant.goals,
    preference,
  };
  return { problem, factor };
}
