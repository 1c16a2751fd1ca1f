import { unwritten } from "./integers.ts";

/**
 * Arrays with room behind them, so that graphs of neighbouring revisions can be views of the same buffers: a
 * change is written behind what any of them sees, and nothing is copied.
 */

/** An array of n integers gets n / `SPARE_PART` spare ones, at least `LEAST_SPARE`: enough for many small changes. */
const SPARE_PART = 32;
const LEAST_SPARE = 64;
const BYTES = Int32Array.BYTES_PER_ELEMENT;

/** Per buffer made here: how many of its integers are taken, by whichever view took them. */
const taken = new WeakMap<ArrayBufferLike, number>();

/** Zeros, with room for `extra` integers behind them and the usual spare room behind these. */
export function roomy(length: number, extra = 0): Int32Array {
  const whole = new Int32Array(length + extra + spareFor(length + extra));
  taken.set(whole.buffer, length);
  return whole.subarray(0, length);
}

const spareFor = (length: number) => Math.max(LEAST_SPARE, Math.ceil(length / SPARE_PART));

/** How many integers of the array's buffer are taken, or undefined when there is no room for `extra` more. */
export function takenOf(array: Int32Array, extra: number): number | undefined {
  const length = taken.get(array.buffer);
  if (length === undefined) return undefined;
  return (length + extra) * BYTES <= array.buffer.byteLength ? length : undefined;
}

/** Takes room behind all that is taken: a view from the beginning of the buffer to the end of that room. */
export function take(array: Int32Array, extra: number): Int32Array {
  const length = takenOf(array, extra);
  if (length === undefined) throw new RangeError(`expected spare room for ${extra} integers`);
  taken.set(array.buffer, length + extra);
  return new Int32Array(array.buffer, 0, length + extra);
}

/** Whether the array's buffer, made here, has room up to so many integers. */
export function reaches(array: Int32Array, length: number): boolean {
  return taken.has(array.buffer) && length * BYTES <= array.buffer.byteLength;
}

/** A view of the array's buffer from its beginning up to so many integers, whoever has taken them. */
export function reaching(array: Int32Array, length: number): Int32Array {
  return new Int32Array(array.buffer, 0, length);
}

/** As many integers as the array has, each to be written, with room as far behind them as its buffer reaches, if that was made here. */
export function asRoomy({ buffer, length }: Int32Array): Int32Array {
  return roomyToWrite(length, taken.has(buffer) ? buffer.byteLength / BYTES : undefined);
}

/**
 * Integers that are each to be written, with zeros behind them up to so many in all. Zeros are what graphs that share
 * the numbers of groups expect in the room that one of them has taken.
 */
export function roomyToWrite(length: number, withRoom = length + spareFor(length)): Int32Array {
  const whole = unwritten(withRoom);
  whole.fill(0, length);
  taken.set(whole.buffer, length);
  return whole.subarray(0, length);
}

/** A copy with room for `extra` integers, and for as many again as any array is given. */
export function roomyCopy(array: Int32Array, extra = 0): Int32Array {
  const copy = roomy(array.length, extra);
  copy.set(array);
  return copy;
}
