/**
 * A problem to search: choose nodes of least total weight such that forward chaining over them meets the goals.
 *
 * A node is met when `need` of its members are met and it is chosen; nodes of weight 0 are always chosen.
 * Weights are whole numbers whose sum is exact in a double.
 */
export interface ChoiceProblem {
  readonly nodeCount: number;
  readonly weight: Float64Array;
  readonly need: Int32Array;
  /** Per node: where its members begin; one more entry than nodes. */
  readonly memberStart: Int32Array;
  readonly members: Int32Array;
  /** The same edges backwards: per node, the nodes it is a member of. */
  readonly userStart: Int32Array;
  readonly users: Int32Array;
  readonly goals: readonly number[];
  /** The nodes with weight in the order in which ties are broken: plans with earlier nodes are preferred. */
  readonly preference: readonly number[];
}

/** What the search has decided on a node. */
export const FREE = 0;
export const TAKEN = 1;
export const BARRED = 2;
