import { MAX_LANDMARK_NODES, WORK_PER_SLICE } from "../limits.ts";
import { BARRED, FREE, type SearchSpace, TAKEN } from "../problem/choice-problem.ts";
import { LandmarkBound } from "./landmark-bound.ts";
import { LandmarkMultipliers } from "./landmark-multipliers.ts";
import { LandmarkSeparation } from "./landmark-separation.ts";
import { type MeetingOrder, meetingOrder } from "./meeting-order.ts";
import { planByPrice, planFromReached, withoutIdle } from "./plan-finding.ts";

/** Rounds at the root, subgradient steps in each, and rounds without much progress after which it ends. */
const ROOT_ROUNDS = 60;
const ROOT_STEPS = 60;
const MAX_STALLED = 5;
/** The share of the gap that a round must close to count as progress. */
const PROGRESS = 0.02;
/** The shares of the work left that the rounds and the improvement of their plan may use. */
const ROUNDS_SHARE = 0.4;
const IMPROVEMENT_SHARE = 0.3;
/** The share of the work left that one ascent may use. */
const ASCENT_SHARE = 0.25;

/** Subgradient steps at every other node. */
const NODE_STEPS = 8;

/**
 * What a branch and bound needs to know about the state of its decisions: a bound on the plans still possible,
 * and the best plan so far, which every bounding may improve on.
 */
export class PartEvaluation {
  /** Only plans of less weight than this are of interest. */
  upper = Number.POSITIVE_INFINITY;
  /** The plan that weighs `upper`, once one was found. */
  plan: readonly number[] | undefined;
  /** Nodes to be met besides the goals. */
  wanted: readonly number[] = [];
  /** The taken nodes, kept by the search. */
  readonly taken: number[] = [];
  readonly bound: LandmarkBound;
  private readonly multipliers: LandmarkMultipliers;
  private readonly space: SearchSpace;
  /** The last bound as computed: the residuals add to this one. */
  private lastBound = 0;
  /** The plan that came with the last bound. */
  private reached: readonly number[] = [];
  private order: MeetingOrder | undefined;
  private separation: LandmarkSeparation | undefined;

  constructor(space: SearchSpace) {
    this.space = space;
    this.bound = new LandmarkBound(space);
    this.multipliers = new LandmarkMultipliers(space, this.bound);
  }

  /** Looks for plans that weigh less than `upper`. */
  restart(upper: number): void {
    this.upper = upper;
    this.plan = undefined;
  }

  /**
   * A bound on what is open: at least `upper` when nothing is. Stops when so much work was done in all, which
   * leaves the bound true, but weak.
   */
  evaluate(workEnd: number): Generator<void, number> {
    return this.ascend(false, workEnd);
  }

  /** The same, with the multipliers adjusted to the decisions. */
  *evaluateSharply(): Generator<void, number> {
    const { pool } = this.bound;
    const plain = yield* this.ascend(false, this.shareOfWork());
    if (plain >= this.upper) return plain;
    const kept = yield* this.ascend(true, this.shareOfWork());
    if (kept >= this.upper) return kept;
    yield* this.multipliers.sharpen(NODE_STEPS, this.upper);
    const sharper = yield* this.ascend(true, this.shareOfWork());
    if (pool.nodes.length > MAX_LANDMARK_NODES) pool.compact();
    return Math.max(plain, kept, sharper);
  }

  /** The same, taking its time: what is proved before any decision holds for the whole search. */
  *evaluateRoot(): Generator<void, number> {
    const { space } = this;
    const { pool } = this.bound;
    const { share } = this.multipliers;
    this.order ??= meetingOrder(space);
    const { order } = this;
    const price = new Float64Array(space.problem.nodeCount);
    this.priceByWeight(price);
    this.offer(planByPrice(space, order, price, this.wanted));
    let bound = yield* this.ascend(true, this.shareOfWork());
    this.separation ??= new LandmarkSeparation(space, order);
    const enough = space.work + ROUNDS_SHARE * (space.workLimit - space.work);
    let stalled = 0;
    for (let round = 0; round < ROOT_ROUNDS && stalled < MAX_STALLED && space.work < enough; round++) {
      if (bound >= this.upper) return bound;
      yield* this.multipliers.sharpen(ROOT_STEPS, this.upper);
      yield* this.separation.separate(pool, share);
      const sharper = yield* this.ascend(true, this.shareOfWork());
      stalled = sharper > bound + (this.upper - bound) * PROGRESS ? 0 : stalled + 1;
      bound = Math.max(bound, sharper);
      this.priceByWeight(price);
      for (let i = 0; i < price.length; i++) price[i]! *= 1 - share[i]!;
      this.offer(planByPrice(space, order, price, this.wanted));
      if (space.isPauseDue()) yield;
    }
    yield* this.improve(order, price);
    return bound;
  }

  /** Tries to do without each node of the best plan, keeping to the rest of it where that helps. */
  private *improve(order: MeetingOrder, price: Float64Array): Generator<void, void> {
    const { space } = this;
    const enough = space.work + IMPROVEMENT_SHARE * (space.workLimit - space.work);
    for (let at = 0; this.plan !== undefined && at < this.plan.length && space.work < enough; at++) {
      const before = this.plan;
      this.priceByWeight(price);
      for (let i = 0; i < before.length; i++) price[before[i]!] = 0;
      price[before[at]!] = Number.POSITIVE_INFINITY;
      this.offer(planByPrice(space, order, price, this.wanted));
      if (this.plan !== before) at = -1;
      if (space.isPauseDue()) yield;
    }
  }

  private priceByWeight(price: Float64Array): void {
    const { status, problem } = this.space;
    const { nodeCount, weight } = problem;
    for (let v = 0; v < nodeCount; v++)
      price[v] = status[v] === BARRED ? Number.POSITIVE_INFINITY : weight[v]!;
    this.space.work += nodeCount;
  }

  /** Keeps a plan, without what is idle in it, if it is the best so far. */
  private offer(plan: readonly number[] | undefined): void {
    if (plan === undefined) return;
    const lean = withoutIdle(this.space, plan, this.wanted);
    const weight = this.weightOf(lean);
    if (weight >= this.upper) return;
    this.upper = weight;
    this.plan = lean;
  }

  /** Where an ascent must end so that others can follow. */
  private shareOfWork(): number {
    const { work, workLimit } = this.space;
    return work + ASCENT_SHARE * (workLimit - work);
  }

  /** Bounds what is open as far as the work reaches, and finds a plan if it reaches far enough. */
  private *ascend(withMultipliers: boolean, workEnd: number): Generator<void, number> {
    const { space } = this;
    this.bound.begin(this.taken, this.upper, withMultipliers);
    let isDone = false;
    while (!isDone && space.work < workEnd) {
      isDone = this.bound.advance(Math.min(workEnd, space.work + WORK_PER_SLICE));
      if (space.isPauseDue()) yield;
    }
    this.lastBound = this.bound.value;
    // Multipliers that fitted before the last decisions may prove less than what is taken weighs.
    const bound = Math.max(this.roundUp(this.lastBound), this.weightOf(this.taken));
    if (bound >= this.upper) return bound;
    if (!isDone) {
      this.reached = this.plan ?? [];
      return bound;
    }
    let plan = planFromReached(space, this.wanted);
    let weight = this.weightOf(plan);
    if (weight > bound) {
      plan = withoutIdle(space, plan, this.wanted);
      weight = this.weightOf(plan);
    }
    this.reached = plan;
    if (weight < this.upper) {
      this.upper = weight;
      this.plan = plan;
    }
    return bound;
  }

  /** Whether plans with one more free node are too heavy by the last bound. */
  isTooDear(node: number): boolean {
    return this.roundUp(this.lastBound + this.space.residual[node]!) >= this.upper;
  }

  /** The least weight that a plan of at least this weight can have. */
  private roundUp(bound: number): number {
    const { unit, steps } = this.space.problem;
    const units = Math.floor(bound / unit);
    return bound - units * unit > steps ? (units + 1) * unit + 1 : bound;
  }

  private weightOf(plan: readonly number[]): number {
    const { weight } = this.space.problem;
    let sum = 0;
    for (let i = 0; i < plan.length; i++) sum += weight[plan[i]!]!;
    return sum;
  }

  /**
   * Of the free nodes of the plan that came with the bound, the one in which landmarks that the plan pays more
   * often than needed were charged most. Such landmarks are the difference between the plan's weight and the
   * bound. There is one whenever the bound is below `upper`.
   */
  mostOverpaid(): number {
    const { inPlan, status, estimate } = this.space;
    const { pool } = this.bound;
    const plan = this.reached;
    inPlan.fill(0);
    for (let i = 0; i < plan.length; i++) {
      inPlan[plan[i]!] = 1;
      estimate[plan[i]!] = 0;
    }
    for (let l = 0; l < pool.count; l++) {
      const charge = pool.kept[l]! + pool.extra[l]!;
      const on = pool.condition.items[l]!;
      if (charge === 0 || (on >= 0 && status[on] !== TAKEN)) continue;
      let over = -pool.need.items[l]!;
      const begin = pool.start.items[l]!;
      const end = pool.start.items[l + 1]!;
      for (let i = begin; i < end; i++) over += inPlan[pool.nodes.items[i]!]!;
      if (over <= 0) continue;
      for (let i = begin; i < end; i++) {
        const v = pool.nodes.items[i]!;
        if (inPlan[v] === 1) estimate[v]! += charge * over;
      }
    }
    this.space.work += pool.nodes.length;
    let best = -1;
    for (let i = 0; i < plan.length; i++) {
      const v = plan[i]!;
      if (status[v] === FREE && (best < 0 || estimate[v]! > estimate[best]!)) best = v;
    }
    return best;
  }
}
