import { ascending, rootOf } from "../../graph/model/integers.ts";
import type { WeightedSet } from "./cover-search.ts";
import { greedyCover, leastCover } from "./least-cover.ts";
import { mostCoverage } from "./most-coverage.ts";

/** With more sets than this left after reduction, the choice is greedy: the search would not end. */
export const MAX_EXACT_SETS = 400;
/** With more sets than this there is no reduction: it compares pairs, and would cost more than the greedy choice. */
const MAX_COMPARED_SETS = 2_000;
/** Memberships that one search may touch: about 50 ms, so that no request keeps others waiting. */
export const COVER_WORK = 1_000_000;

/** Something that covers elements, such as a book that teaches steps of a path. */
export interface Cover {
  /** Elements; what lies outside of the question is not to be listed. */
  readonly elements: readonly number[];
  /** What it costs: a whole number ≥ 0; decides between equally small choices. */
  readonly cost: number;
}

export interface SmallCover {
  /** Indices of what was chosen, ascending. */
  readonly chosen: readonly number[];
  /** The elements that nothing chosen covers, ascending. */
  readonly uncovered: readonly number[];
  /**
   * Whether the choice is proved best: no other covers more, none that covers as much is smaller, and none so
   * small costs less. Otherwise it is what the budget allowed: when `atMost` limits it, it covers at least
   * 1 − 1/e of what is possible (greedy, or better); when nothing limits it, it covers everything coverable.
   */
  readonly isOptimal: boolean;
}

/**
 * Chooses as few covers as possible that cover as many of the elements as possible: at most `atMost` of them.
 * In this order: most elements covered, fewest covers, least cost. (Set cover and maximum coverage are both
 * NP-hard; see `leastCover` and `mostCoverage`.)
 *
 * First reduces: elements that nothing tells apart become one, a cover that another one contains at no greater
 * cost is left out, and parts that share nothing are solved apart. Exact up to `MAX_EXACT_SETS` covers left
 * and within `work`, greedy beyond. Equal input gives equal output; ties go to lower indices along the search.
 */
export function smallCover(
  elementCount: number,
  covers: readonly Cover[],
  atMost = Number.POSITIVE_INFINITY,
  work = COVER_WORK,
): SmallCover {
  const reduced = reduce(elementCount, covers);
  const { sets, values, origin } = reduced;
  const answer = (chosen: readonly number[], isOptimal: boolean): SmallCover => {
    const original = chosen.map((s) => origin[s]!).sort(ascending);
    const covered = new Set(original.flatMap((s) => covers[s]!.elements));
    const uncovered: number[] = [];
    for (let e = 0; e < elementCount; e++) if (!covered.has(e)) uncovered.push(e);
    return { chosen: original, uncovered, isOptimal };
  };
  if (atMost <= 0 || sets.length === 0) return answer([], true);

  // One unit per cover and, below it, the costs: fewest first, then least cost.
  const unit = 1 + sets.reduce((sum, set) => sum + set.weight, 0);
  const counted = sets.map((set) => ({ elements: set.elements, weight: unit + set.weight }));
  const isSmall = sets.length <= MAX_EXACT_SETS && Number.isSafeInteger(unit * (sets.length + 1));

  const whole = isSmall
    ? coverByParts(values.length, counted, work)
    : { chosen: greedyCover(values.length, counted), isOptimal: false };
  if (whole.chosen.length <= atMost) return answer(whole.chosen, whole.isOptimal);
  const some = mostCoverage(values, sets, atMost, isSmall ? work : 0);
  // Covering everything with fewer than was found before: nobody has proved that it takes so many.
  const isDecided = whole.isOptimal || some.value < values.reduce((sum, value) => sum + value, 0);
  return answer(some.chosen, some.isOptimal && isDecided);
}

interface Reduced {
  readonly sets: readonly WeightedSet[];
  /** Per element left: how many elements it stands for. */
  readonly values: readonly number[];
  /** Per set left: its index among the covers given. */
  readonly origin: readonly number[];
}

function reduce(elementCount: number, covers: readonly Cover[]): Reduced {
  const holders: number[][] = Array.from({ length: elementCount }, () => []);
  covers.forEach((cover, index) => {
    for (const element of new Set(cover.elements)) holders[element]!.push(index);
  });
  const classes = new Map<string, number>();
  const values: number[] = [];
  const elementsOf: number[][] = covers.map(() => []);
  for (const list of holders) {
    if (list.length === 0) continue;
    const key = list.join();
    const known = classes.get(key);
    if (known !== undefined) {
      values[known]! += 1;
      continue;
    }
    classes.set(key, values.length);
    for (const s of list) elementsOf[s]!.push(values.length);
    values.push(1);
  }
  const origin = undominated(elementsOf, covers);
  return { sets: origin.map((s) => ({ elements: elementsOf[s]!, weight: covers[s]!.cost })), values, origin };
}

/** The sets that no other one contains at no greater cost; of equal ones the first. */
function undominated(elementsOf: readonly (readonly number[])[], covers: readonly Cover[]): number[] {
  const useful = elementsOf.map((_, s) => s).filter((s) => elementsOf[s]!.length > 0);
  if (useful.length > MAX_COMPARED_SETS) return useful;
  const bySize = [...useful].sort(
    (a, b) => elementsOf[b]!.length - elementsOf[a]!.length || covers[a]!.cost - covers[b]!.cost || a - b,
  );
  const kept: { s: number; elements: ReadonlySet<number> }[] = [];
  for (const s of bySize) {
    const isDominated = kept.some(
      (other) =>
        covers[other.s]!.cost <= covers[s]!.cost &&
        elementsOf[s]!.every((element) => other.elements.has(element)),
    );
    if (!isDominated) kept.push({ s, elements: new Set(elementsOf[s]) });
  }
  return kept.map(({ s }) => s).sort(ascending);
}

/** Covers each connected part for itself: the parts' optima add up, and their searches do not multiply. */
function coverByParts(
  elementCount: number,
  sets: readonly WeightedSet[],
  work: number,
): { chosen: number[]; isOptimal: boolean } {
  const parts = connectedParts(elementCount, sets);
  const chosen: number[] = [];
  let isOptimal = true;
  for (const part of parts) {
    const numbers = new Map<number, number>();
    const local = part.map((s) => ({
      weight: sets[s]!.weight,
      elements: sets[s]!.elements.map((element) => {
        const number = numbers.get(element) ?? numbers.size;
        numbers.set(element, number);
        return number;
      }),
    }));
    const cover = leastCover(numbers.size, local, Math.floor(work / parts.length));
    for (const s of cover.chosen) chosen.push(part[s]!);
    isOptimal &&= cover.isOptimal;
  }
  return { chosen, isOptimal };
}

/** The sets in groups that share no element, each in index order. */
function connectedParts(elementCount: number, sets: readonly WeightedSet[]): number[][] {
  const leader = Int32Array.from({ length: elementCount }, (_, element) => element);
  for (const { elements } of sets)
    for (const element of elements) leader[rootOf(leader, element)] = rootOf(leader, elements[0]!);
  const parts = new Map<number, number[]>();
  sets.forEach(({ elements }, s) => {
    const key = rootOf(leader, elements[0]!);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [s]);
    else part.push(s);
  });
  return [...parts.values()];
}
