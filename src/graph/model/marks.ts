/**
 * A set of small integers that is emptied in no time: an item belongs when it bears the current generation's
 * stamp. Kept between queries, so that a query over a graph of a million skills neither allocates nor clears
 * anything in proportion to the graph.
 *
 * Kept means shared: an iterable that is given to a query must not start another one while it is read.
 */
export class Marks {
  private stamps = new Uint32Array(0);
  private generation = 0;

  /** Empties the set and makes room for the items 0 … size − 1. */
  begin(size: number): void {
    if (size > this.stamps.length) {
      this.stamps = new Uint32Array(size);
      this.generation = 0;
    }
    if (this.generation === 0xffffffff) {
      this.stamps.fill(0);
      this.generation = 0;
    }
    this.generation++;
  }

  has(item: number): boolean {
    return this.stamps[item] === this.generation;
  }

  /** Adds an item; false when it was there already. */
  add(item: number): boolean {
    if (this.stamps[item] === this.generation) return false;
    this.stamps[item] = this.generation;
    return true;
  }

  addAll(items: Iterable<number>): void {
    for (const item of items) this.stamps[item] = this.generation;
  }
}
