/**
 * Lists of small integers as compressed sparse rows: the items of row r are `items[start[r]]` up to before
 * `items[end[r]]`. Everything here writes into arrays that the caller gives, so that it can keep them between calls.
 */

/**
 * Turns rows around: per column the rows that hold it, in ascending order. The rows of column c are then
 * `into[intoStart[c]]` up to before `into[intoStart[c + 1]]`.
 *
 * `intoStart` has room for `columnCount + 2` integers, `into` for all items. A counting sort: O(rows + columns + items).
 */
export function transpose(
  rowCount: number,
  start: Int32Array,
  end: Int32Array,
  items: Int32Array,
  columnCount: number,
  intoStart: Int32Array,
  into: Int32Array,
): void {
  // Counted two places late, so that filling the columns moves each start to where it belongs.
  intoStart.fill(0, 0, columnCount + 2);
  for (let row = 0; row < rowCount; row++)
    for (let i = start[row]!; i < end[row]!; i++) intoStart[items[i]! + 2]! += 1;
  for (let column = 2; column < columnCount + 2; column++) intoStart[column]! += intoStart[column - 1]!;
  for (let row = 0; row < rowCount; row++)
    for (let i = start[row]!; i < end[row]!; i++) into[intoStart[items[i]! + 1]!++] = row;
}

/**
 * Gathers values by key: those of key k are `values[start[k]]` up to before `values[start[k + 1]]`, in the order
 * given. The values are the places in `keys` when none are given. A counting sort: O(keys + values).
 */
export function groupByKey(
  keyCount: number,
  keys: ArrayLike<number>,
  given?: ArrayLike<number>,
): { readonly start: Int32Array; readonly values: Int32Array } {
  const start = new Int32Array(keyCount + 2);
  for (let i = 0; i < keys.length; i++) start[keys[i]! + 2]! += 1;
  for (let key = 2; key < keyCount + 2; key++) start[key]! += start[key - 1]!;
  const values = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) values[start[keys[i]! + 1]!++] = given?.[i] ?? i;
  return { start: start.subarray(0, keyCount + 1), values };
}

/**
 * Forward chaining over rows. A node is met when it lacks nothing, and then each of its users lacks one member less.
 * `lacking` holds per node how many members it needs, and is counted down. Writes the nodes into `met` in the order
 * in which they are met, and returns how many there are. With the number of all its members as what a node lacks,
 * this is Kahn's topological order, and nodes that are not met are on a loop or behind one.
 *
 * `userStart` and `users` are the members of all nodes, transposed. O(nodes + members).
 */
export function chainRows(
  nodeCount: number,
  lacking: Int32Array,
  userStart: Int32Array,
  users: Int32Array,
  met: Int32Array,
): number {
  let count = 0;
  for (let node = 0; node < nodeCount; node++) if (lacking[node] === 0) met[count++] = node;
  for (let at = 0; at < count; at++) {
    const node = met[at]!;
    for (let u = userStart[node]!; u < userStart[node + 1]!; u++)
      if (--lacking[users[u]!]! === 0) met[count++] = users[u]!;
  }
  return count;
}
