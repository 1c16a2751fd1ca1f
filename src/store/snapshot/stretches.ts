/** A part of the old list that is kept, and the number of the new row that comes after it, if any. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly row: number | undefined;
}

/**
 * How one list becomes another: `comingAt` says before which old item each new row comes, `goneAt` which old items
 * are deleted; both ascend. Time and memory in proportion to the new and deleted rows, however long the list is.
 */
export function stretchesOf(
  length: number,
  comingAt: readonly number[],
  goneAt: readonly number[],
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  let gone = 0;
  /** Keeps everything up to here except deleted items. */
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
