/** From here on numbers move by so much more than those before. */
export interface Step {
  readonly from: number;
  readonly by: number;
}

/** Up to so many steps a pass for each takes less time than one that looks each number up in a table. */
const FEW_STEPS = 6;
/** How many integers are copied and then numbered anew, while the processor still has them at hand: 64 KB, one page of WebAssembly's memory. */
const PIECE = 16_384;

/**
 * Copies references and numbers them anew. Owners and skills are numbers ≥ 0, groups below. An owner that goes is
 * named by left-over groups only, and becomes any other number ≥ 0: a group that belongs to an owner is where the groups of
 * another end.
 *
 * `before` and `after` may be one array. Time O(references · steps), for many steps O(references + owners).
 */
export function moveReferences(
  before: Int32Array,
  after: Int32Array,
  steps: readonly Step[],
  ownerCount: number,
): Int32Array {
  if (steps.length > FEW_STEPS) return moveByTable(before, after, movesOf(steps, ownerCount));
  // The last first, so that what has moved is not taken for what is to move.
  const lastFirst = steps.toReversed();
  mover ??= startMover();
  const { piece, move } = mover;
  for (let from = 0; from < after.length; from += PIECE) {
    const end = Math.min(from + PIECE, after.length);
    piece.set(before.subarray(from, end));
    for (const step of lastFirst) move(end - from, step.from, step.by);
    after.set(end - from === PIECE ? piece : piece.subarray(0, end - from), from);
  }
  return after;
}

/** Per owner by how much its number moves. */
function movesOf(steps: readonly Step[], ownerCount: number): Int32Array {
  const moves = new Int32Array(ownerCount);
  let moved = 0;
  steps.forEach(({ from, by }, at) => {
    moved += by;
    moves.fill(moved, from, steps[at + 1]?.from);
  });
  return moves;
}

function moveByTable(before: Int32Array, after: Int32Array, moves: Int32Array): Int32Array {
  for (let at = 0; at < after.length; at++) {
    const reference = before[at]!;
    after[at] = reference >= 0 ? reference + moves[reference]! : reference;
  }
  return after;
}

interface Mover {
  /** What it works on. */
  readonly piece: Int32Array;
  /** Adds `by` to those of the first `count` integers of the piece that are ≥ `from`, a number ≥ 0; some behind them may change too. */
  readonly move: (count: number, from: number, by: number) => void;
}

let mover: Mover | undefined;

/**
 * The loop that runs over all that a graph holds, four integers an instruction: two fifths of the time that it takes in
 * JavaScript, which has no instructions for that, the two copies of each piece included.
 */
function startMover(): Mover {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(MOVER)));
  const { memory, move } = exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof move !== "function")
    throw new Error("expected WebAssembly to offer its memory and its function");
  return {
    piece: new Int32Array(memory.buffer, 0, PIECE),
    move: (count, from, by) => move(count, from, by),
  };
}

const name = (text: string) => [text.length, ...Buffer.from(text)];
/** A length below 2¹⁴, in one byte or two. */
const size = (length: number) => (length < 0x80 ? [length] : [(length & 0x7f) | 0x80, length >> 7]);
const section = (id: number, content: readonly number[]) => [id, ...size(content.length), ...content];
const [I32, V128] = [0x7f, 0x7b];
/** Four references at a place in the piece, moved. */
const moved = (at: number) => [
  ...[0x20, 3, 0x20, 3, 0xfd, 0x00, 4, at, 0x22, 6], // local.get 3 (for the store), local.get 3, v128.load, local.tee 6
  ...[0x20, 6, 0x20, 4, 0xfd, 0x3f], // local.get 6, local.get 4, i32x4.ge_s
  ...[0x20, 5, 0xfd, 0x4e, 0xfd, 0xae, 0x01], // local.get 5, v128.and, i32x4.add
  ...[0xfd, 0x0b, 4, at], // v128.store
];
/** What `MOVER` does, in the binary format of https://webassembly.github.io/spec/core/binary/. */
const CODE = [
  ...[2, 1, I32, 3, V128], // Locals: 3 is where it is, 4 is `from` four times, 5 is `by` four times, 6 four references.
  ...[0x20, 1, 0xfd, 0x11, 0x21, 4], // local.get 1, i32x4.splat, local.set 4
  ...[0x20, 2, 0xfd, 0x11, 0x21, 5], // local.get 2, i32x4.splat, local.set 5
  ...[0x03, 0x40], // loop
  ...[0, 16, 32, 48].flatMap(moved),
  ...[0x20, 3, 0x41, 0xc0, 0x00, 0x6a, 0x22, 3], // local.get 3, i32.const 64, i32.add, local.tee 3
  ...[0x20, 0, 0x41, 2, 0x74, 0x48], // local.get 0, i32.const 2, i32.shl (bytes), i32.lt_s
  ...[0x0d, 0, 0x0b, 0x0b], // br_if 0, end, end
];
const MOVER = [
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, [1, 0x60, 3, I32, I32, I32, 0]), // One type: three integers, no result.
  ...section(3, [1, 0]), // One function, of that type.
  ...section(5, [1, 0, 1]), // One memory, of a page.
  ...section(7, [2, ...name("memory"), 2, 0, ...name("move"), 0, 0]),
  ...section(10, [1, ...size(CODE.length), ...CODE]),
];
