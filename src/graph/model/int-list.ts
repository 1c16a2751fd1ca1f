/**
 * A growing list of 32-bit integers: what an array of numbers is for, without its boxes and at half the memory.
 * Meant to be kept and cleared, so that repeated queries allocate nothing once the largest has been seen.
 */
export class IntList {
  /** The items, followed by spare room. Replaced when the list grows: read it anew after `push`. */
  items: Int32Array;
  length = 0;

  constructor(capacity = 16) {
    this.items = new Int32Array(capacity);
  }

  push(item: number): void {
    if (this.length === this.items.length) this.reserve(this.length + 1);
    this.items[this.length++] = item;
  }

  clear(): void {
    this.length = 0;
  }

  /** Makes room for `capacity` items; what is beyond `length` is left over from before. */
  reserve(capacity: number): Int32Array {
    if (capacity > this.items.length) {
      const grown = new Int32Array(Math.max(capacity, this.items.length * 2));
      grown.set(this.items.subarray(0, this.length));
      this.items = grown;
    }
    return this.items;
  }

  /** A copy of just the items. */
  toArray(): Int32Array {
    return this.items.slice(0, this.length);
  }
}
