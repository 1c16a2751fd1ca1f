import { fold } from "../../words/fold.ts";

/** Longer words are cut: no name has them, and comparing words takes quadratic time. */
const MAX_WORD_LENGTH = 40;

/**
 * The words of a text as the search compares them: in lower case, without accents, made of letters, digits, `+` and
 * `#` (as in C++ and C#).
 */
export function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter((word) => word !== "")
    .map((word) => word.slice(0, MAX_WORD_LENGTH));
}

/** The trigrams of a word with two spaces before it and one after it, so that its beginning counts more. */
export function trigramsOf(word: string): string[] {
  const padded = `  ${word} `;
  return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3));
}
