import { editDistance } from "../../words/edit-distance.ts";
import { Postings } from "./postings.ts";
import { stemOf, trigramsOf } from "./words.ts";

/** What it costs that only the stem is the same: a plural, another form of the verb. */
const STEM_COST = 0.02;
/** What it costs that the word only begins as asked, and for each letter more, up to a limit. */
const PREFIX_COST = 0.03;
const MISSING_LETTER_COST = 0.01;
const MAX_MISSING_COST = 0.08;
/** A slip is not looked for in shorter words: any other is near them. */
const LEAST_LETTERS_OF_SLIP = 3;
/** A word that is both misspelt and unfinished must have this many letters. */
const LEAST_LETTERS_OF_UNFINISHED_SLIP = 5;
/** How many words, of those that share the most trigrams, are compared letter by letter. */
const MAX_COMPARED_WORDS = 200;
/** Such a word must share this part of the trigrams. Swapping two letters of a short word leaves this many. */
const LEAST_SHARED_TRIGRAMS = 0.2;

/** How many words are read between two yields: about a millisecond. */
const WORDS_AT_ONCE = 200;

/** A word of the vocabulary that may be meant by a word of a query. */
export interface Match {
  readonly word: number;
  /** From 0 to 1, which is the very word. */
  readonly similarity: number;
  /** Whether it is spelt otherwise: there are letters wrong. */
  readonly isSlip: boolean;
}

/** The distinct words of all texts: finds those that a word of a query may mean. */
export class Vocabulary {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #words: readonly string[];
  /** The words in alphabetical order. */
  readonly #sorted: readonly string[];
  readonly #byStem: ReadonlyMap<string, readonly number[]>;
  readonly #trigrams: ReadonlyMap<string, number>;
  readonly #wordsOfTrigram: Postings;
  /** Per word: how many of the asked trigrams it has; all 0 between queries. */
  readonly #shared: Uint8Array;

  private constructor(
    ids: ReadonlyMap<string, number>,
    words: readonly string[],
    sorted: readonly string[],
    byStem: ReadonlyMap<string, readonly number[]>,
    trigrams: ReadonlyMap<string, number>,
    wordsOfTrigram: Postings,
  ) {
    this.#ids = ids;
    this.#words = words;
    this.#sorted = sorted;
    this.#byStem = byStem;
    this.#trigrams = trigrams;
    this.#wordsOfTrigram = wordsOfTrigram;
    this.#shared = new Uint8Array(words.length);
  }

  /** Of words and their numbers, 0 to n − 1 in this order. O(letters) and a sort; yields about every millisecond. */
  static *of(ids: ReadonlyMap<string, number>): Generator<void, Vocabulary> {
    const words = [...ids.keys()];
    const byStem = new Map<string, number[]>();
    const trigrams = new Map<string, number>();
    const trigramsOfWord: number[][] = [];
    for (const [at, word] of words.entries()) {
      const stem = stemOf(word);
      const sameStem = byStem.get(stem);
      if (sameStem === undefined) byStem.set(stem, [at]);
      else sameStem.push(at);
      trigramsOfWord.push(
        [...new Set(trigramsOf(word))].map((trigram) => {
          const known = trigrams.get(trigram);
          if (known !== undefined) return known;
          trigrams.set(trigram, trigrams.size);
          return trigrams.size - 1;
        }),
      );
      if (at % WORDS_AT_ONCE === 0) yield;
    }
    const wordsOfTrigram = yield* Postings.of(trigramsOfWord, trigrams.size);
    return new Vocabulary(ids, words, yield* sorted(words), byStem, trigrams, wordsOfTrigram);
  }

  /** The very word and those of its stem. O(1). */
  same(word: string): Match[] {
    const exact = this.#ids.get(word);
    const matches: Match[] = exact === undefined ? [] : [{ word: exact, similarity: 1, isSlip: false }];
    for (const other of this.#byStem.get(stemOf(word)) ?? [])
      if (other !== exact) matches.push({ word: other, similarity: 1 - STEM_COST, isSlip: false });
    return matches;
  }

  /** The words that begin with a word. O(log words) and their number. */
  beginningWith(word: string): Match[] {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]! < word) low = middle + 1;
      else high = middle;
    }
    const matches: Match[] = [];
    for (let at = low; at < this.#sorted.length && this.#sorted[at]!.startsWith(word); at++) {
      const other = this.#sorted[at]!;
      const missing = MISSING_LETTER_COST * (other.length - word.length);
      matches.push({
        word: this.#ids.get(other)!,
        similarity: 1 - PREFIX_COST - Math.min(missing, MAX_MISSING_COST),
        isSlip: false,
      });
    }
    return matches;
  }

  /** The words from which a word differs by a letter for every three or four. O(words that share a trigram). */
  misspeltAs(word: string): Match[] {
    if (word.length < LEAST_LETTERS_OF_SLIP) return [];
    const most = word.length < 6 ? 1 : word.length < 9 ? 2 : 3;
    const matches: Match[] = [];
    for (const candidate of this.#similar(word)) {
      const other = this.#words[candidate]!;
      const { whole, beginning } = editDistance(word, other);
      const asWhole = whole <= most ? 1 - whole / Math.max(word.length, other.length) : 0;
      const asBeginning =
        beginning < most && word.length >= LEAST_LETTERS_OF_UNFINISHED_SLIP
          ? 1 - PREFIX_COST - MAX_MISSING_COST - beginning / word.length
          : 0;
      const similarity = Math.max(asWhole, asBeginning);
      if (similarity > 0) matches.push({ word: candidate, similarity, isSlip: true });
    }
    return matches;
  }

  /** The words that share the most trigrams with a word. */
  #similar(word: string): number[] {
    const wanted = new Set(trigramsOf(word));
    const touched: number[] = [];
    for (const trigram of wanted) {
      const id = this.#trigrams.get(trigram);
      if (id === undefined) continue;
      for (const other of this.#wordsOfTrigram.having(id))
        if (this.#shared[other]!++ === 0) touched.push(other);
    }
    const least = Math.max(1, Math.ceil(wanted.size * LEAST_SHARED_TRIGRAMS));
    const byShared: number[][] = Array.from({ length: wanted.size + 1 }, () => []);
    for (const other of touched) {
      const shared = this.#shared[other]!;
      this.#shared[other] = 0;
      if (shared >= least) byShared[shared]!.push(other);
    }
    return byShared.reverse().flat().slice(0, MAX_COMPARED_WORDS);
  }
}

/** Sorts words, letter by first letter, so that no single sort holds the thread for long. */
function* sorted(words: readonly string[]): Generator<void, string[]> {
  const byLetter = new Map<string, string[]>();
  for (const word of words) {
    const list = byLetter.get(word[0]!);
    if (list === undefined) byLetter.set(word[0]!, [word]);
    else list.push(word);
  }
  const all: string[] = [];
  for (const [, list] of [...byLetter].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const word of list.sort()) all.push(word);
    yield;
  }
  return all;
}
