import { editDistanceWithin } from "./edit-distance.ts";

/** One edit for every three letters still counts as a misspelling of the same word. */
const LETTERS_PER_EDIT = 3;

interface Near {
  readonly word: string;
  readonly distance: number;
}

/**
 * The known words that a misspelt or unfinished one may stand for, nearest first, at most `limit`: those that
 * begin with it, then those within one edit for every three letters. Letter case does not count; ties keep the
 * order of `known`. A single letter stands only for itself, since any other letter is one edit away.
 *
 * O(words × length), a few milliseconds for 14,000 slugs.
 */
export function closestWords(wrong: string, known: Iterable<string>, limit: number): string[] {
  return nearWords(wrong, known)
    .slice(0, limit)
    .map(({ word }) => word);
}

/** `; did you mean "…"?` with the closest known word, of equally close ones the shortest; "" when none is close. */
export function didYouMean(wrong: string, known: Iterable<string>): string {
  const word = closestWord(wrong, known);
  return word === undefined ? "" : `; did you mean "${word}"?`;
}

/** The closest known word, of equally close ones the shortest; undefined when none is close. See `closestWords`. */
export function closestWord(wrong: string, known: Iterable<string>): string | undefined {
  const near = nearWords(wrong, known);
  near.sort((a, b) => a.distance - b.distance || a.word.length - b.word.length);
  return near[0]?.word;
}

function nearWords(wrong: string, known: Iterable<string>): Near[] {
  const asked = wrong.toLowerCase();
  const most = asked.length < 2 ? 0 : Math.max(1, Math.floor(asked.length / LETTERS_PER_EDIT));
  const near: Near[] = [];
  for (const word of known) {
    const folded = word.toLowerCase();
    const isBeginning = asked.length > 1 && folded.startsWith(asked);
    const distance = isBeginning ? 0 : editDistanceWithin(asked, folded, most);
    if (distance !== undefined) near.push({ word, distance });
  }
  return near.sort((a, b) => a.distance - b.distance);
}
