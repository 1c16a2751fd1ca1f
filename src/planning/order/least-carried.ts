import { carriedBound } from "./carried-bound.ts";
import { densestBeginning, type Jobs, type Work } from "./densest-beginning.ts";
import { improvedOrder } from "./improved-order.ts";
import { carriedCost, connectedParts, type StepGraph } from "./used-prerequisites.ts";

/** An order of some steps, and what is proved of it. */
export interface CarriedOrder {
  readonly order: readonly number[];
  /** What the order carries, and no order that begins so carries less than `lowerBound`. */
  readonly carried: number;
  readonly lowerBound: number;
  /** What the search took. */
  readonly work: number;
}

/** A larger part is ordered without a proof: its numbers would not be exact, and its proof would not end. */
const MAX_EXACT_STEPS = 250;

/**
 * The order of the steps of one connected part that carries least.
 *
 * Carried cost is Σ weight · end for weights of prerequisites less uses, so this is one machine under precedence
 * constraints, 1|prec|Σ wⱼCⱼ. Sidney (1975): some best order begins with a densest beginning, ordered for itself. A part
 * that is its own densest beginning is branched on: which step comes first, or which comes last, whichever leaves fewer
 * choices; what is left falls apart again. That alone is exact in polynomial time on trees and other series-parallel
 * pieces; equal pieces are solved once.
 *
 * `steps` in an order in which they can be learned, which is returned, improved, when the work runs out. Those of
 * `beginning`, with all that they need, come before the others. The search pauses between pieces. Equal arguments give
 * equal answers.
 */
export function* leastCarriedPart(
  graph: StepGraph,
  steps: readonly number[],
  maxWork: number,
  beginning: readonly number[] = [],
): Generator<void, CarriedOrder> {
  const begun = new Set(beginning);
  const rest = steps.filter((step) => !begun.has(step));
  let work = 0;
  if (steps.length <= MAX_EXACT_STEPS) {
    const search = new BranchedSearch(graph, steps, maxWork);
    const order = [...(yield* search.order(beginning)), ...(yield* search.order(rest))];
    work = search.work.done;
    if (!search.isSpent) {
      const carried = carriedCost(graph, order);
      return { order, carried, lowerBound: carried, work };
    }
  }
  // What the search has by then carries less still, but stands far from any author's order: databases after everything.
  const order = [...improvedOrder(graph, beginning), ...improvedOrder(graph, rest)];
  return { order, carried: carriedCost(graph, order), lowerBound: carriedBound(graph, steps), work };
}

class BranchedSearch {
  isSpent = false;
  readonly work: Work = { done: 0 };
  private readonly jobs: Jobs;
  /** The best orders of pieces, by their steps. */
  private readonly solved = new Map<string, readonly number[]>();

  constructor(
    private readonly graph: StepGraph,
    steps: readonly number[],
    private readonly maxWork: number,
  ) {
    // Steps that take no time need a density, too: less than any difference of carried cost counts a step itself. So
    // among orders that carry equally, one with fewer steps between is preferred.
    const uses = steps.reduce((sum, step) => sum + graph.needs[step]!.length, 0);
    const unit = uses * steps.length + 1;
    this.jobs = {
      needs: graph.needs,
      weight: graph.needs.map((list, step) => list.length - graph.usedBy[step]!.length),
      time: graph.cost.map((cost) => cost * unit + 1),
    };
  }

  /** The best order of any steps: densest beginnings one after the other. */
  *order(steps: readonly number[]): Generator<void, readonly number[]> {
    const order: number[] = [];
    let rest = steps;
    while (rest.length > 0) {
      const beginning = densestBeginning(this.jobs, rest, this.work);
      for (const piece of connectedParts(beginning, this.graph))
        for (const step of yield* this.piece(piece)) order.push(step);
      const taken = new Set(beginning);
      rest = rest.filter((step) => !taken.has(step));
    }
    return order;
  }

  /** The best order of a connected piece that is its own densest beginning. */
  private *piece(steps: readonly number[]): Generator<void, readonly number[]> {
    if (steps.length <= 1 || this.isSpent) return steps;
    if (this.work.done > this.maxWork) {
      this.isSpent = true;
      return steps;
    }
    const key = steps.join();
    const before = this.solved.get(key);
    if (before !== undefined) return before;
    yield;
    const inside = new Set(steps);
    const without = (lists: StepGraph["needs"]) =>
      steps.filter((step) => !lists[step]!.some((other) => inside.has(other)));
    const first = without(this.graph.needs);
    const last = without(this.graph.usedBy);
    const isForward = first.length <= last.length;
    let best: readonly number[] = steps;
    let least = Number.POSITIVE_INFINITY;
    for (const chosen of isForward ? first : last) {
      const rest = yield* this.order(steps.filter((step) => step !== chosen));
      const order = isForward ? [chosen, ...rest] : [...rest, chosen];
      const value = this.value(order);
      if (value >= least) continue;
      least = value;
      best = order;
    }
    this.solved.set(key, best);
    return best;
  }

  private value(order: readonly number[]): number {
    let end = 0;
    let value = 0;
    for (const step of order) {
      end += this.jobs.time[step]!;
      value += this.jobs.weight[step]! * end;
    }
    return value;
  }
}
