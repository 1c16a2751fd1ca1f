import { greedyPicks } from "./greedy-picks.ts";

/** A set to cover elements with. */
export interface WeightedSet {
  /** Elements, each once. */
  readonly elements: readonly number[];
  /** A safe integer ≥ 0. */
  readonly weight: number;
}

export interface LeastCover {
  /** Indices of the sets, ascending. */
  readonly chosen: readonly number[];
  readonly weight: number;
  readonly isOptimal: boolean;
}

/**
 * Weighted set cover: sets of least total weight that together hold every element.
 *
 * Branch and bound: the element that the fewest sets hold decides the branches; the bound is the dual of the
 * linear relaxation, raised element by element (Bar-Yehuda and Even 1981); the start is `greedyCover`. `work` counts the memberships that the search may touch; when it
 * is used up the best cover so far comes with `isOptimal: false`. Equal input gives equal output: branches
 * go by gain, then by index, and only a lighter cover replaces another.
 *
 * Exponential in the worst case, O(memberships) per branch. Throws a RangeError when no set holds an element.
 */
export function leastCover(elementCount: number, sets: readonly WeightedSet[], work: number): LeastCover {
  const holders: number[][] = Array.from({ length: elementCount }, () => []);
  sets.forEach((set, index) => {
    for (const element of set.elements) holders[element]!.push(index);
  });
  const lonely = holders.findIndex((list) => list.length === 0);
  if (lonely >= 0) throw new RangeError(`expected a set for every element, got none for element ${lonely}`);

  const search = new CoverSearch(sets, holders, work);
  search.run();
  return {
    chosen: search.best,
    weight: search.bestWeight,
    isOptimal: !search.isExhausted,
  };
}

/** The greedy picks, less those that later ones made needless, the heaviest first. Ascending. */
export function greedyCover(elementCount: number, sets: readonly WeightedSet[]): number[] {
  const chosen = greedyPicks(new Array<number>(elementCount).fill(1), sets);
  const covered = new Int32Array(elementCount);
  for (const s of chosen) for (const element of sets[s]!.elements) covered[element]! += 1;
  const dropped = new Set<number>();
  for (const s of [...chosen].sort((a, b) => sets[b]!.weight - sets[a]!.weight || b - a)) {
    if (!sets[s]!.elements.every((element) => covered[element]! > 1)) continue;
    dropped.add(s);
    for (const element of sets[s]!.elements) covered[element]! -= 1;
  }
  return chosen.filter((s) => !dropped.has(s)).sort((a, b) => a - b);
}

const COVERED = -1;
const PRUNED = -2;

class CoverSearch {
  isExhausted = false;
  best: number[];
  bestWeight: number;
  private readonly chosen: number[] = [];
  private weight = 0;
  private readonly covered: Int32Array;
  private readonly banned: Uint8Array;
  private readonly slack: Float64Array;
  /** Elements that few sets hold raise the bound most when they go first. */
  private readonly rareFirst: number[];

  constructor(
    private readonly sets: readonly WeightedSet[],
    private readonly holders: readonly (readonly number[])[],
    private work: number,
  ) {
    this.covered = new Int32Array(holders.length);
    this.banned = new Uint8Array(sets.length);
    this.slack = new Float64Array(sets.length);
    this.rareFirst = holders
      .map((_, element) => element)
      .sort((a, b) => holders[a]!.length - holders[b]!.length || a - b);
    this.best = greedyCover(holders.length, sets);
    this.bestWeight = this.best.reduce((sum, s) => sum + sets[s]!.weight, 0);
  }

  /** Explores the branches below the current choice. As deep as sets are chosen. */
  run(): void {
    const element = this.nextElement();
    if (element === PRUNED) return;
    if (element === COVERED) {
      if (this.weight >= this.bestWeight) return;
      this.best = [...this.chosen].sort((a, b) => a - b);
      this.bestWeight = this.weight;
      return;
    }
    if (this.work <= 0) {
      this.isExhausted = true;
      return;
    }
    const branches = this.holders[element]!.filter((s) => this.banned[s] === 0)
      .map((s) => ({ s, gain: this.gain(s) }))
      .sort((a, b) => b.gain - a.gain || this.sets[a.s]!.weight - this.sets[b.s]!.weight || a.s - b.s);
    for (const { s } of branches) {
      this.choose(s, 1);
      this.run();
      this.choose(s, -1);
      // What is left to try does without this set.
      this.banned[s] = 1;
    }
    for (const { s } of branches) this.banned[s] = 0;
  }

  private choose(s: number, sign: 1 | -1): void {
    if (sign === 1) this.chosen.push(s);
    else this.chosen.pop();
    this.weight += sign * this.sets[s]!.weight;
    for (const element of this.sets[s]!.elements) this.covered[element]! += sign;
  }

  private gain(s: number): number {
    let gain = 0;
    for (const element of this.sets[s]!.elements) if (this.covered[element] === 0) gain++;
    return gain;
  }

  /**
   * The uncovered element with the fewest sets left; `COVERED` when there is none, `PRUNED` when nothing below
   * can be lighter than the best.
   */
  private nextElement(): number {
    this.sets.forEach((set, s) => {
      this.slack[s] = set.weight;
    });
    let bound = this.weight;
    let pick = COVERED;
    let pickCount = Number.POSITIVE_INFINITY;
    for (const element of this.rareFirst) {
      if (this.covered[element] !== 0) continue;
      let least = Number.POSITIVE_INFINITY;
      let count = 0;
      for (const s of this.holders[element]!) {
        this.work -= 1;
        if (this.banned[s] === 1) continue;
        count++;
        least = Math.min(least, this.slack[s]!);
      }
      if (count === 0) return PRUNED;
      if (count < pickCount) [pick, pickCount] = [element, count];
      for (const s of this.holders[element]!) this.slack[s]! -= least;
      bound += least;
      if (bound >= this.bestWeight) return PRUNED;
    }
    return pick;
  }
}
