import { MAX_SUGGESTION_CANDIDATES, MAX_SUGGESTIONS } from "./limits.ts";

/** An edit for every so many letters still counts as the same word mistyped. */
const LETTERS_PER_EDIT = 3;

/**
 * The slugs nearest to one that does not exist, nearest first: those within one edit for each three letters,
 * and those that begin with it. Ties go by the order of the candidates. O(candidates × length).
 */
export function suggestions(slug: string, candidates: readonly string[]): string[] {
  if (candidates.length > MAX_SUGGESTION_CANDIDATES) return [];
  const most = Math.max(1, Math.floor(slug.length / LETTERS_PER_EDIT));
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    if (slug.length > 1 && candidate.startsWith(slug)) near.push({ candidate, distance: 0 });
    else if (Math.abs(candidate.length - slug.length) <= most) {
      const distance = editDistance(slug, candidate);
      if (distance <= most) near.push({ candidate, distance });
    }
  }
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ candidate }) => candidate);
}

/**
 * How many letters have to be inserted, deleted, replaced or swapped with their neighbour to make one word
 * of another (optimal string alignment). O(a × b) time, O(b) memory.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = last[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      let best = Math.min(replaced, last[column]! + 1, current[column - 1]! + 1);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, beforeLast[column - 2]! + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
