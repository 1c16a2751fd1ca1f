/** How much a search may do. Equal budgets give equal answers on every machine. */
export interface SearchBudget {
  /** Elementary operations (members and landmark elements touched); some 100 million pass in a second. */
  readonly maxWork: number;
  /** Counts what searches of paths take together, where several share a budget. */
  readonly spent?: { work: number };
}

/**
 * How much may be spent on one question. The quick search comes first, always; where it ends without a proof, the
 * exact solver goes on, except for an answer at once.
 */
export type Effort = "INSTANT" | "NORMAL" | "THOROUGH";

/**
 * What the exact solver may do on one question, as it counts its work (see `ExactSolver`): some 10⁹ in a second.
 * Counted, not timed, so that equal questions get equal answers on every machine.
 */
export const EXACT_WORK: Readonly<Record<Effort, number>> = {
  INSTANT: 0,
  NORMAL: 4.5e9,
  THOROUGH: 6e10,
};

/** What the exact solver counts in the time of one elementary operation of the quick search. */
export const EXACT_WORK_PER_WORK = 10;

/**
 * What the proof of an order may take for each chapter of a path and each group of chapters, in the unit of
 * `SearchBudget`: a millisecond, in which some fifteen steps are proved, all chapters of the shipped paths, and 999 of the 1,001
 * courses of a catalogue. Sixty steps without topics are not proved in four times as long either. `THOROUGH` takes a tenth of a second.
 */
export const ORDER_WORK: Readonly<Record<Effort, number>> = {
  INSTANT: 8_000,
  NORMAL: 8_000,
  THOROUGH: 2_000_000,
};

/** For one question: what the quick search takes for ten groups of choices of which it can prove none. */
export const DEFAULT_SEARCH_BUDGET: SearchBudget = { maxWork: 50_000_000 };

/** What branch and bound may do at once before it ends unproved: it has then proved all that it soon will. */
export const QUICK_EVALUATIONS = 100;
export const QUICK_WORK = 200_000;

/** What the improvement of an unproved plan may take: on the hard cases measured it ends by itself within half of it. */
export const IMPROVEMENT_WORK = 5_000_000;

/** What a search may take between two looks at how much work is left. */
export const MAX_WORK_AT_ONCE = QUICK_WORK + IMPROVEMENT_WORK;

/** Elementary operations between two pauses of a search in slices: half a millisecond, ten before V8 has warmed up. */
export const WORK_PER_SLICE = 50_000;

/** For the prices of all alternatives of one path together. */
export const ALTERNATIVES_BUDGET: SearchBudget = { maxWork: 50_000_000 };

/** For one alternative, so that a hard one leaves something for the others. */
export const WORK_PER_ALTERNATIVE = 2_000_000;

/** Enough for nearly every question of the course catalogues; so that many searches do not starve one another. */
const LEAST_SHARE = 500_000;

/** An equal share of a budget for each of several searches, but no less than `LEAST_SHARE`. */
export function shareOf({ maxWork }: SearchBudget, searches: number): SearchBudget {
  const share = Math.floor(maxWork / Math.max(1, searches));
  return { maxWork: Math.min(maxWork, Math.max(LEAST_SHARE, share)) };
}

/**
 * The budgets of several searches one after the other: an equal share each and, where that is less, `LEAST_SHARE` as long
 * as any of the whole is left. What comes after that ends with its first plan and bound.
 */
export function shares(budget: SearchBudget, searches: number): () => SearchBudget {
  const spent = { work: 0 };
  const { maxWork } = shareOf(budget, searches);
  return () => ({ maxWork: Math.max(0, Math.min(maxWork, budget.maxWork - spent.work)), spent });
}

/** Searches of one sensitivity, each with one change: some hundreds of them are about a second. */
export const MAX_SENSITIVITY_SEARCHES = 400;

/** The size of the subproblems of one graph that are remembered, in integers; each brings some 50 bytes with it. */
export const MAX_REMEMBERED_SIZE = 500_000;

/** For how many lists of swaps a subproblem remembers the costs; nearly all ask for the same one. */
export const MAX_REMEMBERED_SWAPS = 16;
