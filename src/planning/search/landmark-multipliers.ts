import { type SearchSpace, TAKEN } from "../problem/choice-problem.ts";
import type { LandmarkBound } from "./landmark-bound.ts";

/** How fast the average solution follows the last one. */
const MIXING = 0.1;

/**
 * The multipliers of a bound's landmarks, improved by subgradient steps (Held and Karp 1971; for covering problems
 * Caprara, Fischetti and Toth 1999). They stay whole numbers, so that bounds are exact.
 */
export class LandmarkMultipliers {
  /** Per node: how much of it the average of the steps' solutions takes. */
  readonly share: Float64Array;
  private readonly space: SearchSpace;
  private readonly bound: LandmarkBound;
  private isFresh = true;

  constructor(space: SearchSpace, bound: LandmarkBound) {
    this.space = space;
    this.bound = bound;
    this.share = new Float64Array(space.problem.nodeCount);
  }

  /** Starts from the multipliers and the charges of the last ascent, which used them. */
  *sharpen(steps: number, upper: number): Generator<void, void> {
    const { space } = this;
    const { pool } = this.bound;
    const { status, residual, problem } = space;
    const { nodeCount } = problem;
    for (let l = 0; l < pool.count; l++) {
      pool.kept[l]! += pool.extra[l]!;
      pool.extra[l] = 0;
    }
    let best = Number.NEGATIVE_INFINITY;
    const bestKept = pool.kept.slice(0, pool.count);
    const slope = new Int32Array(pool.count);
    let scale = 1;
    let stalled = 0;
    const start = pool.start.items;
    const nodes = pool.nodes.items;
    const { share } = this;
    for (let step = 0; step <= steps; step++) {
      const bound = this.bound.startResiduals(true);
      if (bound > best) {
        if (bound > best + Math.abs(best) * 1e-4) stalled = 0;
        best = bound;
        bestKept.set(pool.kept.subarray(0, pool.count));
      } else stalled++;
      if (bound >= upper || step === steps) break;
      if (stalled >= 4) {
        stalled = 0;
        scale /= 2;
        if (scale < 0.01) break;
      }
      for (let v = 0; v < nodeCount; v++) {
        const x = residual[v] === 0 && problem.weight[v]! > 0 ? 1 : 0;
        share[v]! += (x - share[v]!) * (step === 0 && this.isFresh ? 1 : MIXING);
      }
      this.isFresh = false;
      let norm = 0;
      for (let l = 0; l < pool.count; l++) {
        slope[l] = 0;
        const on = pool.condition.items[l]!;
        if (on >= 0 && status[on] !== TAKEN) continue;
        let lacking = pool.need.items[l]!;
        for (let i = start[l]!; i < start[l + 1]!; i++) {
          const v = nodes[i]!;
          if (residual[v] === 0 && problem.weight[v]! > 0) lacking--;
        }
        if (lacking < 0 && pool.kept[l] === 0) continue;
        slope[l] = lacking;
        norm += lacking * lacking;
      }
      if (norm === 0) break;
      const length = (scale * (upper - bound)) / norm;
      for (let l = 0; l < pool.count; l++)
        if (slope[l] !== 0) pool.kept[l] = Math.max(0, Math.round(pool.kept[l]! + length * slope[l]!));
      space.work += pool.nodes.length;
      if (space.isPauseDue()) yield;
      if (space.isSpent()) break;
    }
    pool.kept.set(bestKept);
  }
}
