import type { PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { learningOrder } from "../graph/walk/learning-order.ts";
import { explainUnreached } from "./explain/unreached.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget } from "./limits.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "./path-question.ts";
import { choicesOf } from "./problem/split.ts";
import type { Prover } from "./search/subproblem.ts";

/**
 * The cheapest learning path: a derivable set of skills of least total cost that meets the goals, in learning order.
 * Ties go to what has more of the graph's merits for its hours, then to fewer steps (`isPreferred` where that is proved) and,
 * where the quick search proves the path, to the first in the order of skills.
 *
 * Finding it is NP-hard, so the search has a budget. When that runs out, the best path so far comes with a true
 * `lowerBound` and `isOptimal` false. The same graph, question and budget give the same answer.
 *
 * A generator that yields often, for callers that share the thread. A `prover` goes on where the quick search ends
 * unproved; it yields nothing while it works.
 */
export function* learningPathSearch(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
  prover?: Prover,
): Generator<void, SolvedPath | Unreachable> {
  const choices = choicesOf(graph, question);
  if (choices === undefined) return explainUnreached(graph, question);
  const chosen = [...choices.necessary];
  let cost = 0;
  for (const skill of chosen) cost += graph.cost[skill]!;
  let lowerBound = cost;
  let work = 0;
  let isPreferred = true;
  const parts = [];
  for (const subproblem of choices.subproblems) {
    const quick = yield* subproblem.cheapest({ maxWork: budget.maxWork - work });
    const found = prover === undefined ? quick : subproblem.prove(quick, prover);
    parts.push({ subproblem, found });
    cost += found.cost;
    lowerBound += found.lowerBound;
    work += found.work;
  }
  // Ties come last: they must not take the work that a proof of costs needs.
  for (const { subproblem, found } of parts) {
    const best = prover === undefined ? found : subproblem.prefer(found, prover);
    for (const skill of best.skills) chosen.push(skill);
    isPreferred &&= best.isPreferred;
  }
  if (budget.spent !== undefined) budget.spent.work += work;
  const { skills, stages, left } = learningOrder(graph, chosen, {
    known: question.known,
    towards: [...question.goals, ...question.choose],
  });
  if (left.length > 0)
    throw new Error(`expected a derivable path, but nothing leads to skills ${left.join(", ")}`);
  return {
    kind: "path",
    skills: toList(skills),
    stages: toList(stages),
    cost,
    lowerBound,
    isOptimal: lowerBound === cost,
    isPreferred,
  };
}

/** Several times as fast as `Array.from`, which matters for answers in microseconds. */
function toList(numbers: Int32Array): number[] {
  const list: number[] = new Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) list[i] = numbers[i]!;
  return list;
}
