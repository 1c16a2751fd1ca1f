/** How much the search for a path may do. Equal budgets give equal answers on every machine. */
export interface SearchBudget {
  /** Elementary operations (members and landmark elements touched); some 100 million pass in a second. */
  readonly maxWork: number;
  /** A guard only, since it makes answers depend on the machine: stop at this `performance.now()`. */
  readonly deadline?: number;
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
  NORMAL: 5e9,
  THOROUGH: 6e10,
};

/** Enough to prove every target of the course catalogues tried thousands of times over, in under a second. */
export const DEFAULT_SEARCH_BUDGET: SearchBudget = { maxWork: 50_000_000 };

/** Elementary operations between two pauses of a search in slices: half a millisecond, ten before V8 has warmed up. */
export const WORK_PER_SLICE = 50_000;

/** For the prices of all alternatives of one path together. */
export const ALTERNATIVES_BUDGET: SearchBudget = { maxWork: 50_000_000 };

/** For one alternative, so that a hard one leaves something for the others. */
export const WORK_PER_ALTERNATIVE = 2_000_000;

/** Landmarks of one search that are kept, by their nodes; beyond that the idle ones are forgotten. */
export const MAX_LANDMARK_NODES = 100_000;

/** The size of the parts of one graph that are remembered, in integers; each brings some 50 bytes with it. */
export const MAX_REMEMBERED_PARTS_SIZE = 500_000;

/** For how many lists of swaps a part remembers the costs; nearly all ask for the same one. */
export const MAX_REMEMBERED_SWAPS = 16;
