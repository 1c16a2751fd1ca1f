import { IntList } from "../../graph/model/integers.ts";
import type { SearchSpace } from "../problem/choice-problem.ts";
import type { LandmarkPool } from "./landmark-pool.ts";
import type { MeetingOrder } from "./meeting-order.ts";

const stack = new IntList();
const options = new IntList();

/** A landmark must be violated by so much to be worth keeping. */
const LEAST_VIOLATION = 0.02;

/**
 * Finds landmarks that a fractional plan violates: sets of nodes of which every plan holds one, but of which
 * `share` holds less than one in sum.
 *
 * The cheapest way to cut a node off is to cut the node itself, or enough of its members. Computed members
 * first, as if these shared nothing, which overestimates; the cut itself is then weighed with what is shared.
 */
export class LandmarkSeparation {
  private readonly space: SearchSpace;
  private readonly order: MeetingOrder;
  private readonly cut: Float64Array;
  private readonly costs: number[] = [];

  constructor(space: SearchSpace, order: MeetingOrder) {
    this.space = space;
    this.order = order;
    this.cut = new Float64Array(space.problem.nodeCount);
  }

  /** Adds violated landmarks, at most one per goal. */
  *separate(pool: LandmarkPool, share: Float64Array): Generator<void, void> {
    this.weighCuts(share);
    for (let g = 0; g < this.space.problem.goals.length && !this.space.isSpent(); g++) {
      const before = pool.nodes.length;
      if (this.collect(pool, this.space.problem.goals[g]!, share) < 1 - LEAST_VIOLATION) pool.add(1, -1);
      else pool.nodes.length = before;
      if (this.space.isPauseDue()) yield;
    }
  }

  private weighCuts(share: Float64Array): void {
    const { cut } = this;
    const order = this.order.nodes;
    const { weight } = this.space.problem;
    for (let i = 0; i < order.length; i++) {
      const v = order[i]!;
      const behind = this.cutBehind(v, share);
      cut[v] = weight[v]! > 0 && share[v]! <= behind ? share[v]! : behind;
    }
    this.space.work += order.length + this.space.problem.members.length;
  }

  /** The price of cutting off enough members. */
  private cutBehind(v: number, share: Float64Array): number {
    const { memberStart, need } = this.space.problem;
    const begin = memberStart[v]!;
    const count = memberStart[v + 1]! - begin;
    if (count === 0) return Number.POSITIVE_INFINITY;
    const follow = count - need[v]! + 1;
    let sum = 0;
    if (follow === count) {
      for (let m = begin; m < begin + count; m++) sum += this.priceOf(m, v, share);
      return sum;
    }
    const { costs } = this;
    costs.length = 0;
    for (let m = begin; m < begin + count; m++) costs.push(this.priceOf(m, v, share));
    costs.sort(ascending);
    for (let i = 0; i < follow; i++) sum += costs[i]!;
    return sum;
  }

  /** What cutting off the member at a place costs: members met later than the user can only be cut themselves. */
  private priceOf(place: number, user: number, share: Float64Array): number {
    const member = this.space.problem.members[place]!;
    if (this.order.rank[member]! < this.order.rank[user]!) return this.cut[member]!;
    return this.space.problem.weight[member]! > 0 ? share[member]! : Number.POSITIVE_INFINITY;
  }

  /** Pushes the nodes of the cut before a goal and returns their shares' sum. */
  private collect(pool: LandmarkPool, goal: number, share: Float64Array): number {
    const { visited, problem } = this.space;
    const { memberStart, members, need, weight } = problem;
    const visit = ++this.space.visit;
    let sum = 0;
    stack.clear();
    stack.push(goal);
    visited[goal] = visit;
    while (stack.length > 0) {
      const v = stack.items[--stack.length]!;
      if (weight[v]! > 0 && share[v]! <= this.cut[v]!) {
        pool.nodes.push(v);
        sum += share[v]!;
        continue;
      }
      if (this.isUncut(v)) return Number.POSITIVE_INFINITY;
      options.clear();
      for (let m = memberStart[v]!; m < memberStart[v + 1]!; m++) options.push(m);
      this.space.work += options.length;
      const follow = options.length - need[v]! + 1;
      for (let place = 0; place < follow; place++) {
        const member = members[this.bringCheapestTo(place, v, share)]!;
        if (visited[member] === visit) continue;
        visited[member] = visit;
        stack.push(member);
      }
    }
    return sum;
  }

  private isUncut(v: number): boolean {
    const { memberStart } = this.space.problem;
    return memberStart[v + 1] === memberStart[v];
  }

  /** Of the members not chosen yet: what is cut off already costs nothing more. */
  private bringCheapestTo(place: number, user: number, share: Float64Array): number {
    const { visited, visit, problem } = this.space;
    const { items, length } = options;
    let best = place;
    let bestPrice = Number.POSITIVE_INFINITY;
    for (let i = place; i < length; i++) {
      const isCut = visited[problem.members[items[i]!]!] === visit;
      const price = isCut ? -1 : this.priceOf(items[i]!, user, share);
      if (price >= bestPrice) continue;
      best = i;
      bestPrice = price;
    }
    const chosen = items[best]!;
    items[best] = items[place]!;
    items[place] = chosen;
    return chosen;
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}
