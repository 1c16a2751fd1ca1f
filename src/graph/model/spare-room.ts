/**
 * Arrays with room behind them, so that graphs of neighbouring revisions can be views of the same buffers: a
 * change is written behind what any of them sees, and nothing is copied.
 */

/** An array of n integers gets n / `SPARE_PART` spare ones, at least `LEAST_SPARE`: enough for many small changes. */
const SPARE_PART = 32;
const LEAST_SPARE = 64;

/** Per buffer made here: how many of its integers are taken, by whichever view took them. */
const taken = new WeakMap<ArrayBufferLike, number>();

/** Zeros, with room for `extra` integers behind them and the usual spare room behind these. */
export function roomy(length: number, extra = 0): Int32Array {
  const spare = extra + Math.max(LEAST_SPARE, Math.ceil((length + extra) / SPARE_PART));
  return roomyUpTo(length, (length + spare) * Int32Array.BYTES_PER_ELEMENT);
}

function roomyUpTo(length: number, bytes: number): Int32Array {
  const buffer = new ArrayBuffer(bytes);
  taken.set(buffer, length);
  return new Int32Array(buffer, 0, length);
}

/** How many integers of the array's buffer are taken, or undefined when there is no room for `extra` more. */
export function takenOf(array: Int32Array, extra: number): number | undefined {
  const length = taken.get(array.buffer);
  if (length === undefined) return undefined;
  return (length + extra) * Int32Array.BYTES_PER_ELEMENT <= array.buffer.byteLength ? length : undefined;
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
  return taken.has(array.buffer) && length * Int32Array.BYTES_PER_ELEMENT <= array.buffer.byteLength;
}

/** A view of the array's buffer from its beginning up to so many integers, whoever has taken them. */
export function reaching(array: Int32Array, length: number): Int32Array {
  return new Int32Array(array.buffer, 0, length);
}

/** Zeros, as many as the array has, with as much behind them as its buffer has; the usual room where it was not made here. */
export function asRoomy(array: Int32Array): Int32Array {
  const { buffer, length } = array;
  return taken.has(buffer) ? roomyUpTo(length, buffer.byteLength) : roomy(length);
}

/** A copy with room for `extra` integers, and for as many again as any array is given. */
export function roomyCopy(array: Int32Array, extra = 0): Int32Array {
  const copy = roomy(array.length, extra);
  copy.set(array);
  return copy;
}
