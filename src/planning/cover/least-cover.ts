import { ascending } from "../../graph/model/integers.ts";
import { type ChosenSets, CoverSearch, type WeightedSet } from "./cover-search.ts";

/**
 * Weighted set cover: sets of least total weight that together hold every element; of equally heavy ones the first
 * found. Weights must put fewer sets first.
 *
 * Branch and bound: the element that the fewest sets hold decides the branches; the bound is the dual of the
 * linear relaxation, raised element by element (Bar-Yehuda and Even 1981); the start is `greedyCover`. `work` counts
 * the memberships that the search may touch; when it is used up the best cover so far comes with `isOptimal: false`.
 *
 * Exponential in the worst case, O(memberships) per branch. Throws a RangeError when no set holds an element.
 */
export function leastCover(elementCount: number, sets: readonly WeightedSet[], work: number): ChosenSets {
  const holders: number[][] = Array.from({ length: elementCount }, () => []);
  sets.forEach((set, index) => {
    for (const element of set.elements) holders[element]!.push(index);
  });
  const lonely = holders.findIndex((list) => list.length === 0);
  if (lonely >= 0) throw new RangeError(`expected a set for every element, got none for element ${lonely}`);
  // Elements that few sets hold raise the bound most when they go first.
  const rareFirst = holders
    .map((_, element) => element)
    .sort((a, b) => holders[a]!.length - holders[b]!.length || a - b);
  const slack = new Float64Array(sets.length);
  const search = searchFor(elementCount, sets, work);
  search.start(greedyCover(elementCount, sets));
  search.explore(function* () {
    const element = nextElement(search, holders, rareFirst, slack);
    if (element >= 0) for (const { s } of search.byGain(holders[element]!)) yield s;
  });
  return search.outcome();
}

/** The greedy picks, less those that later ones made needless, the heaviest first. Ascending. */
export function greedyCover(elementCount: number, sets: readonly WeightedSet[]): number[] {
  const chosen = searchFor(elementCount, sets, 0).greedyPicks();
  const covered = new Int32Array(elementCount);
  for (const s of chosen) for (const element of sets[s]!.elements) covered[element]! += 1;
  const dropped = new Set<number>();
  for (const s of [...chosen].sort((a, b) => sets[b]!.weight - sets[a]!.weight || b - a)) {
    if (!sets[s]!.elements.every((element) => covered[element]! > 1)) continue;
    dropped.add(s);
    for (const element of sets[s]!.elements) covered[element]! -= 1;
  }
  return chosen.filter((s) => !dropped.has(s)).sort(ascending);
}

function searchFor(elementCount: number, sets: readonly WeightedSet[], work: number): CoverSearch {
  return new CoverSearch(new Array<number>(elementCount).fill(1), sets, work);
}

/**
 * The uncovered element with the fewest sets left to try; −1 when there is none, or when nothing below can be lighter
 * than the best cover.
 */
function nextElement(
  search: CoverSearch,
  holders: readonly (readonly number[])[],
  rareFirst: readonly number[],
  slack: Float64Array,
): number {
  search.sets.forEach((set, s) => {
    slack[s] = set.weight;
  });
  let bound = search.weight;
  let pick = -1;
  let pickCount = Number.POSITIVE_INFINITY;
  for (const element of rareFirst) {
    if (search.covered[element] !== 0) continue;
    let least = Number.POSITIVE_INFINITY;
    let count = 0;
    for (const s of holders[element]!) {
      search.work -= 1;
      if (search.isTried[s] === 1) continue;
      count++;
      least = Math.min(least, slack[s]!);
    }
    if (count === 0) return -1;
    if (count < pickCount) [pick, pickCount] = [element, count];
    for (const s of holders[element]!) slack[s]! -= least;
    bound += least;
    if (bound >= search.best.weight) return -1;
  }
  return pick;
}
