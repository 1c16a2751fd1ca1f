import { BARRED, type ChoiceProblem, TAKEN } from "./choice-problem.ts";

/** In every plan, at least `need` of `nodes` (provided `condition`, unless −1, is part of the plan). */
interface Landmark {
  readonly nodes: readonly number[];
  readonly need: number;
  readonly condition: number;
}

/**
 * A lower bound on the weight of plans, by dual ascent over disjunctive landmarks.
 *
 * A landmark is a set of nodes of which every plan holds at least so many. Each is charged the least it must
 * cost, and the charge is taken off its nodes' weights, so that no weight is charged twice: the sum of the
 * charges bounds every plan from below. While the nodes whose weight is used up do not yet meet the goals,
 * what blocks them is a further landmark (the idea of LM-cut, Helmert and Domshlak 2009, here cut at the
 * goals' end and for at-least-k). When they do, they contain a plan, usually a cheapest one.
 *
 * Landmarks stay true under decisions, so they are kept and charged first next time.
 */
export class LandmarkBound {
  /** Weight not charged yet; infinite for barred nodes. After `ascend`: what choosing the node adds to the bound. */
  readonly residual: Float64Array;
  /** Elementary operations so far. */
  work = 0;
  private readonly problem: ChoiceProblem;
  private readonly landmarks: Landmark[] = [];
  /** Landmarks charged in the last ascent, with the charge per node. */
  private readonly charged: number[] = [];
  private readonly charges: number[] = [];
  private readonly missing: Int32Array;
  private readonly reachedAt: Int32Array;
  private readonly estimate: Float64Array;
  private readonly queue: Int32Array;
  private queued = 0;
  private chained = 0;
  private readonly visited: Int32Array;
  private visit = 0;
  private readonly inPlan: Uint8Array;

  constructor(problem: ChoiceProblem) {
    const n = problem.nodeCount;
    this.problem = problem;
    this.residual = new Float64Array(n);
    this.missing = new Int32Array(n);
    this.reachedAt = new Int32Array(n);
    this.estimate = new Float64Array(n);
    this.queue = new Int32Array(n);
    this.visited = new Int32Array(n);
    this.inPlan = new Uint8Array(n);
  }

  /**
   * A bound on the plans that hold all taken and no barred nodes, or Infinity when there are none.
   * Stops early with a bound of at least `upper`. Otherwise `cheapestReached` gives a plan.
   */
  ascend(status: Uint8Array, taken: readonly number[], upper: number): number {
    const { nodeCount, weight } = this.problem;
    const { residual } = this;
    let bound = 0;
    for (let v = 0; v < nodeCount; v++) {
      const decided = status[v]!;
      residual[v] = decided === BARRED ? Number.POSITIVE_INFINITY : decided === TAKEN ? 0 : weight[v]!;
      if (decided === TAKEN) bound += weight[v]!;
    }
    this.charged.length = 0;
    this.charges.length = 0;
    if (bound >= upper) return bound;
    for (let l = 0; l < this.landmarks.length; l++) {
      const { condition } = this.landmarks[l]!;
      if (condition >= 0 && status[condition] !== TAKEN) continue;
      bound += this.charge(l);
      if (bound >= upper) return bound;
    }
    this.startChaining();
    for (const goal of this.problem.goals) {
      bound = this.chargeUntilReached(goal, -1, bound, upper);
      if (bound >= upper) return bound;
    }
    for (const goal of taken) {
      bound = this.chargeUntilReached(goal, goal, bound, upper);
      if (bound >= upper) return bound;
    }
    return bound;
  }

  private chargeUntilReached(goal: number, condition: number, before: number, upper: number): number {
    let bound = before;
    while (this.reachedAt[goal] === 0) {
      const landmark = this.landmarkBefore(goal, condition);
      this.landmarks.push(landmark);
      bound += this.charge(this.landmarks.length - 1);
      if (bound >= upper) return bound;
      for (const v of landmark.nodes) if (this.residual[v] === 0 && this.missing[v] === 0) this.reach(v);
      this.chain();
    }
    return bound;
  }

  /** Charges a landmark and returns by how much the bound grows. */
  private charge(index: number): number {
    const { residual } = this;
    const { nodes, need } = this.landmarks[index]!;
    this.work += nodes.length;
    let gain: number;
    let charge: number;
    if (need === 1) {
      charge = Number.POSITIVE_INFINITY;
      for (let i = 0; i < nodes.length; i++) charge = Math.min(charge, residual[nodes[i]!]!);
      gain = charge;
    } else {
      // The cheapest `need` must be paid; each is charged at most as much as the dearest of them.
      const costs = nodes.map((v) => residual[v]!).sort((a, b) => a - b);
      charge = costs[need - 1] ?? Number.POSITIVE_INFINITY;
      gain = 0;
      for (let i = 0; i < need; i++) gain += costs[i] ?? Number.POSITIVE_INFINITY;
    }
    if (charge === 0 || gain === Number.POSITIVE_INFINITY) return gain;
    for (let i = 0; i < nodes.length; i++) {
      const left = residual[nodes[i]!]! - charge;
      residual[nodes[i]!] = left > 0 ? left : 0;
    }
    this.charged.push(index);
    this.charges.push(charge);
    return gain;
  }

  private startChaining(): void {
    const { nodeCount, need } = this.problem;
    this.missing.set(need);
    this.reachedAt.fill(0);
    this.estimate.fill(0);
    this.queued = 0;
    this.chained = 0;
    for (let v = 0; v < nodeCount; v++) if (need[v] === 0 && this.residual[v] === 0) this.reach(v);
    this.chain();
  }

  private reach(v: number): void {
    if (this.reachedAt[v] !== 0) return;
    this.queue[this.queued++] = v;
    this.reachedAt[v] = this.queued;
  }

  private chain(): void {
    const { userStart, users, weight } = this.problem;
    const { missing, residual, estimate } = this;
    while (this.chained < this.queued) {
      const v = this.queue[this.chained++]!;
      const total = estimate[v]! + weight[v]!;
      estimate[v] = total;
      this.work += userStart[v + 1]! - userStart[v]! + 1;
      for (let u = userStart[v]!; u < userStart[v + 1]!; u++) {
        const user = users[u]!;
        if (missing[user]! <= 0) continue;
        estimate[user]! += total;
        if (--missing[user]! === 0 && residual[user] === 0) this.reach(user);
      }
    }
  }

  /** A landmark of nodes with weight left, one of which must be chosen before `goal` can be met. */
  private landmarkBefore(goal: number, condition: number): Landmark {
    const { memberStart, members } = this.problem;
    const { residual, missing, reachedAt, visited } = this;
    const visit = ++this.visit;
    const nodes: number[] = [];
    const stack = [goal];
    visited[goal] = visit;
    for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
      if (residual[x]! > 0) {
        nodes.push(x);
        continue;
      }
      const unmet: number[] = [];
      for (let m = memberStart[x]!; m < memberStart[x + 1]!; m++)
        if (reachedAt[members[m]!] === 0) unmet.push(members[m]!);
      this.work += memberStart[x + 1]! - memberStart[x]! + 1;
      const lacking = missing[x]!;
      if (stack.length === 0 && nodes.length === 0) {
        const paying = [...new Set(unmet)].filter((v) => residual[v]! > 0);
        const payingTimes = unmet.filter((v) => residual[v]! > 0).length;
        // Members that repeat count once here: fewer of them may do.
        if (paying.length === payingTimes) {
          const least = lacking - (unmet.length - paying.length);
          if (least >= 1) return { nodes: paying, need: least, condition };
        }
      }
      // When this many of the unmet members stay unmet, x stays unmet.
      let follow = unmet.length - lacking + 1;
      if (follow < unmet.length) {
        const value = (v: number) => (visited[v] === visit ? Number.POSITIVE_INFINITY : residual[v]!);
        unmet.sort((a, b) => (value(b) === value(a) ? 0 : value(b) > value(a) ? 1 : -1));
      }
      for (const v of unmet) {
        if (follow-- <= 0) break;
        if (visited[v] === visit) continue;
        visited[v] = visit;
        stack.push(v);
      }
    }
    return { nodes, need: 1, condition };
  }

  /**
   * After an ascent that ended below `upper`: a plan for the goals and the `wanted` within the nodes whose
   * weight is used up, none of its nodes idle.
   */
  cheapestReached(wanted: readonly number[]): number[] {
    const { memberStart, members, need, weight, goals } = this.problem;
    const { reachedAt, estimate, inPlan } = this;
    inPlan.fill(0);
    const stack: number[] = [];
    const plan: number[] = [];
    const pick = (v: number) => {
      if (inPlan[v] === 1) return;
      inPlan[v] = 1;
      stack.push(v);
      if (weight[v]! > 0) plan.push(v);
    };
    for (const goal of goals) pick(goal);
    for (const goal of wanted) pick(goal);
    for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
      const options: number[] = [];
      for (let m = memberStart[x]!; m < memberStart[x + 1]!; m++) {
        const at = reachedAt[members[m]!]!;
        if (at !== 0 && at < reachedAt[x]!) options.push(members[m]!);
      }
      this.work += options.length + 1;
      if (options.length > need[x]!) {
        const price = (v: number) => (inPlan[v] === 1 ? -1 : estimate[v]!);
        options.sort((a, b) => price(a) - price(b) || a - b);
      }
      for (let i = 0; i < need[x]!; i++) pick(options[i]!);
    }
    return this.withoutIdle(plan, wanted);
  }

  /** Drops, dearest first, each node without which the rest still meets the goals. */
  private withoutIdle(plan: readonly number[], wanted: readonly number[]): number[] {
    const { weight } = this.problem;
    const kept = new Set(plan);
    const order = [...plan].sort((a, b) => weight[b]! - weight[a]! || b - a);
    for (const v of order) {
      kept.delete(v);
      if (!this.meets(kept, wanted)) kept.add(v);
    }
    return plan.filter((v) => kept.has(v));
  }

  /** Whether forward chaining over the chosen nodes meets the goals and the wanted. O(nodes + members). */
  private meets(chosen: ReadonlySet<number>, wanted: readonly number[]): boolean {
    const { nodeCount, need, weight, userStart, users, goals } = this.problem;
    const missing = Int32Array.from(need);
    const met: number[] = [];
    const usable = (v: number) => weight[v] === 0 || chosen.has(v);
    for (let v = 0; v < nodeCount; v++) if (missing[v] === 0 && usable(v)) met.push(v);
    for (let head = 0; head < met.length; head++) {
      const v = met[head]!;
      this.work += userStart[v + 1]! - userStart[v]! + 1;
      for (let u = userStart[v]!; u < userStart[v + 1]!; u++)
        if (--missing[users[u]!]! === 0 && usable(users[u]!)) met.push(users[u]!);
    }
    const isMet = new Set(met);
    return goals.every((goal) => isMet.has(goal)) && wanted.every((node) => isMet.has(node));
  }

  /**
   * The node to decide next: of the plan's free nodes the one in which landmarks that the plan pays more than
   * once were charged most. Such landmarks are the whole difference between the plan's weight and the bound.
   */
  mostOverpaid(plan: readonly number[], status: Uint8Array): number {
    const { inPlan } = this;
    const score = new Map<number, number>();
    inPlan.fill(0);
    for (const v of plan) inPlan[v] = 1;
    for (let i = 0; i < this.charged.length; i++) {
      const { nodes, need } = this.landmarks[this.charged[i]!]!;
      this.work += nodes.length;
      let hits = 0;
      for (const v of nodes) hits += inPlan[v]!;
      if (hits <= need) continue;
      for (const v of nodes)
        if (inPlan[v] === 1) score.set(v, (score.get(v) ?? 0) + this.charges[i]! * (hits - need));
    }
    let best = -1;
    let bestScore = -1;
    for (const v of plan) {
      if (status[v] !== 0) continue;
      const s = score.get(v) ?? 0;
      if (s > bestScore) {
        best = v;
        bestScore = s;
      }
    }
    return best;
  }
}
