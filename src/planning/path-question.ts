/**
 * What a learner asks, in indices of a `PrerequisiteGraph`. All costs are hundredths of an hour.
 */
export interface PathQuestion {
  /** Owners: a skill, which is to be learned, or another owner, whose requirement is to be met. */
  readonly goals: readonly number[];
  /** Skills that the learner has: they cost nothing and need nothing. */
  readonly known: readonly number[];
  /** Skills that must be part of the path (or known), as if they were goals. */
  readonly choose: readonly number[];
  /** Skills that must not be part of the path. */
  readonly avoid: readonly number[];
}

/** A path: a derivable set of skills of least cost, in an order in which each step's requirement is met. */
export interface SolvedPath {
  readonly kind: "path";
  /** Skills to learn, none of them known, in learning order. */
  readonly skills: readonly number[];
  /** Per step: 0 for what can be learned at once, else one more than the latest stage its requirement waits for. */
  readonly stages: readonly number[];
  /** The sum of the steps' costs. */
  readonly cost: number;
  /** No path costs less than this; equals `cost` when `isOptimal`. */
  readonly lowerBound: number;
  readonly isOptimal: boolean;
  /** Whether no path costs less, and none of equal cost has more of the graph's merits for it. */
  readonly isPreferred: boolean;
}

/** Why a goal cannot be reached. */
export interface Unreachable {
  readonly kind: "unreachable";
  readonly unreached: readonly UnreachedGoal[];
}

export interface UnreachedGoal {
  readonly goal: number;
  /** The skills that stand in the way, each with the cause; in index order. */
  readonly missing: readonly { readonly skill: number; readonly cause: "AVOIDED" | "UNMET" }[];
}
