import { greedyPicks } from "./greedy-picks.ts";
import type { WeightedSet } from "./least-cover.ts";

export interface MostCoverage {
  /** Indices of the sets, ascending. */
  readonly chosen: readonly number[];
  /** The value of the elements that they hold together. */
  readonly value: number;
  readonly isOptimal: boolean;
}

/**
 * Maximum coverage: at most `atMost` sets that together hold elements of the greatest value; among those
 * choices the one with the fewest sets, then with the least weight.
 *
 * Branch and bound: take or leave the set that adds most; the bound adds up the greatest single gains left,
 * which coverage never exceeds because gains only shrink (submodularity). The start is the greedy choice, at
 * least 1 − 1/e of the optimum (`greedyPicks`). `work` counts the memberships that the
 * search may touch; when it is used up the best choice so far comes with `isOptimal: false`. Equal input gives
 * equal output: gains tie by weight, then by index, and only a better choice replaces another.
 *
 * `values` are safe integers > 0, one per element. Exponential in the worst case, O(memberships) per branch.
 */
export function mostCoverage(
  values: readonly number[],
  sets: readonly WeightedSet[],
  atMost: number,
  work: number,
): MostCoverage {
  const search = new CoverageSearch(values, sets, atMost, work);
  search.start(greedyPicks(values, sets, atMost));
  search.run();
  const best = search.best;
  return {
    chosen: [...best.chosen].sort((a, b) => a - b),
    value: best.value,
    isOptimal: !search.isExhausted,
  };
}

interface Choice {
  readonly chosen: readonly number[];
  readonly value: number;
  readonly weight: number;
}

/** What ranking a set's gain takes, in memberships. */
const SORT_WORK = 6;

class CoverageSearch {
  best: Choice = { chosen: [], value: 0, weight: 0 };
  isExhausted = false;
  private readonly chosen: number[] = [];
  private readonly covered: Int32Array;
  private readonly gone: Uint8Array;

  constructor(
    private readonly values: readonly number[],
    private readonly sets: readonly WeightedSet[],
    private readonly atMost: number,
    private work: number,
  ) {
    this.covered = new Int32Array(values.length);
    this.gone = new Uint8Array(sets.length);
  }

  /** Makes a choice the best so far. */
  start(chosen: readonly number[]): void {
    const elements = new Set(chosen.flatMap((s) => this.sets[s]!.elements));
    let value = 0;
    for (const element of elements) value += this.values[element]!;
    this.best = { chosen, value, weight: chosen.reduce((sum, s) => sum + this.sets[s]!.weight, 0) };
  }

  /** Explores the branches below the current choice. As deep as there are sets. */
  run(value = 0, weight = 0): void {
    const now = { chosen: this.chosen, value, weight };
    if (isBetter(now, this.best)) this.best = { ...now, chosen: [...this.chosen] };
    const left = this.atMost - this.chosen.length;
    if (left <= 0) return;
    if (this.work <= 0) {
      this.isExhausted = true;
      return;
    }
    const open = this.gains();
    if (open.length === 0) return;
    let bound = value;
    for (let i = 0; i < left && i < open.length; i++) bound += open[i]!.gain;
    if (bound < this.best.value) return;
    if (bound === this.best.value && !this.mayTie(bound, value, weight, open)) return;
    const { s, gain } = open[0]!;
    this.gone[s] = 1;
    this.choose(s, 1);
    this.run(value + gain, weight + this.sets[s]!.weight);
    this.choose(s, -1);
    this.run(value, weight);
    this.gone[s] = 0;
  }

  /** Whether a choice of the bound's value could still have fewer sets or less weight than the best. */
  private mayTie(
    bound: number,
    value: number,
    weight: number,
    open: readonly { s: number; gain: number }[],
  ): boolean {
    let fewest = this.chosen.length;
    let reached = value;
    for (const { gain } of open) {
      if (reached >= bound) break;
      reached += gain;
      fewest++;
    }
    if (fewest !== this.best.chosen.length) return fewest < this.best.chosen.length;
    const lightest = open.map(({ s }) => this.sets[s]!.weight).sort((a, b) => a - b);
    let least = weight;
    for (let i = 0; i < fewest - this.chosen.length; i++) least += lightest[i]!;
    return least < this.best.weight;
  }

  /** The sets left that add something, the greatest gain first. */
  private gains(): { s: number; gain: number }[] {
    const open: { s: number; gain: number }[] = [];
    for (let s = 0; s < this.sets.length; s++) {
      if (this.gone[s] === 1) continue;
      let gain = 0;
      for (const element of this.sets[s]!.elements)
        if (this.covered[element] === 0) gain += this.values[element]!;
      this.work -= this.sets[s]!.elements.length + SORT_WORK;
      if (gain > 0) open.push({ s, gain });
    }
    return open.sort(
      (a, b) => b.gain - a.gain || this.sets[a.s]!.weight - this.sets[b.s]!.weight || a.s - b.s,
    );
  }

  private choose(s: number, sign: 1 | -1): void {
    if (sign === 1) this.chosen.push(s);
    else this.chosen.pop();
    for (const element of this.sets[s]!.elements) this.covered[element]! += sign;
  }
}

function isBetter(choice: Choice, than: Choice): boolean {
  if (choice.value !== than.value) return choice.value > than.value;
  if (choice.chosen.length !== than.chosen.length) return choice.chosen.length < than.chosen.length;
  return choice.weight < than.weight;
}
