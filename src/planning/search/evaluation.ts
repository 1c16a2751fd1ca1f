import { WORK_PER_SLICE } from "../limits.ts";
import { LandmarkBound } from "./bound.ts";
import { GreedyPlans } from "./improve.ts";
import { planFromReached, withoutIdle } from "./plan.ts";
import { FREE, type SearchSpace, TAKEN } from "./space.ts";

/**
 * What a branch and bound needs to know about the state of its decisions: a bound on the plans still possible,
 * and the incumbent, the best plan so far, which every bounding may improve on.
 */
export class Evaluation {
  /** Only plans of less weight than this are of interest. */
  upper = Number.POSITIVE_INFINITY;
  /** The incumbent, which weighs `upper`, once one was found. */
  incumbent: readonly number[] | undefined;
  /** Nodes to be met besides the goals. */
  wanted: readonly number[] = [];
  /** The taken nodes, kept by the search. */
  readonly taken: number[] = [];
  readonly bound: LandmarkBound;
  private readonly space: SearchSpace;
  private greedy: GreedyPlans | undefined;
  /** The plan that came with the last bound. */
  private reached: readonly number[] = [];

  constructor(space: SearchSpace) {
    this.space = space;
    this.bound = new LandmarkBound(space);
  }

  /** Looks for plans that weigh less than `upper`. */
  restart(upper: number): void {
    this.upper = upper;
    this.incumbent = undefined;
  }

  /**
   * A bound on the plans that hold what is taken and nothing barred: at least `upper` when none of them is of interest.
   * Stops at `workEnd`, which leaves the bound true, but weak, and perhaps finds no plan.
   */
  *evaluate(workEnd: number): Generator<void, number> {
    const { space, bound } = this;
    bound.begin(this.taken, this.upper);
    let isDone = false;
    while (!isDone && space.work < workEnd) {
      isDone = bound.advance(Math.min(workEnd, space.work + WORK_PER_SLICE));
      if (space.isPauseDue()) yield;
    }
    const proved = bound.value;
    if (proved >= this.upper) return proved;
    if (!isDone) {
      this.reached = this.incumbent ?? [];
      return proved;
    }
    let plan = planFromReached(space, this.wanted);
    if (space.weightOf(plan) > proved) plan = withoutIdle(space, plan, this.wanted);
    this.reached = plan;
    this.offer(plan);
    return proved;
  }

  /** Improves on the incumbent, or finds a first plan where bounding has not come so far. */
  *improve(workEnd: number): Generator<void, void> {
    this.greedy ??= new GreedyPlans(this.space);
    const light = this.greedy.light(this.wanted);
    this.offer(light);
    const plan = this.incumbent ?? light;
    if (plan !== undefined) this.offer(yield* this.greedy.improved(plan, this.wanted, workEnd));
  }

  private offer(plan: readonly number[] | undefined): void {
    if (plan === undefined) return;
    const weight = this.space.weightOf(plan);
    if (weight >= this.upper) return;
    this.upper = weight;
    this.incumbent = plan;
  }

  /** Whether plans with one more free node are too heavy by the last bound. */
  isTooDear(node: number): boolean {
    return this.bound.value + this.space.residual[node]! >= this.upper;
  }

  /**
   * Of the free nodes of the plan that came with the bound, the one in which landmarks that the plan pays more
   * often than needed were charged most. Such landmarks are the difference between the plan's weight and the
   * bound. −1 when there is none, which happens only where the bound is not below `upper`.
   */
  mostOverpaid(): number {
    const { inPlan, status, estimate } = this.space;
    const { landmarks } = this.bound;
    const plan = this.reached;
    inPlan.fill(0);
    for (let i = 0; i < plan.length; i++) {
      inPlan[plan[i]!] = 1;
      estimate[plan[i]!] = 0;
    }
    for (let l = 0; l < landmarks.count; l++) {
      const charge = landmarks.charge[l]!;
      const on = landmarks.condition.items[l]!;
      if (charge === 0 || (on >= 0 && status[on] !== TAKEN)) continue;
      let over = -landmarks.need.items[l]!;
      const begin = landmarks.start.items[l]!;
      const end = landmarks.start.items[l + 1]!;
      for (let i = begin; i < end; i++) over += inPlan[landmarks.nodes.items[i]!]!;
      if (over <= 0) continue;
      for (let i = begin; i < end; i++) {
        const v = landmarks.nodes.items[i]!;
        if (inPlan[v] === 1) estimate[v]! += charge * over;
      }
    }
    this.space.work += landmarks.nodes.length;
    let best = -1;
    for (let i = 0; i < plan.length; i++) {
      const v = plan[i]!;
      if (status[v] === FREE && (best < 0 || estimate[v]! > estimate[best]!)) best = v;
    }
    return best;
  }
}
