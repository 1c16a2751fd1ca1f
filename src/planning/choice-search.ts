import { BARRED, type ChoiceProblem, FREE, TAKEN } from "./choice-problem.ts";
import { LandmarkBound } from "./landmark-bound.ts";

/** The outcome of a search: the best plan found and a bound that no plan falls below. */
export interface SearchOutcome {
  /** The chosen nodes with weight, or `undefined` when no plan below the limit was found. */
  readonly plan: readonly number[] | undefined;
  readonly weight: number;
  readonly lowerBound: number;
}

const NOTHING: SearchOutcome = {
  plan: undefined,
  weight: Number.POSITIVE_INFINITY,
  lowerBound: Number.POSITIVE_INFINITY,
};

/** Work that several searches share. */
export interface SharedWork {
  left: number;
}

interface Decision {
  readonly node: number;
  /** How many nodes were decided before it. */
  readonly decidedBefore: number;
  /** A bound on what was still open when the node was decided. */
  readonly bound: number;
  barred: boolean;
}

/**
 * Depth-first branch and bound over "take or bar this node" with the landmark bound, and a second pass that
 * finds, among the plans of least weight, the first in the order of preference.
 *
 * Generators yield whenever a slice of work is done, so that a caller may let others have the thread.
 */
export class ChoiceSearch {
  private readonly problem: ChoiceProblem;
  private readonly bound: LandmarkBound;
  private readonly status: Uint8Array;
  /** Decided nodes in the order of their decision, so that they can be taken back. */
  private readonly trail: number[] = [];
  /** Nodes to be met besides the goals. */
  private wanted: readonly number[] = [];

  constructor(problem: ChoiceProblem) {
    this.problem = problem;
    this.bound = new LandmarkBound(problem);
    this.status = new Uint8Array(problem.nodeCount);
  }

  /** A plan of least weight, the most preferred of them, as far as the work reaches. */
  *solve(work: SharedWork): Generator<void, SearchOutcome> {
    const outcome = yield* this.leastWeight(Number.POSITIVE_INFINITY, false, work);
    if (outcome.plan === undefined || outcome.lowerBound < outcome.weight) return outcome;
    return { ...outcome, plan: yield* this.mostPreferred(outcome.plan, outcome.weight, work) };
  }

  /** A plan of least weight among those that meet the `wanted` nodes and hold none of the `barred`. */
  *leastWith(
    wanted: readonly number[],
    barred: readonly number[],
    work: SharedWork,
  ): Generator<void, SearchOutcome> {
    this.wanted = wanted;
    for (const node of barred) this.decide(node, BARRED);
    for (const node of wanted) if (this.status[node] === FREE) this.decide(node, TAKEN);
    const isContradiction = wanted.some((node) => this.status[node] === BARRED);
    const outcome = isContradiction
      ? NOTHING
      : yield* this.leastWeight(Number.POSITIVE_INFINITY, false, work);
    this.wanted = [];
    this.takeBack(0);
    return outcome;
  }

  private decide(node: number, as: number): void {
    this.status[node] = as;
    this.trail.push(node);
  }

  private takeBack(to: number): void {
    while (this.trail.length > to) this.status[this.trail.pop()!] = FREE;
  }

  private taken(): number[] {
    return this.trail.filter((v) => this.status[v] === TAKEN);
  }

  private *leastWeight(limit: number, first: boolean, work: SharedWork): Generator<void, SearchOutcome> {
    const base = this.trail.length;
    const decisions: Decision[] = [];
    let upper = limit;
    let plan: readonly number[] | undefined;
    let open = 0;
    for (;;) {
      const before = this.bound.work;
      const bound = this.bound.ascend(this.status, this.taken(), upper);
      let branch = -1;
      if (bound < upper) {
        const found = this.bound.cheapestReached(this.wanted);
        let weight = 0;
        for (const v of found) weight += this.problem.weight[v]!;
        if (weight < upper) {
          plan = found;
          upper = weight;
          if (first) break;
        }
        if (bound < upper) {
          branch = this.bound.mostOverpaid(found, this.status);
          const trailBefore = this.trail.length;
          for (const v of this.problem.preference)
            if (v !== branch && this.status[v] === FREE && bound + this.bound.residual[v]! >= upper)
              this.decide(v, BARRED);
          if (branch < 0) branch = this.problem.preference.find((v) => this.status[v] === FREE) ?? -1;
          if (branch >= 0) {
            decisions.push({ node: branch, decidedBefore: trailBefore, bound, barred: false });
            this.decide(branch, TAKEN);
            open = bound;
          }
        }
      }
      work.left -= this.bound.work - before;
      if (branch < 0) {
        let last = decisions.at(-1);
        while (last?.barred) {
          decisions.pop();
          last = decisions.at(-1);
        }
        if (last === undefined) {
          this.takeBack(base);
          return { plan, weight: upper, lowerBound: upper };
        }
        // What was barred beside the branch stays barred: it holds for both ways.
        const at = this.trail.indexOf(last.node, last.decidedBefore);
        this.takeBack(at);
        last.barred = true;
        this.decide(last.node, BARRED);
        open = last.bound;
      }
      if (work.left <= 0) break;
      yield;
    }
    let lowerBound = Math.min(upper, open);
    for (const decision of decisions) if (!decision.barred) lowerBound = Math.min(lowerBound, decision.bound);
    this.takeBack(base);
    return { plan, weight: upper, lowerBound };
  }

  /** Node by node in the order of preference: is there a plan of the same weight that holds it? */
  private *mostPreferred(
    found: readonly number[],
    weight: number,
    work: SharedWork,
  ): Generator<void, readonly number[]> {
    let best = found;
    let inBest = new Set(best);
    let left = best.length;
    const bound = this.bound.ascend(this.status, [], weight + 1);
    for (const v of this.problem.preference)
      if (this.status[v] === FREE && bound + this.bound.residual[v]! > weight) this.decide(v, BARRED);
    for (const v of this.problem.preference) {
      if (left === 0) break;
      if (this.status[v] !== FREE) continue;
      this.decide(v, TAKEN);
      if (inBest.has(v)) {
        left--;
        continue;
      }
      const other = yield* this.leastWeight(weight + 1, true, work);
      if (other.plan !== undefined) {
        best = other.plan;
        inBest = new Set(best);
        left = best.filter((w) => this.status[w] === FREE).length;
      } else {
        if (work.left <= 0) break;
        this.trail.pop();
        this.decide(v, BARRED);
      }
    }
    this.takeBack(0);
    return best;
  }
}
