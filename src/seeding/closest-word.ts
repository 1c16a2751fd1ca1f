/** The part of a word's length that may be wrong: beyond it, a suggestion is a guess. */
const TOLERANCE = 0.4;

/** Any letter comes close to any other. */
const SHORTEST = 2;
/** Shorter beginnings begin too much. */
const SHORTEST_BEGINNING = 3;

/**
 * The known word that a misspelt one was probably meant to be, by the optimal-string-alignment distance
 * (insertions, deletions, replacements and swaps of neighbours); among equals the first. When none comes close,
 * the shortest that begins with it; undefined when none does.
 *
 * O(words × length²) in the worst case; most words are ruled out by their length.
 */
export function closestWord(wrong: string, known: Iterable<string>): string | undefined {
  if (wrong.length < SHORTEST) return undefined;
  const asked = wrong.toLowerCase();
  let best: string | undefined;
  let bound = Math.max(1, Math.floor(asked.length * TOLERANCE)) + 1;
  let longer: string | undefined;
  for (const word of known) {
    if (asked.length >= SHORTEST_BEGINNING && word.toLowerCase().startsWith(asked))
      longer = longer === undefined || word.length < longer.length ? word : longer;
    if (Math.abs(word.length - asked.length) >= bound) continue;
    const distance = editDistance(asked, word.toLowerCase(), bound);
    if (distance >= bound) continue;
    best = word;
    bound = distance;
    if (distance === 0) break;
  }
  return best ?? longer;
}

/** `; did you mean "…"?`, or nothing when no known word comes close. */
export function didYouMean(wrong: string, known: Iterable<string>): string {
  const closest = closestWord(wrong, known);
  return closest === undefined ? "" : `; did you mean "${closest}"?`;
}

/** The distance when it is below `bound`, else any number that is not. O(|a| × |b|), three rows of memory. */
export function editDistance(a: string, b: string, bound = Number.POSITIVE_INFINITY): number {
  let before = new Array<number>(b.length + 1).fill(0);
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(above[j - 1]! + (same ? 0 : 1), above[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    // A swap reaches back two rows, so one row above the bound is not yet proof that the next one is.
    if (least > bound) return least;
    before = above;
    above = row;
  }
  return above[b.length]!;
}
