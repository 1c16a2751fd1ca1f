import { fold } from "../../words/fold.ts";

/** Words longer than this are cut: no name has them, and comparing words is quadratic. */
const MAX_WORD_LENGTH = 40;

/**
 * The words of a text, as the search compares them: lower case, without accents, letters and digits only,
 * except that `+` and `#` stay (C++ and C# are names).
 */
export function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter((word) => word !== "")
    .map((word) => word.slice(0, MAX_WORD_LENGTH));
}

/** The trigrams of a word that is padded with two spaces before and one after, so that beginnings weigh more. */
export function trigramsOf(word: string): string[] {
  const padded = `  ${word} `;
  return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3));
}
