import { IntList } from "../../graph/model/integers.ts";
import { chainRows } from "../../graph/model/rows.ts";
import type { RelevantProblem } from "./relevant-problem.ts";

const waiting = new IntList();
const queue = new IntList();
const index = new IntList();
const low = new IntList();
const path = new IntList();
const cursor = new IntList();
const open = new IntList();

/**
 * Which nodes lie on common loops: per node the number of its strongly connected component, in `into`.
 * `undefined` when there is no loop at all, the usual case.
 *
 * Tarjan 1972, without recursion. Time and memory O(nodes + members).
 */
export function loopComponents(relevant: RelevantProblem, into: IntList): Int32Array | undefined {
  if (!relevant.hasLoop) return undefined;
  const { nodeCount, memberStart, memberEnd, members } = relevant;
  const component = into.reserve(nodeCount).fill(-1, 0, nodeCount);
  const at = index.reserve(nodeCount).fill(-1, 0, nodeCount);
  const lowest = low.reserve(nodeCount);
  const next = cursor.reserve(nodeCount);
  let visited = 0;
  let components = 0;
  const enter = (node: number) => {
    at[node] = lowest[node] = visited++;
    next[node] = memberStart[node]!;
    path.push(node);
    open.push(node);
  };
  for (let root = 0; root < nodeCount; root++) {
    if (at[root] !== -1) continue;
    enter(root);
    while (path.length > 0) {
      const node = path.items[path.length - 1]!;
      if (next[node]! < memberEnd[node]!) {
        const member = members[next[node]!++]!;
        if (at[member] === -1) enter(member);
        else if (component[member] === -1) lowest[node] = Math.min(lowest[node]!, at[member]!);
        continue;
      }
      path.length--;
      if (path.length > 0) {
        const user = path.items[path.length - 1]!;
        lowest[user] = Math.min(lowest[user]!, lowest[node]!);
      }
      if (lowest[node] !== at[node]) continue;
      for (let member = -1; member !== node; ) {
        member = open.items[--open.length]!;
        component[member] = components;
      }
      components++;
    }
  }
  return component;
}

/**
 * Whether members lead back anywhere: nodes whose members are all dealt with are dealt with, until none is left.
 * The arrays are those of a `RelevantProblem`. O(nodes + members).
 */
export function hasLoop(
  nodeCount: number,
  memberStart: Int32Array,
  memberEnd: Int32Array,
  userStart: Int32Array,
  users: Int32Array,
): boolean {
  const left = waiting.reserve(nodeCount);
  for (let node = 0; node < nodeCount; node++) left[node] = memberEnd[node]! - memberStart[node]!;
  return chainRows(nodeCount, left, userStart, users, queue.reserve(nodeCount)) < nodeCount;
}
