import { BARRED, type ChoicePart, FREE, type SearchSpace, TAKEN } from "./choice-problem.ts";
import { LandmarkBound } from "./landmark-bound.ts";
import { MAX_LANDMARK_NODES, type SearchBudget, WORK_PER_SLICE } from "./limits.ts";
import { planFromReached, withoutIdle } from "./plan-finding.ts";

/** The outcome of a search: the best plan found and a bound that no plan falls below. */
export interface SearchOutcome {
  /** The chosen nodes with weight, or `undefined` when no plan below the limit was found. */
  readonly plan: readonly number[] | undefined;
  readonly weight: number;
  readonly lowerBound: number;
}

/** Work that several searches share. */
export interface SharedWork {
  left: number;
  /** What was left when the thread was last offered to others. */
  leftAtPause: number;
  /** A guard: stop at this `performance.now()`. */
  readonly deadline: number;
}

export function sharedWork({ maxWork, deadline }: SearchBudget): SharedWork {
  return { left: maxWork, leftAtPause: maxWork, deadline: deadline ?? Number.POSITIVE_INFINITY };
}

const NOTHING: SearchOutcome = {
  plan: undefined,
  weight: Number.POSITIVE_INFINITY,
  lowerBound: Number.POSITIVE_INFINITY,
};

interface Decision {
  readonly node: number;
  /** The length of the trail before what was barred along with the decision. */
  readonly trailBefore: number;
  /** The length of the trail before the decision. */
  readonly trailAt: number;
  /** A bound on what was still open when the node was decided. */
  readonly bound: number;
  barred: boolean;
}

/** Subgradient steps at the root of a search, per round and at most, and at every other node. */
const ROOT_STEPS = 60;
const ROOT_ROUNDS = 20;
const NODE_STEPS = 10;

/**
 * Depth-first branch and bound over "take or bar this node" with the landmark bound, and a second pass that
 * finds, among the plans of least weight, the first in the order of preference.
 *
 * The landmarks are kept, so that further searches of the same part begin with what is proved.
 * Generators yield whenever a slice of work is done, so that a caller may let others have the thread.
 */
export class ChoiceSearch {
  private readonly space: SearchSpace;
  private readonly part: ChoicePart;
  private readonly bound: LandmarkBound;
  /** Decided nodes in the order of their decision, so that they can be taken back. */
  private readonly trail: number[] = [];
  private readonly taken: number[] = [];
  /** Nodes to be met besides the goals. */
  private wanted: readonly number[] = [];
  private upper = Number.POSITIVE_INFINITY;
  private plan: readonly number[] | undefined;
  /** The plan that the last evaluation found within the nodes that it reached. */
  private reached: readonly number[] = [];

  constructor(space: SearchSpace, part: ChoicePart) {
    this.space = space;
    this.part = part;
    this.bound = new LandmarkBound(space, part);
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
    for (const node of wanted) if (barred.includes(node)) return NOTHING;
    this.wanted = wanted;
    for (const node of barred) this.decide(node, BARRED);
    for (const node of wanted) this.decide(node, TAKEN);
    const outcome = yield* this.leastWeight(Number.POSITIVE_INFINITY, false, work);
    this.wanted = [];
    this.takeBack(0);
    return outcome;
  }

  private decide(node: number, as: number): void {
    this.space.status[node] = as;
    this.trail.push(node);
    if (as === TAKEN) this.taken.push(node);
  }

  private takeBack(to: number): void {
    const { status } = this.space;
    while (this.trail.length > to) {
      const node = this.trail.pop()!;
      if (status[node] === TAKEN) this.taken.pop();
      status[node] = FREE;
    }
  }

  private *leastWeight(limit: number, first: boolean, work: SharedWork): Generator<void, SearchOutcome> {
    const base = this.trail.length;
    const decisions: Decision[] = [];
    this.upper = limit;
    this.plan = undefined;
    let open = 0;
    let lowerBound = Number.NEGATIVE_INFINITY;
    for (;;) {
      const before = this.space.work;
      const bound = this.evaluate(decisions.length === 0 && !first);
      work.left -= this.space.work - before;
      if (first && this.plan !== undefined) break;
      if (bound < this.upper) {
        open = bound;
        decisions.push(this.branch(bound));
      } else {
        let last = decisions.pop();
        while (last?.barred) last = decisions.pop();
        if (last === undefined) {
          lowerBound = this.upper;
          break;
        }
        this.takeBack(last.trailAt);
        this.decide(last.node, BARRED);
        open = last.bound;
        decisions.push({ ...last, barred: true });
      }
      if (work.left <= 0) break;
      if (work.leftAtPause - work.left > WORK_PER_SLICE) {
        yield;
        work.leftAtPause = work.left;
        if (performance.now() > work.deadline) work.left = 0;
      }
    }
    this.takeBack(base);
    if (lowerBound < 0) {
      lowerBound = Math.min(this.upper, open);
      for (const decision of decisions)
        if (!decision.barred) lowerBound = Math.min(lowerBound, decision.bound);
    }
    return { plan: this.plan, weight: this.upper, lowerBound };
  }

  /** Bounds what is open, and keeps the plan that comes with the bound when it is the best so far. */
  private evaluate(isRoot: boolean): number {
    const { pool } = this.bound;
    let bound = this.ascend();
    if (bound >= this.upper) return bound;
    let rounds = isRoot ? ROOT_ROUNDS : 1;
    const steps = isRoot ? ROOT_STEPS : NODE_STEPS;
    for (let stalled = 0; rounds > 0 && stalled < 3; rounds--) {
      this.bound.sharpen(steps, this.upper);
      const sharper = this.ascend();
      if (sharper >= this.upper) return sharper;
      if (sharper > bound + (this.upper - bound) * 0.02) stalled = 0;
      else stalled++;
      bound = Math.max(bound, sharper);
    }
    if (pool.nodes.length > MAX_LANDMARK_NODES) pool.compact();
    return bound;
  }

  private ascend(): number {
    const { space, part } = this;
    // Multipliers that fitted before the last decisions may prove less than what is taken weighs.
    const bound = Math.max(
      this.roundUp(this.bound.ascend(this.taken, this.upper)),
      this.weightOf(this.taken),
    );
    if (bound >= this.upper) return bound;
    let plan = planFromReached(space, part, this.wanted);
    if (this.weightOf(plan) > bound) plan = withoutIdle(space, part, plan, this.wanted);
    this.reached = plan;
    const weight = this.weightOf(plan);
    if (weight < this.upper) {
      this.upper = weight;
      this.plan = plan;
    }
    return bound;
  }

  /** The least weight that a plan of at least this weight can have. */
  private roundUp(bound: number): number {
    const { unit, preference } = this.part;
    const units = Math.floor(bound / unit);
    return bound - units * unit > preference.length ? (units + 1) * unit + 1 : bound;
  }

  private weightOf(plan: readonly number[]): number {
    const { weight } = this.space.problem;
    let sum = 0;
    for (let i = 0; i < plan.length; i++) sum += weight[plan[i]!]!;
    return sum;
  }

  /** Bars what would make every plan too heavy, and takes the most doubtful node of the plan reached. */
  private branch(bound: number): Decision {
    const { status, residual } = this.space;
    const { preference } = this.part;
    const trailBefore = this.trail.length;
    const node = this.mostOverpaid();
    for (let i = 0; i < preference.length; i++) {
      const v = preference[i]!;
      if (status[v] === FREE && v !== node && this.roundUp(bound + residual[v]!) >= this.upper)
        this.decide(v, BARRED);
    }
    const trailAt = this.trail.length;
    this.decide(node, TAKEN);
    return { node, trailBefore, trailAt, bound, barred: false };
  }

  /**
   * Of the free nodes of the plan reached, the one in which landmarks that the plan pays more often than needed
   * were charged most. Such landmarks are the difference between the plan's weight and the bound.
   */
  private mostOverpaid(): number {
    const { inPlan, status, estimate } = this.space;
    const { pool } = this.bound;
    const plan = this.reached;
    inPlan.fill(0, this.part.first, this.part.end);
    for (let i = 0; i < plan.length; i++) {
      inPlan[plan[i]!] = 1;
      estimate[plan[i]!] = 0;
    }
    for (let l = 0; l < pool.count; l++) {
      const charge = pool.kept[l]! + pool.extra[l]!;
      if (charge === 0) continue;
      let over = -pool.need.items[l]!;
      const begin = pool.start.items[l]!;
      const end = pool.start.items[l + 1]!;
      for (let i = begin; i < end; i++) over += inPlan[pool.nodes.items[i]!]!;
      this.space.work += end - begin;
      if (over <= 0) continue;
      for (let i = begin; i < end; i++) {
        const v = pool.nodes.items[i]!;
        if (inPlan[v] === 1) estimate[v]! += charge * over;
      }
    }
    let best = -1;
    for (let i = 0; i < plan.length; i++) {
      const v = plan[i]!;
      if (status[v] === FREE && (best < 0 || estimate[v]! > estimate[best]!)) best = v;
    }
    return best;
  }

  /** Node by node in the order of preference: is there a plan of the same weight that holds it? */
  private *mostPreferred(
    found: readonly number[],
    weight: number,
    work: SharedWork,
  ): Generator<void, readonly number[]> {
    const { status, residual } = this.space;
    const { preference } = this.part;
    const bound = this.bound.ascend(this.taken, weight + 1);
    for (let i = 0; i < preference.length; i++)
      if (bound + residual[preference[i]!]! > weight) this.decide(preference[i]!, BARRED);
    let best = found;
    let inBest = new Set(best);
    let left = best.length;
    for (let i = 0; i < preference.length && left > 0; i++) {
      const v = preference[i]!;
      if (inBest.has(v)) {
        if (status[v] === FREE) this.decide(v, TAKEN);
        left--;
        continue;
      }
      if (status[v] !== FREE) continue;
      this.decide(v, TAKEN);
      this.wanted = [...this.taken];
      const other = yield* this.leastWeight(weight + 1, true, work);
      if (other.plan !== undefined) {
        best = other.plan;
        inBest = new Set(best);
        left = 0;
        for (const node of best) if (status[node] === FREE) left++;
        continue;
      }
      if (work.left <= 0) break;
      this.takeBack(this.trail.length - 1);
      this.decide(v, BARRED);
    }
    this.wanted = [];
    this.takeBack(0);
    return best;
  }
}
