import { IntList } from "../../graph/model/integers.ts";
import { BARRED, type SearchSpace, TAKEN } from "../problem/choice-problem.ts";
import { LandmarkPool } from "./landmark-pool.ts";
import { keepSmallest } from "./smallest.ts";

/**
 * A lower bound on the weight of plans of one part, by dual ascent over disjunctive landmarks.
 *
 * A landmark is a set of nodes of which every plan holds at least so many. Each is charged the least it must
 * cost, and the charge is taken off its nodes' weights, so that no weight is charged twice: the sum of the
 * charges bounds every plan from below. While the nodes whose weight is used up do not yet meet the goals,
 * what blocks them is a further landmark (the idea of LM-cut, Helmert and Domshlak 2009, here cut at the
 * goals' end and for at-least-k). When they do, they contain a plan, usually a cheapest one.
 *
 * Landmarks stay true under decisions, so they are kept and charged first next time, beginning with the
 * multipliers that `LandmarkMultipliers` found.
 */
export class LandmarkBound {
  readonly pool = new LandmarkPool();
  /** The bound proved so far by the last ascent: true of all plans at any time. */
  value = 0;
  private upper = 0;
  private taken: readonly number[] = [];
  /** Which goal, or taken node, the ascent is at. */
  private at = 0;
  private readonly space: SearchSpace;
  private queued = 0;
  private chained = 0;
  private readonly stack = new IntList();
  private readonly unmet = new IntList();
  private readonly costs: number[] = [];

  constructor(space: SearchSpace) {
    this.space = space;
  }

  /**
   * Begins to bound the plans that hold all `taken` and no barred nodes; `advance` goes on. Without multipliers
   * the bound is exact where little is left to decide; with them it is stronger elsewhere.
   */
  begin(taken: readonly number[], upper: number, withMultipliers: boolean): void {
    const { pool, space } = this;
    this.taken = taken;
    this.upper = upper;
    this.at = 0;
    let bound = this.startResiduals(withMultipliers);
    const { condition } = pool;
    for (let l = 0; l < pool.count; l++) {
      pool.extra[l] = 0;
      const on = condition.items[l]!;
      if (bound >= upper || (on >= 0 && space.status[on] !== TAKEN)) continue;
      bound += this.charge(l);
    }
    this.value = bound;
    if (bound < upper) this.startChaining();
  }

  /**
   * Raises the bound until it is done, or until so much work was done in all. True when it is done: then either
   * the bound is at least `upper`, Infinity when there are no plans, or the nodes reached contain a plan, and
   * plans with one more node weigh at least the bound and the node's residual.
   */
  advance(workEnd: number): boolean {
    const { space, taken } = this;
    const { goals } = space.problem;
    for (; this.value < this.upper && this.at < goals.length + taken.length; this.at++) {
      const isGoal = this.at < goals.length;
      const node = isGoal ? goals[this.at]! : taken[this.at - goals.length]!;
      while (this.value < this.upper && space.reachedAt[node] === 0) {
        if (space.work >= workEnd) return false;
        this.chargeWhatBlocks(node, isGoal ? -1 : node);
      }
    }
    return true;
  }

  /** Sets the residual weights under the multipliers and returns the bound that these give. */
  startResiduals(withMultipliers: boolean): number {
    const { pool } = this;
    const { status, residual, problem } = this.space;
    const { nodeCount, weight } = problem;
    let bound = 0;
    for (let v = 0; v < nodeCount; v++)
      residual[v] = status[v] === BARRED ? Number.POSITIVE_INFINITY : weight[v]!;
    if (withMultipliers) {
      const nodes = pool.nodes.items;
      const start = pool.start.items;
      for (let l = 0; l < pool.count; l++) {
        const multiplier = pool.kept[l]!;
        const on = pool.condition.items[l]!;
        if (multiplier === 0 || (on >= 0 && status[on] !== TAKEN)) continue;
        bound += multiplier * pool.need.items[l]!;
        for (let i = start[l]!; i < start[l + 1]!; i++) residual[nodes[i]!]! -= multiplier;
      }
      this.space.work += pool.nodes.length;
    }
    for (let v = 0; v < nodeCount; v++) {
      // A node that pays for itself is best taken: that lowers the bound by what it pays too much.
      if (status[v] === TAKEN || residual[v]! < 0) {
        bound += residual[v]!;
        residual[v] = 0;
      }
    }
    this.space.work += nodeCount;
    return bound;
  }

  private chargeWhatBlocks(goal: number, condition: number): void {
    const { pool } = this;
    const { residual, missing } = this.space;
    const landmark = this.addLandmarkBefore(goal, condition);
    this.value += this.charge(landmark);
    const to = pool.start.items[landmark + 1]!;
    for (let i = pool.start.items[landmark]!; i < to; i++) {
      const v = pool.nodes.items[i]!;
      if (residual[v] === 0 && missing[v] === 0) this.reach(v);
    }
    this.chain();
  }

  /** Charges a landmark and returns by how much the bound grows. */
  private charge(index: number): number {
    const { pool } = this;
    const { residual } = this.space;
    const nodes = pool.nodes.items;
    const begin = pool.start.items[index]!;
    const end = pool.start.items[index + 1]!;
    const need = pool.need.items[index]!;
    this.space.work += end - begin;
    let gain: number;
    let charge = Number.POSITIVE_INFINITY;
    if (need === 1) {
      for (let i = begin; i < end; i++) if (residual[nodes[i]!]! < charge) charge = residual[nodes[i]!]!;
      gain = charge;
    } else {
      // The cheapest `need` must be paid; each is charged at most as much as the dearest of them.
      const { costs } = this;
      costs.length = 0;
      for (let i = begin; i < end; i++) keepSmallest(costs, residual[nodes[i]!]!, need);
      if (costs.length === need) charge = costs[need - 1]!;
      gain = costs.length === need ? 0 : Number.POSITIVE_INFINITY;
      for (let i = 0; i < costs.length; i++) gain += costs[i]!;
    }
    if (charge === 0 || gain === Number.POSITIVE_INFINITY) return gain;
    for (let i = begin; i < end; i++) {
      const left = residual[nodes[i]!]! - charge;
      residual[nodes[i]!] = left > 0 ? left : 0;
    }
    pool.extra[index] = charge;
    return gain;
  }

  private startChaining(): void {
    const { missing, reachedAt, estimate, residual, problem } = this.space;
    const { nodeCount, need } = problem;
    this.queued = this.chained = 0;
    for (let v = 0; v < nodeCount; v++) {
      missing[v] = need[v]!;
      reachedAt[v] = 0;
      estimate[v] = 0;
    }
    for (let v = 0; v < nodeCount; v++) if (need[v] === 0 && residual[v] === 0) this.reach(v);
    this.chain();
  }

  private reach(v: number): void {
    const { reachedAt, queue } = this.space;
    if (reachedAt[v] !== 0) return;
    queue[this.queued++] = v;
    reachedAt[v] = this.queued;
  }

  private chain(): void {
    const { missing, residual, estimate, queue, problem } = this.space;
    const { userStart, users, weight } = problem;
    let work = 0;
    while (this.chained < this.queued) {
      const v = queue[this.chained++]!;
      const total = estimate[v]! + weight[v]!;
      estimate[v] = total;
      const end = userStart[v + 1]!;
      work += end - userStart[v]! + 1;
      for (let u = userStart[v]!; u < end; u++) {
        const user = users[u]!;
        if (missing[user]! <= 0) continue;
        estimate[user]! += total;
        if (--missing[user]! === 0 && residual[user] === 0) this.reach(user);
      }
    }
    this.space.work += work;
  }

  /** Adds a landmark of nodes with weight left, enough of which must be chosen before `goal` can be met. */
  private addLandmarkBefore(goal: number, condition: number): number {
    const { pool, stack, unmet } = this;
    const { residual, missing, reachedAt, visited, problem } = this.space;
    const { memberStart, members } = problem;
    const visit = ++this.space.visit;
    const before = pool.nodes.length;
    stack.clear();
    stack.push(goal);
    visited[goal] = visit;
    while (stack.length > 0) {
      const x = stack.items[--stack.length]!;
      if (residual[x]! > 0) {
        pool.nodes.push(x);
        continue;
      }
      const end = memberStart[x + 1]!;
      this.space.work += end - memberStart[x]! + 1;
      unmet.clear();
      for (let m = memberStart[x]!; m < end; m++) if (reachedAt[members[m]!] === 0) unmet.push(members[m]!);
      // When this many of the unmet members stay unmet, x stays unmet.
      const follow = unmet.length - missing[x]! + 1;
      if (stack.length === 0 && pool.nodes.length === before) {
        const need = this.pushPaying(missing[x]!);
        if (need > 0) return pool.add(need, condition);
      }
      if (follow < unmet.length) this.bringDearestForward(follow, visit);
      for (let i = 0; i < follow; i++) {
        const v = unmet.items[i]!;
        if (visited[v] === visit) continue;
        visited[v] = visit;
        stack.push(v);
      }
    }
    return pool.add(1, condition);
  }

  /**
   * If the unmet members that have weight left cannot be avoided altogether, pushes them and returns how many
   * of them it takes; otherwise 0. Members that repeat are left to the general case: fewer of them may do.
   */
  private pushPaying(lacking: number): number {
    const { pool, unmet } = this;
    const { residual, seen } = this.space;
    const stamp = ++this.space.visit;
    const before = pool.nodes.length;
    let repeats = false;
    for (let i = 0; i < unmet.length; i++) {
      const v = unmet.items[i]!;
      if (!(residual[v]! > 0)) continue;
      if (seen[v] === stamp) repeats = true;
      seen[v] = stamp;
      pool.nodes.push(v);
    }
    const paying = pool.nodes.length - before;
    const need = lacking - (unmet.length - paying);
    if (repeats || need < 1) {
      pool.nodes.length = before;
      return 0;
    }
    return need;
  }

  /** Moves to the front the unmet members that a landmark should follow: those it holds already, then the dearest. */
  private bringDearestForward(wanted: number, visit: number): void {
    const { unmet } = this;
    const { residual, visited } = this.space;
    const items = unmet.items;
    for (let place = 0; place < wanted; place++) {
      let best = place;
      let bestValue = -1;
      for (let i = place; i < unmet.length; i++) {
        const v = items[i]!;
        const value = visited[v] === visit ? Number.POSITIVE_INFINITY : residual[v]!;
        if (value > bestValue) {
          best = i;
          bestValue = value;
        }
      }
      const chosen = items[best]!;
      items[best] = items[place]!;
      items[place] = chosen;
    }
  }
}
