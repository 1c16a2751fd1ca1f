import type { SearchSpace } from "../problem/choice-problem.ts";

/** The nodes of a part in an order in which all of them can be met. */
export interface MeetingOrder {
  readonly nodes: Int32Array;
  /** Per node: its place in `nodes`. */
  readonly rank: Int32Array;
}

/** Forward chaining over all nodes. O(size of the part). */
export function meetingOrder(space: SearchSpace): MeetingOrder {
  const { nodeCount, need, userStart, users } = space.problem;
  const nodes = new Int32Array(nodeCount);
  const rank = new Int32Array(nodeCount);
  const missing = need.slice();
  let tail = 0;
  for (let v = 0; v < nodeCount; v++) if (need[v] === 0) nodes[tail++] = v;
  for (let head = 0; head < tail; head++) {
    const v = nodes[head]!;
    rank[v] = head;
    for (let u = userStart[v]!; u < userStart[v + 1]!; u++)
      if (--missing[users[u]!]! === 0) nodes[tail++] = users[u]!;
  }
  space.work += 4 * nodeCount;
  return { nodes, rank };
}
