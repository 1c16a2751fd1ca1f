/** A part of a list that stays, from here to there, and what comes behind it: the number of a new row, if any. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly row: number | undefined;
}

/**
 * How a list becomes another: `comingAt` says before which of the old items each new row comes, `goneAt` which go;
 * both ascending. Time and memory in proportion to what comes and goes, however long the list is.
 */
export function stretchesOf(
  length: number,
  comingAt: readonly number[],
  goneAt: readonly number[],
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  let gone = 0;
  /** Keeps all up to here but what goes. */
  const keepTo = (end: number, row: number | undefined) => {
    for (let next = goneAt[gone]; next !== undefined && next < end; next = goneAt[++gone]) {
      if (next > from) stretches.push({ from, to: next, row: undefined });
      from = next + 1;
    }
    stretches.push({ from, to: Math.max(from, end), row });
    from = Math.max(from, end);
  };
  comingAt.forEach((end, row) => {
    keepTo(end, row);
  });
  keepTo(length, undefined);
  return stretches;
}

/** The first place of an ordered list whose item does not come before this one. */
export function placeFor(ordered: readonly string[], item: string): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ordered[middle]! < item) low = middle + 1;
    else high = middle;
  }
  return low;
}
