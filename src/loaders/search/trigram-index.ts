import { trigramsOf } from "./words.ts";

/** How many of the texts that share most trigrams are looked at more closely. */
const MAX_CANDIDATES = 200;
/** A text must share this part of the query's trigrams: a swap of two letters in a short word leaves as many. */
const LEAST_SHARED = 0.2;

/**
 * Short texts by their trigrams: for a query, those that share most of its trigrams. Typed arrays, some
 * 4 bytes per letter of the texts.
 */
export class TrigramIndex {
  private readonly trigrams = new Map<string, number>();
  /** Per trigram: where its texts begin in `texts`; one more entry than trigrams. */
  private readonly start: Int32Array;
  private readonly texts: Int32Array;
  /** Per text: how many trigrams of the query it has; all 0 between queries. */
  private readonly shared: Uint16Array;

  /** The words of each text, with a space between. O(letters of the texts). */
  constructor(texts: readonly string[]) {
    const counts: number[] = [];
    const ids: number[] = [];
    const ends: number[] = [];
    for (const text of texts) {
      for (const trigram of distinctTrigrams(text)) {
        let id = this.trigrams.get(trigram);
        if (id === undefined) {
          id = counts.length;
          this.trigrams.set(trigram, id);
          counts.push(0);
        }
        counts[id]!++;
        ids.push(id);
      }
      ends.push(ids.length);
    }
    this.start = new Int32Array(counts.length + 1);
    counts.forEach((count, id) => {
      this.start[id + 1] = this.start[id]! + count;
    });
    const next = this.start.slice(0, counts.length);
    this.texts = new Int32Array(ids.length);
    let at = 0;
    ends.forEach((end, text) => {
      for (; at < end; at++) this.texts[next[ids[at]!]!++] = text;
    });
    this.shared = new Uint16Array(texts.length);
  }

  /** For the words of a query, with a space between: the texts that share most of the query's trigrams, the most first. O(texts that share any). */
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
    for (let shared = byShared.length - 1; shared >= 0 && best.length < MAX_CANDIDATES; shared--)
      best.push(...(byShared[shared] ?? []).slice(0, MAX_CANDIDATES - best.length));
    return best;
  }
}

function distinctTrigrams(text: string): Set<string> {
  return new Set(text.split(" ").flatMap(trigramsOf));
}
