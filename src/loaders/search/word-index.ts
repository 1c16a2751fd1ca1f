import { wordsOf } from "./words.ts";

/** A prefix of more words than this is too vague to search by. */
const MAX_WORDS_OF_PREFIX = 200;

/** How many texts are indexed between two yields. */
const TEXTS_AT_ONCE = 20;

/** An index of longer texts by words, for finding those that have, for each word of a query, one that begins with it. */
export class WordIndex {
  /** In order, each once. */
  private readonly words: readonly string[];
  private readonly textsOf: ReadonlyMap<string, readonly number[]>;

  private constructor(words: readonly string[], textsOf: ReadonlyMap<string, readonly number[]>) {
    this.words = words;
    this.textsOf = textsOf;
  }

  /** O(words of the texts), plus sorting the distinct ones. Yields about every millisecond. */
  static *build(texts: readonly string[]): Generator<void, WordIndex> {
    const textsOf = new Map<string, number[]>();
    for (const [index, text] of texts.entries()) {
      for (const word of new Set(wordsOf(text))) {
        const list = textsOf.get(word);
        if (list === undefined) textsOf.set(word, [index]);
        else list.push(index);
      }
      if (index % TEXTS_AT_ONCE === 0) yield;
    }
    return new WordIndex(yield* sorted(textsOf.keys()), textsOf);
  }

  /** In index order. O(texts that have any of the words). */
  matches(query: string): number[] {
    let matching: ReadonlySet<number> | undefined;
    for (const word of wordsOf(query)) {
      const having: Set<number> = new Set();
      for (const full of this.beginningWith(word))
        for (const text of this.textsOf.get(full)!) having.add(text);
      matching = matching === undefined ? having : common(matching, having);
      if (matching.size === 0) break;
    }
    return [...(matching ?? [])].sort((a, b) => a - b);
  }

  private beginningWith(prefix: string): string[] {
    let low = 0;
    let high = this.words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle]! < prefix) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < this.words.length && this.words[end]!.startsWith(prefix)) end++;
    return end - low > MAX_WORDS_OF_PREFIX
      ? [prefix].filter((word) => this.textsOf.has(word))
      : this.words.slice(low, end);
  }
}

/** Sorts words, letter by first letter, so that no single sort holds the thread for long. */
function* sorted(words: Iterable<string>): Generator<void, string[]> {
  const byLetter = new Map<number, string[]>();
  for (const word of words) {
    const letter = word.charCodeAt(0);
    const list = byLetter.get(letter);
    if (list === undefined) byLetter.set(letter, [word]);
    else list.push(word);
  }
  const all: string[] = [];
  for (const [, list] of [...byLetter].sort(([a], [b]) => a - b)) {
    for (const word of list.sort()) all.push(word);
    yield;
  }
  return all;
}

function common(a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> {
  return new Set([...a].filter((item) => b.has(item)));
}
