/** Adds a value to an ascending list of the `limit` smallest; infinite ones are left out. O(limit). */
export function keepSmallest(list: number[], value: number, limit: number): void {
  if (value === Number.POSITIVE_INFINITY) return;
  let at = list.length;
  if (at === limit) {
    if (value >= list[at - 1]!) return;
    at--;
  }
  for (; at > 0 && list[at - 1]! > value; at--) list[at] = list[at - 1]!;
  list[at] = value;
}
