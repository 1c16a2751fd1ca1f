import { chainRows } from "../../graph/model/integers.ts";
import { planFromReached, withoutIdle } from "./plan.ts";
import { keepSmallest } from "./smallest.ts";
import { BARRED, type SearchSpace } from "./space.ts";

/**
 * Prices end here: nodes in use more than once are counted as often, so that prices grow with a power of the depth. Any
 * number of them adds up to a number, and only what cannot be met is infinite.
 */
const MAX_PRICE = 1e290;

/** The nodes of a problem in an order in which all of them can be met. */
interface ReachabilityOrder {
  readonly nodes: Int32Array;
  /** Per node: its place in `nodes`. */
  readonly rank: Int32Array;
}

/**
 * Plans made greedily: good ones, proved by nothing. For each node the members are taken that are cheapest by a price,
 * in the order in which nodes can be met; prices of 0 draw it to a plan, infinite ones keep it away from a node.
 */
export class GreedyPlans {
  private readonly space: SearchSpace;
  private readonly price: Float64Array;
  private order: ReachabilityOrder | undefined;

  constructor(space: SearchSpace) {
    this.space = space;
    this.price = new Float64Array(space.problem.nodeCount);
  }

  /** A light plan that meets the goals and the wanted without the barred. O(size of the problem). */
  light(wanted: readonly number[]): number[] | undefined {
    this.priceByWeight();
    return this.byPrice(wanted);
  }

  /**
   * A plan improved by local search: it tries to do without each node of the plan in turn, keeping to the rest of it
   * where that helps, and begins again with every lighter plan. Ends when no node can be spared, or at `workEnd`.
   */
  *improved(
    plan: readonly number[],
    wanted: readonly number[],
    workEnd: number,
  ): Generator<void, readonly number[]> {
    const { space, price } = this;
    let best = plan;
    for (let at = 0; at < best.length && space.work < workEnd; at++) {
      this.priceByWeight();
      for (const node of best) price[node] = 0;
      price[best[at]!] = Number.POSITIVE_INFINITY;
      const other = this.byPrice(wanted);
      if (other !== undefined && space.weightOf(other) < space.weightOf(best)) {
        best = other;
        at = -1;
      }
      if (space.isPauseDue()) yield;
    }
    return best;
  }

  private priceByWeight(): void {
    const { status, problem } = this.space;
    const { nodeCount, weight } = problem;
    for (let v = 0; v < nodeCount; v++)
      this.price[v] = status[v] === BARRED ? Number.POSITIVE_INFINITY : weight[v]!;
    this.space.work += nodeCount;
  }

  /** A plan of low price, nodes in use more than once counted as often, without what is idle in it. */
  private byPrice(wanted: readonly number[]): number[] | undefined {
    const { space, price } = this;
    const { reachedAt, estimate, problem } = space;
    const { need, memberStart, members, goals } = problem;
    this.order ??= reachabilityOrder(space);
    const { nodes, rank } = this.order;
    const cheapest: number[] = [];
    for (let i = 0; i < nodes.length; i++) {
      const v = nodes[i]!;
      let total = price[v]!;
      const wantedMembers = need[v]!;
      if (wantedMembers > 0 && total < Number.POSITIVE_INFINITY) {
        cheapest.length = 0;
        for (let m = memberStart[v]!; m < memberStart[v + 1]!; m++) {
          const member = members[m]!;
          if (rank[member]! < i) keepSmallest(cheapest, estimate[member]!, wantedMembers);
        }
        if (cheapest.length < wantedMembers) total = Number.POSITIVE_INFINITY;
        else for (let k = 0; k < wantedMembers; k++) total += cheapest[k]!;
      }
      const isMet = total < Number.POSITIVE_INFINITY;
      estimate[v] = isMet ? Math.min(total, MAX_PRICE) : total;
      reachedAt[v] = isMet ? i + 1 : 0;
    }
    space.work += nodes.length + members.length;
    for (const goal of goals) if (reachedAt[goal] === 0) return undefined;
    for (const node of wanted) if (reachedAt[node] === 0) return undefined;
    return withoutIdle(space, planFromReached(space, wanted), wanted);
  }
}

/**
 * All members before their users where there are no loops; else forward chaining, in which some come later, and are
 * not considered for these users. O(size of the problem).
 */
function reachabilityOrder(space: SearchSpace): ReachabilityOrder {
  const { nodeCount, need, memberStart, userStart, users, hasLoop } = space.problem;
  const nodes = new Int32Array(nodeCount);
  const lacking = hasLoop ? need.slice() : need.map((_, v) => memberStart[v + 1]! - memberStart[v]!);
  const count = chainRows(nodeCount, lacking, userStart, users, nodes);
  const rank = new Int32Array(nodeCount).fill(nodeCount);
  for (let i = 0; i < count; i++) rank[nodes[i]!] = i;
  space.work += 4 * nodeCount;
  return { nodes: nodes.subarray(0, count), rank };
}
