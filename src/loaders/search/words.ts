import { stemmer } from "stemmer";
import { fold } from "../../words/fold.ts";

/** Longer words are cut: no name has them, and comparing words takes quadratic time. */
const MAX_WORD_LENGTH = 40;
/** Names of more words are not also found by all their words written as one: nobody writes them so. */
const MAX_JOINED_WORDS = 6;

const WORD = /[\p{L}\p{N}+#]+/gu;
/** What stands between the words of a compound such as CI/CD or to-do. */
const HYPHEN = /^[^\s\p{L}\p{N}]$/u;
/** Scripts that put no space between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;
const ROMAN = new Map(
  ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"].map((numeral, at) => [numeral, `${at + 1}`]),
);

let segmenter: Intl.Segmenter | undefined;

/**
 * The words of a text as the search compares them: in lower case, without accents, made of letters, digits, `+` and
 * `#` (as in C++ and C#). Text of scripts without spaces is cut into words by the rules of Unicode. Roman numerals
 * are digits where they can be nothing else: from II on, and I, V and X as the last of several words.
 */
export function wordsOf(text: string): string[] {
  const words = (fold(text).match(WORD) ?? []).flatMap(segmentsOf);
  return words.map((word, at) => {
    const isNumber = word.length > 1 || (at > 0 && at === words.length - 1);
    return (isNumber ? ROMAN.get(word) : undefined) ?? word.slice(0, MAX_WORD_LENGTH);
  });
}

/** A word of Unicode's, or the words in a run of letters without spaces. */
function segmentsOf(run: string): string[] {
  if (!UNSPACED.test(run)) return [run];
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  return Array.from(segmenter.segment(run), ({ segment }) => segment);
}

/** Several words of a text written as one. */
export interface Compound {
  readonly word: string;
  /** How many words it stands for. */
  readonly words: number;
}

/**
 * What people write as one word of a short text: the parts of a compound (`cicd`, `todo`, `nodejs`), and all words
 * together (`springboot`).
 */
export function compoundsOf(text: string): Compound[] {
  const folded = fold(text);
  const compounds: Compound[] = [];
  const parts = [...folded.matchAll(WORD)];
  parts.forEach((part, at) => {
    const next = parts[at + 1];
    if (next !== undefined && HYPHEN.test(folded.slice(part.index + part[0].length, next.index)))
      compounds.push({ word: part[0] + next[0], words: 2 });
  });
  if (parts.length > 1 && parts.length <= MAX_JOINED_WORDS)
    compounds.push({ word: parts.map(([word]) => word).join(""), words: parts.length });
  return compounds.filter(({ word }) => word.length <= MAX_WORD_LENGTH);
}

/** The stem of an English word (Porter's algorithm), the same for British and American spelling; others stay whole. */
export function stemOf(word: string): string {
  return /^[a-z]{3,}$/.test(word) ? stemmer(word.replace(/is(?=(?:e[drs]?|ers|ing|ations?)$)/, "iz")) : word;
}

/** The trigrams of a word with two spaces before it and one after it, so that its beginning counts more. */
export function trigramsOf(word: string): string[] {
  const padded = `  ${word} `;
  return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3));
}

/** English words that hardly say what is looked for. */
const FILLERS = new Set(
  "a an and are as at be by for from how in into is it of on or the to what with your".split(" "),
);

/** How much a word of a query counts: its letters, fillers hardly at all. */
export function weightOf(word: string): number {
  return FILLERS.has(word) ? 0.5 : word.length;
}

/** Whether a word hardly says what is looked for, such as "of". */
export function isFiller(word: string): boolean {
  return FILLERS.has(word);
}
