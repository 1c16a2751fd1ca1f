import type { SearchBudget } from "./limits.ts";

/** Enough for nearly every question of the course catalogues; so that many searches do not starve one another. */
const LEAST_WORK = 500_000;

/** An equal share of a budget for each of so many searches, and no less than `LEAST_WORK`. */
export function shareOf(budget: SearchBudget, searches: number): SearchBudget {
  const share = Math.floor(budget.maxWork / Math.max(1, searches));
  return { ...budget, maxWork: Math.min(budget.maxWork, Math.max(LEAST_WORK, share)) };
}
