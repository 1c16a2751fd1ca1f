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

/** The network in which a minimum cut parts the heaviest beginning from the rest (Dinic's algorithm). */
class Cut {
  private readonly source: number;
  private readonly sink: number;
  private readonly edges: number[][];
  private readonly to: number[] = [];
  private readonly capacity: number[] = [];
  private level: number[] = [];
  private next: number[] = [];
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
    this.edges = Array.from({ length: steps.length + 2 }, () => []);
    const nodeOf = new Map(steps.map((step, node) => [step, node]));
    steps.forEach((step, node) => {
      const gain = weight[step]! * denominator - numerator * time[step]!;
      if (gain > 0) {
        this.gain += gain;
        this.add(this.source, node, gain);
      } else if (gain < 0) this.add(node, this.sink, -gain);
      for (const prerequisite of needs[step]!) {
        const other = nodeOf.get(prerequisite);
        if (other !== undefined) this.add(node, other, Number.POSITIVE_INFINITY);
      }
    });
  }

  /** The heaviest beginning, when its weight is above 0; in the order of the steps. */
  heaviest(work: Work): readonly number[] | undefined {
    let flow = 0;
    while (this.reachesSink(work)) {
      this.next = this.edges.map(() => 0);
      for (let more = this.push(this.source, Number.POSITIVE_INFINITY); more > 0; ) {
        flow += more;
        more = this.push(this.source, Number.POSITIVE_INFINITY);
      }
    }
    if (flow >= this.gain) return undefined;
    return this.steps.filter((_, node) => this.level[node]! >= 0);
  }

  private add(from: number, to: number, capacity: number): void {
    this.edges[from]!.push(this.to.length);
    this.to.push(to);
    this.capacity.push(capacity);
    this.edges[to]!.push(this.to.length);
    this.to.push(from);
    this.capacity.push(0);
  }

  private reachesSink(work: Work): boolean {
    this.level = this.edges.map(() => -1);
    this.level[this.source] = 0;
    const queue = [this.source];
    for (const node of queue)
      for (const edge of this.edges[node]!) {
        const to = this.to[edge]!;
        if (this.capacity[edge]! <= 0 || this.level[to]! >= 0) continue;
        this.level[to] = this.level[node]! + 1;
        queue.push(to);
      }
    work.done += this.to.length;
    return this.level[this.sink]! >= 0;
  }

  /** Pushes flow along one way of the levels. As deep as there are levels: no more than a part has steps. */
  private push(node: number, atMost: number): number {
    if (node === this.sink) return atMost;
    const edges = this.edges[node]!;
    for (; this.next[node]! < edges.length; this.next[node]!++) {
      const edge = edges[this.next[node]!]!;
      const to = this.to[edge]!;
      if (this.capacity[edge]! <= 0 || this.level[to] !== this.level[node]! + 1) continue;
      const pushed = this.push(to, Math.min(atMost, this.capacity[edge]!));
      if (pushed === 0) continue;
      this.capacity[edge]! -= pushed;
      this.capacity[edge ^ 1]! += pushed;
      return pushed;
    }
    return 0;
  }
}
