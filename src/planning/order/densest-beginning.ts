import { IntList, MarkedValues } from "../../graph/model/integers.ts";
import type { StepGraph } from "./used-prerequisites.ts";

/**
 * Steps as jobs of one machine: each has a weight and takes a time above 0. The *density* of a set is its weight by its
 * time. A *beginning* of a set holds with each step all that the step needs within the set.
 */
export interface Jobs extends Pick<StepGraph, "needs"> {
  readonly weight: readonly number[];
  readonly time: readonly number[];
}

/** Counts elementary operations. */
export interface Work {
  done: number;
}

/**
 * A beginning of greatest density, the least of those that are found first: by Dinkelbach's iteration on the heaviest
 * beginning for the weight `weight − density · time`, which is a minimum cut (Picard 1976). O(iterations × a maximum
 * flow); some three iterations.
 *
 * Weights times the sum of times must be exact in a double.
 */
export function densestBeginning(jobs: Jobs, steps: readonly number[], work: Work): readonly number[] {
  let best = steps;
  for (;;) {
    const weight = sumOf(best, jobs.weight);
    const time = sumOf(best, jobs.time);
    const denser = new Cut(jobs, steps, weight, time).heaviest(work);
    if (denser === undefined || denser.length === best.length) return best;
    best = denser;
  }
}

export function sumOf(steps: readonly number[], values: readonly number[]): number {
  let sum = 0;
  for (const step of steps) sum += values[step]!;
  return sum;
}

/*
 * The network of the cut at hand, in room that is kept for the next: an order takes dozens of cuts, none of which pauses.
 * Edges come in pairs, there and back; those of a node are a list by `nextEdge` from `firstEdge` on.
 */

const nodeOf = new MarkedValues();
const firstEdge = new IntList();
const nextEdge = new IntList();
const to = new IntList();
let capacity = new Float64Array(64);
const level = new IntList();
/** The edge with which each node goes on. */
const current = new IntList();
const queue = new IntList();

/** The network in which a minimum cut parts the heaviest beginning from the rest (Dinic's algorithm). */
class Cut {
  private readonly source: number;
  private readonly sink: number;
  /** The sum of all gains that no beginning needs to give up anything for. */
  private gain = 0;

  constructor(
    { needs, weight, time }: Jobs,
    private readonly steps: readonly number[],
    numerator: number,
    denominator: number,
  ) {
    this.source = steps.length;
    this.sink = steps.length + 1;
    const nodes = steps.length + 2;
    firstEdge.reserve(nodes).fill(-1, 0, nodes);
    level.reserve(nodes);
    current.reserve(nodes);
    nextEdge.clear();
    to.clear();
    nodeOf.begin(needs.length);
    for (let node = 0; node < steps.length; node++) nodeOf.set(steps[node]!, node);
    for (let node = 0; node < steps.length; node++) {
      const step = steps[node]!;
      const gain = weight[step]! * denominator - numerator * time[step]!;
      if (gain > 0) {
        this.gain += gain;
        addEdges(this.source, node, gain);
      } else if (gain < 0) addEdges(node, this.sink, -gain);
      for (const prerequisite of needs[step]!) {
        const other = nodeOf.get(prerequisite);
        if (other !== -1) addEdges(node, other, Number.POSITIVE_INFINITY);
      }
    }
  }

  /** The heaviest beginning, when its weight is above 0; in the order of the steps. */
  heaviest(work: Work): readonly number[] | undefined {
    let flow = 0;
    while (this.reachesSink(work)) {
      current.items.set(firstEdge.items.subarray(0, this.sink + 1));
      for (let more = this.push(this.source, Number.POSITIVE_INFINITY); more > 0; ) {
        flow += more;
        more = this.push(this.source, Number.POSITIVE_INFINITY);
      }
    }
    if (flow >= this.gain) return undefined;
    return this.steps.filter((_, node) => level.items[node]! >= 0);
  }

  private reachesSink(work: Work): boolean {
    level.items.fill(-1, 0, this.sink + 1);
    level.items[this.source] = 0;
    queue.clear();
    queue.push(this.source);
    for (let at = 0; at < queue.length; at++) {
      const node = queue.items[at]!;
      for (let edge = firstEdge.items[node]!; edge !== -1; edge = nextEdge.items[edge]!) {
        const other = to.items[edge]!;
        if (capacity[edge]! <= 0 || level.items[other]! >= 0) continue;
        level.items[other] = level.items[node]! + 1;
        queue.push(other);
      }
    }
    work.done += to.length;
    return level.items[this.sink]! >= 0;
  }

  /** Pushes flow along one way of the levels. As deep as there are levels: no more than a part has steps. */
  private push(node: number, atMost: number): number {
    if (node === this.sink) return atMost;
    for (; current.items[node] !== -1; current.items[node] = nextEdge.items[current.items[node]!]!) {
      const edge = current.items[node]!;
      const other = to.items[edge]!;
      if (capacity[edge]! <= 0 || level.items[other] !== level.items[node]! + 1) continue;
      const pushed = this.push(other, Math.min(atMost, capacity[edge]!));
      if (pushed === 0) continue;
      capacity[edge]! -= pushed;
      capacity[edge ^ 1]! += pushed;
      return pushed;
    }
    return 0;
  }
}

/** Adds an edge and its way back, which takes nothing yet. */
function addEdges(from: number, end: number, most: number): void {
  addEdge(from, end, most);
  addEdge(end, from, 0);
}

function addEdge(from: number, end: number, most: number): void {
  const edge = to.length;
  if (edge === capacity.length) {
    const grown = new Float64Array(2 * edge);
    grown.set(capacity);
    capacity = grown;
  }
  capacity[edge] = most;
  to.push(end);
  nextEdge.push(firstEdge.items[from]!);
  firstEdge.items[from] = edge;
}
