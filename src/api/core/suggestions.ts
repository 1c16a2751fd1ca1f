import { editDistanceWithin } from "../../loaders/search/edit-distance.ts";
import { MAX_SUGGESTION_CANDIDATES, MAX_SUGGESTIONS } from "../limits.ts";

/** An edit for every so many letters still counts as the same word mistyped. */
const LETTERS_PER_EDIT = 3;

/**
 * The slugs nearest to one that does not exist, nearest first: those within one edit for each three letters,
 * and those that begin with it. Ties go by the order of the candidates. O(candidates × length), 4 ms for 14,000.
 */
export function suggestions(slug: string, candidates: readonly string[]): string[] {
  if (candidates.length > MAX_SUGGESTION_CANDIDATES) return [];
  const most = Math.max(1, Math.floor(slug.length / LETTERS_PER_EDIT));
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    if (slug.length > 1 && candidate.startsWith(slug)) near.push({ candidate, distance: 0 });
    else {
      const distance = editDistanceWithin(slug, candidate, most);
      if (distance !== undefined) near.push({ candidate, distance });
    }
  }
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ candidate }) => candidate);
}
