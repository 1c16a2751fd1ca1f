import type { ChoicePart, SearchSpace } from "./choice-problem.ts";

/** The nodes of a part in an order in which all of them can be met. */
export interface MeetingOrder {
  readonly nodes: Int32Array;
  /** Per node, counted from the part's first: its place in `nodes`. */
  readonly rank: Int32Array;
}

/** Forward chaining over all nodes. O(size of the part). */
export function meetingOrder(space: SearchSpace, { first, end }: ChoicePart): MeetingOrder {
  const { need, userStart, users } = space.problem;
  const nodes = new Int32Array(end - first);
  const rank = new Int32Array(end - first);
  const missing = need.slice(first, end);
  let tail = 0;
  for (let v = first; v < end; v++) if (need[v] === 0) nodes[tail++] = v;
  for (let head = 0; head < tail; head++) {
    const v = nodes[head]!;
    rank[v - first] = head;
    for (let u = userStart[v]!; u < userStart[v + 1]!; u++)
      if (--missing[users[u]! - first]! === 0) nodes[tail++] = users[u]!;
  }
  space.work += 4 * (end - first);
  return { nodes, rank };
}
