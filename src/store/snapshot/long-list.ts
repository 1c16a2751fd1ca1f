import type { Stretch } from "./stretches.ts";

/** Neighbouring pieces have more items together than this, so a list of n has at most 2 n / `PIECE` + 1 pieces; no piece has more. */
const PIECE = 1_024;

/**
 * A list in pieces that lists made from it share: with one item more among 10⁶ it copies two pieces and the list of
 * pieces, where an array copies 8 MB that each collection of young objects then looks through.
 *
 * An item is found by halving among the pieces: O(log pieces), nothing where one piece holds all.
 */
export class LongList<Item> {
  readonly length: number;
  readonly #pieces: readonly (readonly Item[])[];
  /** Where each piece begins. */
  readonly #starts: Int32Array;

  private constructor(pieces: readonly (readonly Item[])[]) {
    this.#pieces = pieces;
    this.#starts = new Int32Array(pieces.length);
    let length = 0;
    for (let piece = 0; piece < pieces.length; piece++) {
      this.#starts[piece] = length;
      length += pieces[piece]!.length;
    }
    this.length = length;
  }

  static of<Item>(items: readonly Item[]): LongList<Item> {
    const pieces: (readonly Item[])[] = [];
    for (let from = 0; from < items.length; from += PIECE) pieces.push(items.slice(from, from + PIECE));
    return new LongList(pieces);
  }

  /** How many pieces there are. @internal For tests. */
  get pieceCount(): number {
    return this.#pieces.length;
  }

  /** The item at an index ≥ 0; undefined where the list ends before. */
  at(index: number): Item | undefined {
    const piece = this.#pieceOf(index);
    return this.#pieces[piece]?.[index - this.#starts[piece]!];
  }

  *[Symbol.iterator](): Generator<Item, void, undefined> {
    for (const piece of this.#pieces) yield* piece;
  }

  /** An array of what is made of each item. */
  map<Made>(make: (item: Item, index: number) => Made): Made[] {
    return this.#pieces.flatMap((piece, at) =>
      piece.map((item, index) => make(item, this.#starts[at]! + index)),
    );
  }

  /** The first index whose item does not come before something, of items in order. O(log length). */
  firstNot(isBefore: (item: Item) => boolean): number {
    const pieces = this.#pieces;
    // The place is in the last piece that begins before it, or at its end.
    const piece = firstIn(pieces.length, (at) => isBefore(pieces[at]![0]!)) - 1;
    if (piece < 0) return 0;
    const items = pieces[piece]!;
    return this.#starts[piece]! + firstIn(items.length, (at) => isBefore(items[at]!));
  }

  /** A copy with other items at some indices. O(pieces), and a copy of each piece that changes. */
  with(items: ReadonlyMap<number, Item>): LongList<Item> {
    const pieces = [...this.#pieces];
    for (const [index, item] of items) {
      const piece = this.#pieceOf(index);
      pieces[piece] = pieces[piece]!.with(index - this.#starts[piece]!, item);
    }
    return new LongList(pieces);
  }

  /** What is kept of the list, and between it what is `coming`. O(pieces + stretches). */
  merged(stretches: readonly Stretch[], coming: (row: number) => Item): LongList<Item> {
    const pieces: (readonly Item[])[] = [];
    /** The last piece, where it is no piece of another list. */
    let open: Item[] | undefined;
    const add = (part: readonly Item[]) => {
      const last = pieces.at(-1);
      if (last === undefined || last.length + part.length > PIECE) {
        if (part.length > 0) pieces.push(part);
        open = undefined;
        return;
      }
      if (open === undefined) pieces[pieces.length - 1] = open = [...last];
      for (const item of part) open.push(item);
    };
    for (const { from, to, row } of stretches) {
      for (let at = from; at < to; ) {
        const piece = this.#pieceOf(at);
        const [items, start] = [this.#pieces[piece]!, this.#starts[piece]!];
        const end = Math.min(to, start + items.length);
        add(end - at === items.length ? items : items.slice(at - start, end - start));
        at = end;
      }
      if (row !== undefined) add([coming(row)]);
    }
    return new LongList(pieces);
  }

  /** The last piece that begins at an index or before it. */
  #pieceOf(index: number): number {
    const starts = this.#starts;
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (starts[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The first place below a length of which something does not hold that holds of all places before it. */
function firstIn(length: number, isBefore: (place: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
