/** Integers that hold whatever the memory held before, each to be written before it is read. For arrays of megabytes, which take time to be set to zero. */
export function unwritten(length: number): Int32Array {
  return new Int32Array(Buffer.allocUnsafeSlow(length * Int32Array.BYTES_PER_ELEMENT).buffer);
}

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

  /** Gives a key the value 0; false when it had a value, which stays. */
  add(key: number): boolean {
    if (this.cells[2 * key] === this.generation) return false;
    this.set(key, 0);
    return true;
  }

  /** Gives keys the value 0. */
  addAll(keys: Iterable<number>): void {
    for (const key of keys) this.set(key, 0);
  }

  /** The value of a key, or −1 when it has none. */
  get(key: number): number {
    return this.cells[2 * key] === this.generation ? this.cells[2 * key + 1]! : -1;
  }
}

/**
 * The item that stands for the set of an item, in disjoint sets where each item points to another of its set, or to
 * itself. Sets are united by pointing the root of one to the root of the other. Shortens the way by path halving
 * (Tarjan & van Leeuwen 1984): O(log items) a call over many calls.
 */
export function rootOf(above: Int32Array, item: number): number {
  let at = item;
  while (above[at] !== at) {
    above[at] = above[above[at]!]!;
    at = above[at]!;
  }
  return at;
}

/** The greatest common divisor of two whole numbers ≥ 0; 0 only of zeros (Euclid). */
export function commonDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/**
 * An array with these values at these places: the array given where it has them already, or where it `isOwn` and is
 * written over, otherwise a copy.
 */
export function withValues(
  array: Int32Array,
  values: ReadonlyMap<number, number>,
  isOwn: boolean,
): Int32Array {
  const differing = [...values].filter(([at, value]) => array[at] !== value);
  if (differing.length === 0) return array;
  const now = isOwn ? array : array.slice();
  for (const [at, value] of differing) now[at] = value;
  return now;
}

/** The order of numbers, for `sort`. */
export function ascending(a: number, b: number): number {
  return a - b;
}

/**
 * Lists of small integers as compressed sparse rows: the items of row r are `items[start[r]]` up to before
 * `items[end[r]]`. Everything here writes into arrays that the caller gives, so that it can keep them between calls.
 */

/**
 * Turns rows around: per column the rows that hold it, in ascending order. The rows of column c are then
 * `into[intoStart[c]]` up to before `into[intoStart[c + 1]]`.
 *
 * `intoStart` has room for `columnCount + 2` integers, `into` for all items. A counting sort: O(rows + columns + items).
 */
export function transpose(
  rowCount: number,
  start: Int32Array,
  end: Int32Array,
  items: Int32Array,
  columnCount: number,
  intoStart: Int32Array,
  into: Int32Array,
): void {
  // Counted two places late, so that filling the columns moves each start to where it belongs.
  intoStart.fill(0, 0, columnCount + 2);
  for (let row = 0; row < rowCount; row++)
    for (let i = start[row]!, to = end[row]!; i < to; i++) intoStart[items[i]! + 2]! += 1;
  for (let column = 2; column < columnCount + 2; column++) intoStart[column]! += intoStart[column - 1]!;
  for (let row = 0; row < rowCount; row++)
    for (let i = start[row]!, to = end[row]!; i < to; i++) into[intoStart[items[i]! + 1]!++] = row;
}

/**
 * Gathers values by key: those of key k are `values[start[k]]` up to before `values[start[k + 1]]`, in the order
 * given. The values are the places in `keys` when none are given. A counting sort: O(keys + values).
 */
export function groupByKey(
  keyCount: number,
  keys: ArrayLike<number>,
  given?: ArrayLike<number>,
): { readonly start: Int32Array; readonly values: Int32Array } {
  const start = new Int32Array(keyCount + 2);
  for (let i = 0; i < keys.length; i++) start[keys[i]! + 2]! += 1;
  for (let key = 2; key < keyCount + 2; key++) start[key]! += start[key - 1]!;
  const values = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) values[start[keys[i]! + 1]!++] = given?.[i] ?? i;
  return { start: start.subarray(0, keyCount + 1), values };
}

/**
 * Forward chaining over rows. A node is met when it lacks nothing, and then each of its users lacks one member less.
 * `lacking` holds per node how many members it needs, and is counted down. Writes the nodes into `met` in the order
 * in which they are met, and returns how many there are. With the number of all its members as what a node lacks,
 * this is Kahn's topological order, and nodes that are not met are on a loop or behind one.
 *
 * `userStart` and `users` are the members of all nodes, transposed. O(nodes + members).
 */
export function chainRows(
  nodeCount: number,
  lacking: Int32Array,
  userStart: Int32Array,
  users: Int32Array,
  met: Int32Array,
): number {
  let count = 0;
  for (let node = 0; node < nodeCount; node++) if (lacking[node] === 0) met[count++] = node;
  for (let at = 0; at < count; at++) {
    const node = met[at]!;
    for (let u = userStart[node]!, end = userStart[node + 1]!; u < end; u++)
      if (--lacking[users[u]!]! === 0) met[count++] = users[u]!;
  }
  return count;
}
