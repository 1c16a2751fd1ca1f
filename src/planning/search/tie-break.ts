import type { BranchAndBound } from "./branch.ts";
import { BARRED, FREE, TAKEN } from "./space.ts";

/**
 * Among the plans of least weight, the first in the order of preference: node by node in that order, is there a plan of
 * the same weight that holds it, and what was taken before it? `found` is one of these plans, and `weight` what it weighs.
 * As far as the work reaches; then the best plan by then.
 */
export function* mostPreferred(
  search: BranchAndBound,
  found: readonly number[],
  weight: number,
): Generator<void, readonly number[]> {
  const { evaluation, space } = search;
  const { status, residual, problem } = space;
  evaluation.restart(weight + 1);
  yield* evaluation.evaluate(space.workLimit);
  if (space.isSpent()) return found;
  const bound = evaluation.bound.value;
  for (const v of problem.preference) if (bound + residual[v]! > weight) search.decide(v, BARRED);
  let best = found;
  /** How many nodes of the best plan are undecided. */
  let left = best.length;
  for (let i = 0; i < problem.preference.length && left > 0; i++) {
    const v = problem.preference[i]!;
    const isInBest = best.includes(v);
    if (isInBest) left--;
    if (status[v] !== FREE) continue;
    search.decide(v, TAKEN);
    if (isInBest) continue;
    evaluation.wanted = [...evaluation.taken];
    const other = yield* search.least(weight + 1);
    if (other.plan !== undefined) {
      best = other.plan;
      left = 0;
      for (const node of best) if (status[node] === FREE) left++;
    } else if (other.lowerBound > weight) {
      search.takeBackLast();
      search.decide(v, BARRED);
    } else break;
  }
  search.takeBackAll();
  return best;
}
