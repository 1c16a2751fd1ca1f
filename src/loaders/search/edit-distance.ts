export interface EditDistance {
  /** To the whole of the other word. */
  readonly whole: number;
  /** To that beginning of the other word which is nearest. */
  readonly beginning: number;
}

/**
 * How many letters have to be inserted, deleted, replaced or swapped with their neighbour to make one word of
 * another (optimal string alignment). O(a × b) time, O(b) memory.
 */
export function editDistance(a: string, b: string): EditDistance {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = last[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      let best = Math.min(replaced, last[column]! + 1, current[column - 1]! + 1);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, beforeLast[column - 2]! + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return { whole: last[b.length]!, beginning: Math.min(...last) };
}
