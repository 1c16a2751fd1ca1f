import { ascending } from "../../graph/model/integers.ts";
/** A set to cover elements with. */
export interface WeightedSet {
  /** Elements, each once. */
  readonly elements: readonly number[];
  /** A safe integer ≥ 0. */
  readonly weight: number;
}

export interface ChosenSets {
  /** Indices of the sets, ascending. */
  readonly chosen: readonly number[];
  /** The value of the elements that they hold together. */
  readonly value: number;
  readonly isOptimal: boolean;
}

/** A set with the value of what it would add. */
export interface RankedSet {
  readonly s: number;
  readonly gain: number;
}

interface Choice {
  readonly chosen: readonly number[];
  readonly value: number;
  readonly weight: number;
}

/**
 * Depth-first branch and bound over choices of sets: most value first, then fewest sets, then least weight. How to
 * branch, and what to prune, is up to `leastCover` and `mostCoverage`.
 *
 * Equal input gives equal output: gains tie by weight, then by index, and only a better choice replaces another.
 */
export class CoverSearch {
  best: Choice = { chosen: [], value: 0, weight: 0 };
  readonly chosen: number[] = [];
  value = 0;
  weight = 0;
  /** Per set: 1 where it has been tried, so that what is left to try does without it. */
  readonly isTried: Uint8Array;
  /** Per element: how many chosen sets hold it. */
  readonly covered: Int32Array;
  private isExhausted = false;

  /** `values` has one safe integer > 0 per element; `work` is the number of memberships that may be touched. */
  constructor(
    private readonly values: readonly number[],
    readonly sets: readonly WeightedSet[],
    public work: number,
  ) {
    this.isTried = new Uint8Array(sets.length);
    this.covered = new Int32Array(values.length);
  }

  /**
   * Picks sets one by one, each time the one that adds the greatest value. Stops at `atMost` sets or when nothing
   * adds anything. Indices in the order picked.
   *
   * The first k picks hold at least 1 − 1/e of the value that any k sets can hold (Nemhauser, Wolsey and Fisher
   * 1978), and all picks are at most H(n) times as many as it takes. Gains only shrink, so only those are counted anew
   * that would still be greatest (Minoux 1978). O(picks · sets + memberships counted).
   */
  greedyPicks(atMost = Number.POSITIVE_INFINITY): number[] {
    const { sets, chosen } = this;
    const gains = sets.map((_, s) => this.gain(s));
    const isBefore = (s: number, other: number) =>
      gains[s]! > 0 &&
      (other < 0 || this.order({ s, gain: gains[s]! }, { s: other, gain: gains[other]! }) < 0);
    while (chosen.length < atMost) {
      let next = -1;
      for (let s = 0; s < sets.length; s++) {
        if (!isBefore(s, next)) continue;
        gains[s] = this.gain(s);
        if (isBefore(s, next)) next = s;
      }
      if (next < 0) break;
      this.choose(next);
      gains[next] = 0;
    }
    const picks = [...chosen];
    while (chosen.length > 0) this.dropLast();
    return picks;
  }

  /** Makes some sets the best choice so far. */
  start(sets: readonly number[]): void {
    for (const s of sets) this.choose(s);
    this.offer();
    while (this.chosen.length > 0) this.dropLast();
  }

  /**
   * Explores what can be added to the current choice. `branches` gives the sets to try in turn, and ends where no
   * better choice can follow. As deep as sets are chosen.
   */
  explore(branches: () => Iterable<number>): void {
    this.offer();
    const tried: number[] = [];
    for (const s of branches()) {
      if (this.work <= 0) {
        this.isExhausted = true;
        break;
      }
      this.choose(s);
      this.explore(branches);
      this.dropLast();
      this.isTried[s] = 1;
      tried.push(s);
    }
    for (const s of tried) this.isTried[s] = 0;
  }

  outcome(): ChosenSets {
    const { chosen, value } = this.best;
    return { chosen: [...chosen].sort(ascending), value, isOptimal: !this.isExhausted };
  }

  /** Those of some sets that were not tried and add something, the greatest gain first. */
  byGain(sets: Iterable<number>): RankedSet[] {
    const open: RankedSet[] = [];
    for (const s of sets) {
      const gain = this.isTried[s] === 1 ? 0 : this.gain(s);
      if (gain > 0) open.push({ s, gain });
    }
    return open.sort((a, b) => this.order(a, b));
  }

  private order(a: RankedSet, b: RankedSet): number {
    return b.gain - a.gain || this.sets[a.s]!.weight - this.sets[b.s]!.weight || a.s - b.s;
  }

  private gain(s: number): number {
    let gain = 0;
    for (const element of this.sets[s]!.elements)
      if (this.covered[element] === 0) gain += this.values[element]!;
    return gain;
  }

  private offer(): void {
    const { best, chosen, value, weight } = this;
    const isBetter = value - best.value || best.chosen.length - chosen.length || best.weight - weight;
    if (isBetter > 0) this.best = { chosen: [...chosen], value, weight };
  }

  private choose(s: number): void {
    this.value += this.gain(s);
    this.chosen.push(s);
    this.weight += this.sets[s]!.weight;
    for (const element of this.sets[s]!.elements) this.covered[element]! += 1;
  }

  private dropLast(): void {
    const s = this.chosen.pop()!;
    this.weight -= this.sets[s]!.weight;
    for (const element of this.sets[s]!.elements) this.covered[element]! -= 1;
    this.value -= this.gain(s);
  }
}
