import { ascending } from "../../graph/model/integers.ts";
import { type ChosenSets, CoverSearch, type RankedSet, type WeightedSet } from "./cover-search.ts";

/** What ranking a set's gain takes, in memberships. */
const SORT_WORK = 6;

/**
 * Maximum coverage: at most `atMost` sets that together hold elements of the greatest value; among those
 * choices the one with the fewest sets, then with the least weight.
 *
 * Branch and bound: the set that adds most is taken, or else left out. The bound adds up the greatest single gains
 * left, which coverage never exceeds because gains only shrink (submodularity). The start is the greedy choice, at
 * least 1 − 1/e of the optimum. `work` counts the memberships that the search may touch; when it is used up the
 * best choice so far comes with `isOptimal: false`.
 *
 * `values` are safe integers > 0, one per element. Exponential in the worst case, O(memberships) per branch.
 */
export function mostCoverage(
  values: readonly number[],
  sets: readonly WeightedSet[],
  atMost: number,
  work: number,
): ChosenSets {
  const search = new CoverSearch(values, sets, work);
  search.start(search.greedyPicks(atMost));
  search.explore(function* () {
    if (search.chosen.length >= atMost) return;
    sets.forEach(({ elements }, s) => {
      if (search.isTried[s] === 0) search.work -= elements.length + SORT_WORK;
    });
    const open = search.byGain(sets.keys());
    for (let at = 0; at < open.length && mayImprove(search, open.slice(at), atMost); at++) yield open[at]!.s;
  });
  return search.outcome();
}

/** Whether adding some of the open sets to the current choice could make it better than the best. */
function mayImprove(search: CoverSearch, open: readonly RankedSet[], atMost: number): boolean {
  const { best, chosen, sets, value } = search;
  const left = atMost - chosen.length;
  let bound = value;
  for (let i = 0; i < left && i < open.length; i++) bound += open[i]!.gain;
  if (bound !== best.value) return bound > best.value;
  let fewest = chosen.length;
  for (let reached = value; reached < bound; fewest++) reached += open[fewest - chosen.length]!.gain;
  if (fewest !== best.chosen.length) return fewest < best.chosen.length;
  const lightest = open.map(({ s }) => sets[s]!.weight).sort(ascending);
  let least = search.weight;
  for (let i = 0; i < fewest - chosen.length; i++) least += lightest[i]!;
  return least < best.weight;
}
