/** How many lists are read between two yields: about a millisecond. */
const LISTS_AT_ONCE = 500;

/** For each of the items 0 to n − 1: the lists that have it, in order. Two typed arrays. */
export class Postings {
  /** Per item: where its lists begin in `lists`; one more entry than items. */
  readonly #start: Int32Array;
  readonly #lists: Int32Array;

  private constructor(start: Int32Array, lists: Int32Array) {
    this.#start = start;
    this.#lists = lists;
  }

  /** From the items of each list, none twice. O(entries); yields about every millisecond. */
  static *of(lists: readonly (readonly number[])[], items: number): Generator<void, Postings> {
    const start = new Int32Array(items + 1);
    for (const [at, list] of lists.entries()) {
      for (const item of list) start[item + 1]!++;
      if (at % LISTS_AT_ONCE === 0) yield;
    }
    for (let item = 0; item < items; item++) start[item + 1]! += start[item]!;
    const next = start.slice(0, items);
    const all = new Int32Array(start[items]!);
    for (const [at, list] of lists.entries()) {
      for (const item of list) all[next[item]!++] = at;
      if (at % LISTS_AT_ONCE === 0) yield;
    }
    return new Postings(start, all);
  }

  /** The lists that have an item, as a view of the array. */
  having(item: number): Int32Array {
    return this.#lists.subarray(this.#start[item], this.#start[item + 1]);
  }
}
