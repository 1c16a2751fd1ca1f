import { WORK_PER_SLICE } from "../limits.ts";
import type { ChoiceProblem } from "../problem/choice-problem.ts";

/** What the search has decided on a node. */
export const FREE = 0;
export const TAKEN = 1;
export const BARRED = 2;

/** The state of a search over a problem, and what it has spent. */
export class SearchSpace {
  readonly problem: ChoiceProblem;
  readonly status: Uint8Array;
  /** The weight that no landmark is charged for yet; infinite for barred nodes. */
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
  /** Elementary operations so far. */
  work = 0;
  /** How many there may be. */
  workLimit: number;
  private workAtPause = 0;

  constructor(problem: ChoiceProblem, maxWork: number) {
    const n = problem.nodeCount;
    this.workLimit = maxWork;
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

  /** Whether it is time to let other requests run. */
  isPauseDue(): boolean {
    if (this.work - this.workAtPause < WORK_PER_SLICE) return false;
    this.workAtPause = this.work;
    return true;
  }

  weightOf(plan: readonly number[]): number {
    const { weight } = this.problem;
    let sum = 0;
    for (let i = 0; i < plan.length; i++) sum += weight[plan[i]!]!;
    return sum;
  }
}
