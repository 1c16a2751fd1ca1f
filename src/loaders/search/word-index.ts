import { wordsOf } from "./words.ts";

/** A beginning that fits more words than this says too little to search by. */
const MAX_WORDS_OF_PREFIX = 200;

/** Longer texts by their words: for a query, those that have a word beginning with each of its words. */
export class WordIndex {
  /** In order, each once. */
  private readonly words: readonly string[];
  private readonly textsOf: ReadonlyMap<string, readonly number[]>;

  /** O(words of the texts), and sorting the distinct ones. */
  constructor(texts: readonly string[]) {
    const textsOf = new Map<string, number[]>();
    texts.forEach((text, index) => {
      for (const word of new Set(wordsOf(text))) {
        const list = textsOf.get(word);
        if (list === undefined) textsOf.set(word, [index]);
        else list.push(index);
      }
    });
    this.textsOf = textsOf;
    this.words = [...textsOf.keys()].sort();
  }

  /** In index order. O(texts that have any of the words). */
  matches(query: string): number[] {
    let found: ReadonlySet<number> | undefined;
    for (const word of wordsOf(query)) {
      const having: Set<number> = new Set();
      for (const full of this.beginningWith(word))
        for (const text of this.textsOf.get(full)!) having.add(text);
      found = found === undefined ? having : common(found, having);
      if (found.size === 0) break;
    }
    return [...(found ?? [])].sort((a, b) => a - b);
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

function common(a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> {
  return new Set([...a].filter((item) => b.has(item)));
}
