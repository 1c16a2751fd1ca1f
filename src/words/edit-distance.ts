export interface EditDistance {
  /** To the whole of the other word. */
  readonly whole: number;
  /** To the beginning of the other word that is nearest. */
  readonly beginning: number;
}

/** Three rows of the table, the current one first, reused by every call: a search compares thousands of words. */
let rows: [Int32Array, Int32Array, Int32Array] = rowsFor(64);

function rowsFor(columns: number): [Int32Array, Int32Array, Int32Array] {
  return [new Int32Array(columns), new Int32Array(columns), new Int32Array(columns)];
}

/**
 * The optimal string alignment distance: how many letters have to be inserted, deleted, replaced or swapped with
 * their neighbour to turn one word into the other. O(a × b) time, O(b) memory.
 */
export function editDistance(a: string, b: string): EditDistance {
  if (rows[0].length <= b.length) rows = rowsFor(2 * b.length);
  let [current, last, beforeLast] = rows;
  for (let column = 0; column <= b.length; column++) last[column] = column;
  for (let row = 1; row <= a.length; row++) {
    current[0] = row;
    fillRow(a, b, row, 1, b.length, current, last, beforeLast);
    [current, last, beforeLast] = [beforeLast, current, last];
  }
  let beginning = last[0]!;
  for (let column = 1; column <= b.length; column++) beginning = Math.min(beginning, last[column]!);
  return { whole: last[b.length]!, beginning };
}

/**
 * The same distance between whole words, or `undefined` when it is more than `atMost`. O((a + b) × atMost) time
 * at worst; it ends early for most words, which differ from their first letters on.
 */
export function editDistanceWithin(a: string, b: string, atMost: number): number | undefined {
  if (Math.abs(a.length - b.length) > atMost) return undefined;
  if (rows[0].length <= b.length) rows = rowsFor(2 * b.length);
  let [current, last, beforeLast] = rows;
  for (let column = 0; column <= b.length; column++) last[column] = column;
  let leastOfLast = 0;
  for (let row = 1; row <= a.length; row++) {
    // Farther from the diagonal, the difference in length alone exceeds the bound.
    const from = Math.max(1, row - atMost);
    const to = Math.min(b.length, row + atMost);
    current[from - 1] = from === 1 ? row : atMost + 1;
    if (to < b.length) current[to + 1] = atMost + 1;
    const least = fillRow(a, b, row, from, to, current, last, beforeLast);
    // Two rows, because a swap reaches back over one.
    if (Math.min(least, current[from - 1]!) > atMost && leastOfLast > atMost) return undefined;
    leastOfLast = Math.min(least, current[from - 1]!);
    [current, last, beforeLast] = [beforeLast, current, last];
  }
  const distance = last[b.length]!;
  return distance > atMost ? undefined : distance;
}

/** Fills the columns `from` to `to` of a row from the two rows above it; returns the least value. */
function fillRow(
  a: string,
  b: string,
  row: number,
  from: number,
  to: number,
  current: Int32Array,
  last: Int32Array,
  beforeLast: Int32Array,
): number {
  const letter = a.charCodeAt(row - 1);
  const letterBefore = row > 1 ? a.charCodeAt(row - 2) : -1;
  let least = Number.POSITIVE_INFINITY;
  for (let column = from; column <= to; column++) {
    const other = b.charCodeAt(column - 1);
    let best = last[column - 1]! + (letter === other ? 0 : 1);
    if (last[column]! + 1 < best) best = last[column]! + 1;
    if (current[column - 1]! + 1 < best) best = current[column - 1]! + 1;
    if (column > 1 && letterBefore === other && letter === b.charCodeAt(column - 2))
      best = Math.min(best, beforeLast[column - 2]! + 1);
    current[column] = best;
    if (best < least) least = best;
  }
  return least;
}
