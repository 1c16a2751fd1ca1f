import { IMPROVEMENT_WORK, QUICK_EVALUATIONS, QUICK_WORK } from "../limits.ts";
import { Evaluation } from "./evaluation.ts";
import { BARRED, FREE, type SearchSpace, TAKEN } from "./space.ts";

/** The outcome of a search: the best plan found and a bound that no plan falls below. */
export interface SearchOutcome {
  /** The chosen nodes with weight, or `undefined` when no plan was found. */
  readonly plan: readonly number[] | undefined;
  /** The plan's weight, or Infinity. */
  readonly weight: number;
  /** Infinity when there is no plan. */
  readonly lowerBound: number;
}

interface Decision {
  readonly node: number;
  /** The length of the trail before the decision. */
  readonly trailAt: number;
  /** A bound on what was still open when the node was decided. */
  readonly bound: number;
  /** Whether the search has turned to plans without the node. */
  readonly barred: boolean;
}

/**
 * Depth-first branch and bound over "take or bar this node" with the landmark bound; where that ends without a proof,
 * a local search improves the incumbent.
 *
 * The landmarks are kept, so that further searches of the same problem begin with what is proved. Generators yield
 * whenever a slice of work is done, so that other requests can run in between.
 */
export class BranchAndBound {
  readonly space: SearchSpace;
  readonly evaluation: Evaluation;
  /** Decided nodes in the order of their decision, so that they can be taken back. */
  private readonly trail: number[] = [];

  constructor(space: SearchSpace) {
    this.space = space;
    this.evaluation = new Evaluation(space);
  }

  /** A plan of least weight among those that meet the `wanted` nodes and hold none of the `barred`. */
  *leastWith(wanted: readonly number[], barred: readonly number[]): Generator<void, SearchOutcome> {
    for (const node of barred) this.decide(node, BARRED);
    for (const node of wanted) this.decide(node, TAKEN);
    this.evaluation.wanted = wanted;
    const outcome = yield* this.least();
    this.takeBackAll();
    return outcome;
  }

  decide(node: number, as: typeof TAKEN | typeof BARRED): void {
    this.space.status[node] = as;
    this.trail.push(node);
    if (as === TAKEN) this.evaluation.taken.push(node);
  }

  takeBackLast(): void {
    this.takeBack(this.trail.length - 1);
  }

  takeBackAll(): void {
    this.evaluation.wanted = [];
    this.takeBack(0);
  }

  private takeBack(to: number): void {
    const { status } = this.space;
    while (this.trail.length > to) {
      const node = this.trail.pop()!;
      if (status[node] === TAKEN) this.evaluation.taken.pop();
      status[node] = FREE;
    }
  }

  /** A plan of least weight among those that agree with the decisions and weigh less than `limit`. */
  *least(limit = Number.POSITIVE_INFINITY): Generator<void, SearchOutcome> {
    const { evaluation, space } = this;
    evaluation.restart(limit);
    const lowerBound = yield* this.explore();
    if (lowerBound < evaluation.upper)
      yield* evaluation.improve(Math.min(space.workLimit, space.work + IMPROVEMENT_WORK));
    const { incumbent, upper } = evaluation;
    if (lowerBound > upper)
      throw new Error(`expected a bound of at most ${upper}, a plan's weight, got ${lowerBound}`);
    return {
      plan: incumbent,
      weight: incumbent === undefined ? Number.POSITIVE_INFINITY : upper,
      lowerBound,
    };
  }

  /** Searches from the decisions made so far, and returns a bound on the plans below them. */
  private *explore(): Generator<void, number> {
    const { space, evaluation } = this;
    const base = this.trail.length;
    const decisions: Decision[] = [];
    const workEnd = Math.min(space.workLimit, space.work + QUICK_WORK);
    let open = yield* evaluation.evaluate(workEnd);
    for (let evaluations = 1; evaluations <= QUICK_EVALUATIONS && space.work < workEnd; evaluations++) {
      if (open < evaluation.upper) {
        const decision = this.branch(open);
        if (decision === undefined) break;
        decisions.push(decision);
      } else {
        let last = decisions.pop();
        while (last?.barred) last = decisions.pop();
        if (last === undefined) break;
        // What was barred along with the decision stays so: it holds either way.
        this.takeBack(last.trailAt);
        this.decide(last.node, BARRED);
        open = last.bound;
        decisions.push({ ...last, barred: true });
      }
      if (space.isPauseDue()) yield;
      // The bound may be weaker than the one before the decision, but these plans are among those.
      open = Math.max(open, yield* evaluation.evaluate(workEnd));
    }
    this.takeBack(base);
    let lowerBound = Math.min(evaluation.upper, open);
    for (const decision of decisions) if (!decision.barred) lowerBound = Math.min(lowerBound, decision.bound);
    return lowerBound;
  }

  /** Bars what would make every plan too heavy by the last bound, and takes the most doubtful node, if there is one. */
  private branch(bound: number): Decision | undefined {
    const { status } = this.space;
    const { preference } = this.space.problem;
    const node = this.evaluation.mostOverpaid();
    if (node < 0) return undefined;
    this.space.work += preference.length;
    for (let i = 0; i < preference.length; i++) {
      const v = preference[i]!;
      if (status[v] === FREE && v !== node && this.evaluation.isTooDear(v)) this.decide(v, BARRED);
    }
    const trailAt = this.trail.length;
    this.decide(node, TAKEN);
    return { node, trailAt, bound, barred: false };
  }
}
