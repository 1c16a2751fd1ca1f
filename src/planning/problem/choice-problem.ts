import { type SearchBudget, WORK_PER_SLICE } from "../limits.ts";

/**
 * A problem to search: choose nodes of least total weight such that forward chaining over them meets the goals.
 *
 * A node is met when `need` of its members are met and it is chosen; nodes of weight 0 are always chosen.
 */
export interface ChoiceProblem {
  readonly nodeCount: number;
  /** Whole numbers; their sum is exact in a double. */
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
  /** Whether members may lead back to where they are used. */
  readonly hasLoop: boolean;
  /**
   * A step weighs a `unit` for every `costUnit` of its cost, and one. No plan has as many as `unit` steps, so that
   * costs come first, unless sums would not be exact.
   */
  readonly unit: number;
  readonly costUnit: number;
  /** The most steps that a plan can have. */
  readonly steps: number;
}

/** What the search has decided on a node. */
export const FREE = 0;
export const TAKEN = 1;
export const BARRED = 2;

/** The state of a search over a problem. */
export class SearchSpace {
  readonly problem: ChoiceProblem;
  readonly status: Uint8Array;
  /** Weight that no landmark is charged for yet; infinite for barred nodes. */
  readonly residual: Float64Array;
  /** How many more members a node needs. */
  readonly missing: Int32Array;
  /** 0, or how many nodes had been reached, itself included, when this one was. */
  readonly reachedAt: Int32Array;
  /** What reaching the node took, shared nodes counted as often as they were used. */
  readonly estimate: Float64Array;
  readonly queue: Int32Array;
  readonly visited: Int32Array;
  readonly seen: Int32Array;
  readonly inPlan: Uint8Array;
  /** Stamps for `visited` and `seen`. */
  visit = 0;
  /** Elementary operations so far, and how many there may be. */
  work = 0;
  workLimit: number;
  private readonly deadline: number;
  private workAtPause = 0;

  constructor(problem: ChoiceProblem, budget: SearchBudget) {
    const n = problem.nodeCount;
    this.workLimit = budget.maxWork;
    this.deadline = budget.deadline ?? Number.POSITIVE_INFINITY;
    this.problem = problem;
    this.status = new Uint8Array(n);
    this.residual = new Float64Array(n);
    this.missing = new Int32Array(n);
    this.reachedAt = new Int32Array(n);
    this.estimate = new Float64Array(n);
    this.queue = new Int32Array(n);
    this.visited = new Int32Array(n);
    this.seen = new Int32Array(n);
    this.inPlan = new Uint8Array(n);
  }

  isSpent(): boolean {
    return this.work >= this.workLimit;
  }

  /** Whether it is time to let others have the thread. */
  isPauseDue(): boolean {
    if (this.work - this.workAtPause < WORK_PER_SLICE) return false;
    this.workAtPause = this.work;
    if (performance.now() > this.deadline) this.workLimit = 0;
    return true;
  }
}

/** The least cost, in hundredths of an hour, of plans that weigh at least so much. */
export function costBound({ steps, unit, costUnit }: ChoiceProblem, weight: number): number {
  return Math.max(0, Math.ceil((weight - steps) / unit)) * costUnit;
}
