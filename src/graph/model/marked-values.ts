/**
 * A map from small integers to integers that is emptied in no time, as `Marks` is a set. Stamp and value stand
 * side by side, so that a look-up touches one cache line.
 */
export class MarkedValues {
  /** Per key its stamp and its value, for loops that spell out `get` and `set`. Replaced by `begin`. */
  cells = new Int32Array(0);
  /** The stamp of the keys that have a value. */
  generation = 0;

  /** Empties the map and makes room for the keys 0 … size − 1. */
  begin(size: number): void {
    if (2 * size > this.cells.length) {
      this.cells = new Int32Array(2 * size);
      this.generation = 0;
    }
    if (this.generation === 0x7fffffff) {
      this.cells.fill(0);
      this.generation = 0;
    }
    this.generation++;
  }

  has(key: number): boolean {
    return this.cells[2 * key] === this.generation;
  }

  set(key: number, value: number): void {
    this.cells[2 * key] = this.generation;
    this.cells[2 * key + 1] = value;
  }

  /** The value of a key, or −1 when it has none. */
  get(key: number): number {
    return this.cells[2 * key] === this.generation ? this.cells[2 * key + 1]! : -1;
  }
}
