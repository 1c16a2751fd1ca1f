import type { Stretch } from "./stretches.ts";

/** Neighbouring pieces have more texts together than this, so a list of n has at most 2 n / `PIECE` + 1 pieces; no piece has more. */
const PIECE = 1_024;

/** Up to `PIECE` texts, one after the other in one string. */
interface Piece {
  readonly text: string;
  /** Where each text ends in it. */
  readonly ends: Int32Array;
}

/**
 * A list of texts in pieces that lists made from it share: with one text more among 10⁶ it copies two pieces and the list of
 * pieces, where an array copies 8 MB. A piece is one string, since a collection of garbage visits every string there is:
 * two million of them take it 40 ms of a processor.
 *
 * A text is found by halving among the pieces, and cut out of its piece: O(log pieces).
 */
export class TextList {
  readonly length: number;
  readonly #pieces: readonly Piece[];
  /** Where each piece begins. */
  readonly #starts: Int32Array;

  private constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
    this.#starts = new Int32Array(pieces.length);
    let length = 0;
    for (let piece = 0; piece < pieces.length; piece++) {
      this.#starts[piece] = length;
      length += pieces[piece]!.ends.length;
    }
    this.length = length;
  }

  static of(texts: readonly string[]): TextList {
    const pieces: Piece[] = [];
    for (let from = 0; from < texts.length; from += PIECE)
      pieces.push(pieceOf(texts.slice(from, from + PIECE)));
    return new TextList(pieces);
  }

  /** How many pieces there are. @internal For tests. */
  get pieceCount(): number {
    return this.#pieces.length;
  }

  /** The text at an index ≥ 0; undefined where the list ends before. */
  at(index: number): string | undefined {
    const piece = this.#pieceOf(index);
    return index < this.length ? textIn(this.#pieces[piece]!, index - this.#starts[piece]!) : undefined;
  }

  *[Symbol.iterator](): Generator<string, void, undefined> {
    for (const piece of this.#pieces) yield* textsOf(piece);
  }

  /** An array of what is made of each text. */
  map<Made>(make: (text: string, index: number) => Made): Made[] {
    return Array.from(this, make);
  }

  /** The first index whose text does not come before another one, of texts in JavaScript's order. O(log length · length of the text). */
  firstNotBefore(text: string): number {
    const pieces = this.#pieces;
    // The place is in the last piece that begins before it, or at its end.
    const piece = firstIn(pieces.length, (at) => comesBefore(pieces[at]!, 0, text)) - 1;
    if (piece < 0) return 0;
    const within = pieces[piece]!;
    return this.#starts[piece]! + firstIn(within.ends.length, (at) => comesBefore(within, at, text));
  }

  /** A copy with other texts at some indices. O(pieces), and a copy of each piece that changes. */
  with(texts: ReadonlyMap<number, string>): TextList {
    const changed = new Map<number, string[]>();
    for (const [index, text] of texts) {
      const piece = this.#pieceOf(index);
      const list = changed.get(piece) ?? textsOf(this.#pieces[piece]!);
      list[index - this.#starts[piece]!] = text;
      changed.set(piece, list);
    }
    const pieces = [...this.#pieces];
    for (const [piece, list] of changed) pieces[piece] = pieceOf(list);
    return new TextList(pieces);
  }

  /** What is kept of the list, and between it what is `coming`. O(pieces + stretches), and a copy of each piece that changes. */
  merged(stretches: readonly Stretch[], coming: (row: number) => string): TextList {
    const pieces: Piece[] = [];
    /** What will be the next piece. */
    let open: Piece[] = [];
    let size = 0;
    const close = () => {
      if (size > 0) pieces.push(joined(open));
      open = [];
      size = 0;
    };
    const add = (part: Piece) => {
      if (size + part.ends.length > PIECE) close();
      open.push(part);
      size += part.ends.length;
    };
    for (const { from, to, row } of stretches) {
      for (let at = from; at < to; ) {
        const number = this.#pieceOf(at);
        const [piece, start] = [this.#pieces[number]!, this.#starts[number]!];
        const end = Math.min(to, start + piece.ends.length);
        add(partOf(piece, at - start, end - start));
        at = end;
      }
      if (row !== undefined) add(pieceOf([coming(row)]));
    }
    close();
    return new TextList(pieces);
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

function pieceOf(texts: readonly string[]): Piece {
  const ends = new Int32Array(texts.length);
  let end = 0;
  for (let at = 0; at < texts.length; at++) ends[at] = end += texts[at]!.length;
  return { text: texts.join(""), ends };
}

/** The texts from one place up to before another; the piece itself where these are all. */
function partOf(piece: Piece, from: number, to: number): Piece {
  if (to - from === piece.ends.length) return piece;
  const start = startIn(piece, from);
  const text = piece.text.slice(start, startIn(piece, to));
  return { text, ends: piece.ends.slice(from, to).map((end) => end - start) };
}

/** One piece of several; the only one as it is. */
function joined(parts: readonly Piece[]): Piece {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const ends = new Int32Array(parts.reduce((count, part) => count + part.ends.length, 0));
  let at = 0;
  let length = 0;
  for (const part of parts) {
    for (const end of part.ends) ends[at++] = length + end;
    length += part.text.length;
  }
  return { text: parts.map(({ text }) => text).join(""), ends };
}

function textsOf(piece: Piece): string[] {
  const texts: string[] = [];
  for (let at = 0; at < piece.ends.length; at++) texts.push(textIn(piece, at));
  return texts;
}

function textIn(piece: Piece, at: number): string {
  return piece.text.slice(startIn(piece, at), piece.ends[at]!);
}

/** Where a text of a piece begins, or the last one ends. */
function startIn({ ends }: Piece, at: number): number {
  return at === 0 ? 0 : ends[at - 1]!;
}

/** Whether one text of a piece comes before another text. Nothing is cut out for it. */
function comesBefore(piece: Piece, at: number, other: string): boolean {
  const { text, ends } = piece;
  const start = startIn(piece, at);
  const length = Math.min(ends[at]! - start, other.length);
  for (let i = 0; i < length; i++) {
    const difference = text.charCodeAt(start + i) - other.charCodeAt(i);
    if (difference !== 0) return difference < 0;
  }
  return ends[at]! - start < other.length;
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
