import { IntList } from "../../graph/model/integers.ts";
import { Landmarks } from "./landmarks.ts";
import { keepSmallest } from "./smallest.ts";
import { BARRED, type SearchSpace, TAKEN } from "./space.ts";

/**
 * A lower bound on the weight of plans, by dual ascent over disjunctive landmarks.
 *
 * A landmark is a set of nodes of which every plan holds at least `need`. Each landmark is charged the least that it
 * must cost, and the charge is taken off its nodes' weights, so that no weight is charged twice: the sum of the
 * charges bounds every plan from below. While the nodes whose weight is used up do not yet meet the goals, what
 * blocks them is a further landmark. When they do, they contain a plan, usually one of least weight.
 *
 * The idea is that of LM-cut (Helmert & Domshlak 2009), here cut at the goals' end and for at-least-k. Landmarks stay
 * true under decisions, so they are kept, and charged first next time.
 */
export class LandmarkBound {
  readonly landmarks = new Landmarks();
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

  /** Begins to bound the plans that hold all `taken` and no barred nodes; `advance` goes on. */
  begin(taken: readonly number[], upper: number): void {
    const { landmarks, space } = this;
    this.taken = taken;
    this.upper = upper;
    this.at = 0;
    let bound = this.startResiduals();
    const { condition, charge } = landmarks;
    for (let l = 0; l < landmarks.count; l++) {
      charge[l] = 0;
      const on = condition.items[l]!;
      if (bound >= upper || (on >= 0 && space.status[on] !== TAKEN)) continue;
      bound += this.charge(l);
    }
    this.value = bound;
    if (bound < upper) this.startChaining();
  }

  /**
   * Raises the bound until it is done, or until `workEnd` operations were done in all. True when it is done: then
   * either the bound is at least `upper`, Infinity when there are no plans, or the nodes reached contain a plan, and
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

  /** Charges the taken nodes in full and returns what they weigh; what is left of the others is their weight. */
  private startResiduals(): number {
    const { status, residual, problem } = this.space;
    const { nodeCount, weight } = problem;
    let bound = 0;
    for (let v = 0; v < nodeCount; v++) {
      residual[v] = status[v] === BARRED ? Number.POSITIVE_INFINITY : weight[v]!;
      if (status[v] !== TAKEN) continue;
      bound += weight[v]!;
      residual[v] = 0;
    }
    this.space.work += nodeCount;
    return bound;
  }

  private chargeWhatBlocks(goal: number, condition: number): void {
    const { landmarks } = this;
    const { residual, missing } = this.space;
    const landmark = this.addLandmarkBefore(goal, condition);
    this.value += this.charge(landmark);
    const to = landmarks.start.items[landmark + 1]!;
    for (let i = landmarks.start.items[landmark]!; i < to; i++) {
      const v = landmarks.nodes.items[i]!;
      if (residual[v] === 0 && missing[v] === 0) this.reach(v);
    }
    this.chain();
  }

  /** Charges a landmark and returns by how much the bound grows. */
  private charge(index: number): number {
    const { landmarks } = this;
    const { residual } = this.space;
    const nodes = landmarks.nodes.items;
    const begin = landmarks.start.items[index]!;
    const end = landmarks.start.items[index + 1]!;
    const need = landmarks.need.items[index]!;
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
    landmarks.charge[index] = charge;
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
    const { landmarks, stack, unmet } = this;
    const { residual, missing, reachedAt, visited, problem } = this.space;
    const { memberStart, members } = problem;
    const visit = ++this.space.visit;
    const before = landmarks.nodes.length;
    stack.clear();
    stack.push(goal);
    visited[goal] = visit;
    while (stack.length > 0) {
      const x = stack.items[--stack.length]!;
      if (residual[x]! > 0) {
        landmarks.nodes.push(x);
        continue;
      }
      const end = memberStart[x + 1]!;
      this.space.work += end - memberStart[x]! + 1;
      unmet.clear();
      for (let m = memberStart[x]!; m < end; m++) if (reachedAt[members[m]!] === 0) unmet.push(members[m]!);
      // When this many of the unmet members stay unmet, x stays unmet.
      const follow = unmet.length - missing[x]! + 1;
      if (stack.length === 0 && landmarks.nodes.length === before) {
        const need = this.pushPaying(missing[x]!);
        if (need > 0) return landmarks.add(need, condition);
      }
      if (follow < unmet.length) this.bringDearestForward(follow, visit);
      for (let i = 0; i < follow; i++) {
        const v = unmet.items[i]!;
        if (visited[v] === visit) continue;
        visited[v] = visit;
        stack.push(v);
      }
    }
    return landmarks.add(1, condition);
  }

  /**
   * If the unmet members that have weight left cannot be avoided altogether, pushes them and returns how many
   * of them it takes; otherwise 0. Members that repeat are left to the general case: fewer of them may do.
   */
  private pushPaying(lacking: number): number {
    const { landmarks, unmet } = this;
    const { residual, seen } = this.space;
    const stamp = ++this.space.visit;
    const before = landmarks.nodes.length;
    let repeats = false;
    for (let i = 0; i < unmet.length; i++) {
      const v = unmet.items[i]!;
      if (!(residual[v]! > 0)) continue;
      if (seen[v] === stamp) repeats = true;
      seen[v] = stamp;
      landmarks.nodes.push(v);
    }
    const paying = landmarks.nodes.length - before;
    const need = lacking - (unmet.length - paying);
    if (repeats || need < 1) {
      landmarks.nodes.length = before;
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
