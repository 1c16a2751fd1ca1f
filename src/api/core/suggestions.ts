import { closestWords } from "../../words/closest-words.ts";
import { MAX_SUGGESTION_CANDIDATES, MAX_SUGGESTIONS } from "../limits.ts";

/** The slugs closest to one that does not exist, nearest first; none where comparing all would take long. */
export function suggestions(slug: string, candidates: readonly string[]): string[] {
  return candidates.length > MAX_SUGGESTION_CANDIDATES ? [] : closestWords(slug, candidates, MAX_SUGGESTIONS);
}
