import { BARRED, type ChoiceProblem, FREE, type SearchSpace, TAKEN } from "../problem/choice-problem.ts";
import { PartEvaluation } from "./part-evaluation.ts";

/** The outcome of a search: the best plan found and a bound that no plan falls below. */
export interface SearchOutcome {
  /** The chosen nodes with weight, or `undefined` when no plan was found. */
  readonly plan: readonly number[] | undefined;
  /** The plan's weight, or Infinity. */
  readonly weight: number;
  /** Infinity when there is no plan. */
  readonly lowerBound: number;
}

/** Something that goes on from what a search has left unproved. */
export interface Prover {
  /** A plan at least as good as the one known, with a bound at least as high. */
  improve(problem: ChoiceProblem, known: SearchOutcome): SearchOutcome;
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

/** What the short search may do. */
const QUICK_EVALUATIONS = 100;
export const QUICK_WORK = 200_000;

/**
 * Depth-first branch and bound over "take or bar this node" with the landmark bound, and a second pass that
 * finds, among the plans of least weight, the first in the order of preference.
 *
 * The landmarks are kept, so that further searches of the same part begin with what is proved.
 * Generators yield whenever a slice of work is done, so that a caller may let others have the thread.
 */
export class ChoiceSearch {
  private readonly space: SearchSpace;
  private readonly evaluation: PartEvaluation;
  /** Whether the short search was enough so far: then the work left has made no difference, if it was `QUICK_WORK`. */
  isQuick = true;
  private readonly quickWork: number;
  /** Decided nodes in the order of their decision, so that they can be taken back. */
  private readonly trail: number[] = [];

  /** `quickWork` is what the short search may do before the thorough one. */
  constructor(space: SearchSpace, quickWork = QUICK_WORK) {
    this.quickWork = quickWork;
    this.space = space;
    this.evaluation = new PartEvaluation(space);
  }

  /** A plan of least weight, the most preferred of them, as far as the work reaches. */
  *solve(): Generator<void, SearchOutcome> {
    const outcome = yield* this.leastWeight(Number.POSITIVE_INFINITY);
    if (outcome.plan === undefined || outcome.lowerBound < outcome.weight) return outcome;
    return { ...outcome, plan: yield* this.mostPreferred(outcome.plan, outcome.weight) };
  }

  /** A plan of least weight among those that meet the `wanted` nodes and hold none of the `barred`. */
  *leastWith(wanted: readonly number[], barred: readonly number[]): Generator<void, SearchOutcome> {
    this.evaluation.wanted = wanted;
    for (const node of barred) this.decide(node, BARRED);
    for (const node of wanted) this.decide(node, TAKEN);
    const outcome = yield* this.leastWeight(Number.POSITIVE_INFINITY);
    this.evaluation.wanted = [];
    this.takeBack(0);
    return outcome;
  }

  private decide(node: number, as: number): void {
    this.space.status[node] = as;
    this.trail.push(node);
    if (as === TAKEN) this.evaluation.taken.push(node);
  }

  private takeBack(to: number): void {
    const { status } = this.space;
    while (this.trail.length > to) {
      const node = this.trail.pop()!;
      if (status[node] === TAKEN) this.evaluation.taken.pop();
      status[node] = FREE;
    }
  }

  /** First a short search with plain bounds, which is all that most parts need, then the thorough one. */
  private *leastWeight(limit: number): Generator<void, SearchOutcome> {
    const { evaluation } = this;
    evaluation.restart(limit);
    let lowerBound = yield* this.explore(true);
    const isEnough = this.space.isSpent() && evaluation.plan !== undefined;
    if (lowerBound < evaluation.upper && !isEnough) {
      this.isQuick = false;
      lowerBound = Math.max(lowerBound, yield* this.explore(false));
    }
    const { plan, upper } = evaluation;
    return { plan, weight: plan === undefined ? Number.POSITIVE_INFINITY : upper, lowerBound };
  }

  /** Searches from the decisions made so far, and returns a bound on the plans below them. */
  private *explore(isQuick: boolean): Generator<void, number> {
    const { space, evaluation } = this;
    const base = this.trail.length;
    const decisions: Decision[] = [];
    const enough = isQuick ? Math.min(space.workLimit, space.work + this.quickWork) : space.workLimit;
    let open = yield* isQuick ? evaluation.evaluate(enough) : evaluation.evaluateRoot();
    for (let evaluations = 1; ; evaluations++) {
      if (space.work >= enough || space.isSpent() || (isQuick && evaluations > QUICK_EVALUATIONS)) break;
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
      const bound = yield* isQuick ? evaluation.evaluate(enough) : evaluation.evaluateSharply();
      // The bound may be weaker than the one before the decision, but these plans are among those.
      open = Math.max(open, bound);
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

  /** Node by node in the order of preference: is there a plan of the same weight that holds it? */
  private *mostPreferred(found: readonly number[], weight: number): Generator<void, readonly number[]> {
    const { evaluation, space } = this;
    const { status, residual, problem } = space;
    evaluation.restart(weight + 1);
    yield* evaluation.evaluate(space.workLimit);
    if (space.isSpent()) return found;
    const bound = evaluation.bound.value;
    for (const v of problem.preference) if (bound + residual[v]! > weight) this.decide(v, BARRED);
    let best = found;
    let left = best.length;
    for (let i = 0; i < problem.preference.length && left > 0; i++) {
      const v = problem.preference[i]!;
      const isInBest = best.includes(v);
      if (isInBest) left--;
      if (status[v] !== FREE) continue;
      this.decide(v, TAKEN);
      if (isInBest) continue;
      evaluation.wanted = [...evaluation.taken];
      const other = yield* this.leastWeight(weight + 1);
      if (other.plan !== undefined) {
        best = other.plan;
        left = 0;
        for (const node of best) if (status[node] === FREE) left++;
      } else if (other.lowerBound > weight) {
        this.takeBack(this.trail.length - 1);
        this.decide(v, BARRED);
      } else break;
    }
    evaluation.wanted = [];
    this.takeBack(0);
    return best;
  }
}
