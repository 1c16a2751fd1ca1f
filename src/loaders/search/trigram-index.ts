import { trigramsOf } from "./words.ts";

/** How many texts, of those that share the most trigrams, are compared in detail. */
const MAX_CANDIDATES = 200;
/** A text must share this part of the query's trigrams. Swapping two letters of a short word leaves this many. */
const LEAST_SHARED = 0.2;

/** How many texts are indexed between two yields. */
const TEXTS_AT_ONCE = 100;

/**
 * An index of short texts by their trigrams, for finding those that share the most with a query. Typed arrays of
 * about 4 bytes for each letter of the texts.
 */
export class TrigramIndex {
  private readonly trigrams: ReadonlyMap<string, number>;
  /** Per trigram: where its texts begin in `texts`; one more entry than trigrams. */
  private readonly start: Int32Array;
  private readonly texts: Int32Array;
  /** Per text: how many trigrams it has. */
  private readonly sizes: Int32Array;
  /** Per text: how many trigrams of the query it has; all 0 between queries. */
  private readonly shared: Uint16Array;

  private constructor(
    trigrams: ReadonlyMap<string, number>,
    start: Int32Array,
    texts: Int32Array,
    sizes: Int32Array,
  ) {
    this.trigrams = trigrams;
    this.start = start;
    this.texts = texts;
    this.sizes = sizes;
    this.shared = new Uint16Array(sizes.length);
  }

  /** The words of each text, with a space between. O(letters of the texts); yields about every millisecond. */
  static *build(texts: readonly string[]): Generator<void, TrigramIndex> {
    const trigrams = new Map<string, number>();
    const counts: number[] = [];
    /** The trigrams of each text. One long list for all would hold the thread too long each time it grows. */
    const idsOf: number[][] = [];
    let total = 0;
    for (const text of texts) {
      const ids: number[] = [];
      for (const trigram of distinctTrigrams(text)) {
        let id = trigrams.get(trigram);
        if (id === undefined) {
          id = counts.length;
          trigrams.set(trigram, id);
          counts.push(0);
        }
        counts[id]!++;
        ids.push(id);
      }
      total += ids.length;
      idsOf.push(ids);
      if (idsOf.length % TEXTS_AT_ONCE === 0) yield;
    }
    const start = new Int32Array(counts.length + 1);
    counts.forEach((count, id) => {
      start[id + 1] = start[id]! + count;
    });
    const next = start.slice(0, counts.length);
    const sorted = new Int32Array(total);
    for (const [text, ids] of idsOf.entries()) {
      for (const id of ids) sorted[next[id]!++] = text;
      if (text % TEXTS_AT_ONCE === 0) yield;
    }
    const sizes = Int32Array.from(idsOf, ({ length }) => length);
    return new TrigramIndex(trigrams, start, sorted, sizes);
  }

  /**
   * The texts that share the most trigrams with a query, best first. The query is its words with a space between.
   * O(texts that share any).
   */
  candidates(query: string): number[] {
    const wanted = distinctTrigrams(query);
    const touched: number[] = [];
    for (const trigram of wanted) {
      const id = this.trigrams.get(trigram);
      if (id === undefined) continue;
      for (let at = this.start[id]!; at < this.start[id + 1]!; at++) {
        const text = this.texts[at]!;
        if (this.shared[text]!++ === 0) touched.push(text);
      }
    }
    const least = Math.max(1, Math.ceil(wanted.size * LEAST_SHARED));
    const byShared: number[][] = [];
    for (const text of touched) {
      const shared = this.shared[text]!;
      this.shared[text] = 0;
      if (shared < least) continue;
      byShared[shared] ??= [];
      byShared[shared].push(text);
    }
    const best: number[] = [];
    for (let shared = byShared.length - 1; shared >= 0 && best.length < MAX_CANDIDATES; shared--) {
      const equal = byShared[shared] ?? [];
      // If there is no room for all of them, those with the fewest other trigrams.
      if (equal.length > MAX_CANDIDATES - best.length)
        equal.sort((a, b) => this.sizes[a]! - this.sizes[b]! || a - b);
      for (const text of equal.slice(0, MAX_CANDIDATES - best.length)) best.push(text);
    }
    return best;
  }
}

function distinctTrigrams(text: string): Set<string> {
  return new Set(text.split(" ").flatMap(trigramsOf));
}
