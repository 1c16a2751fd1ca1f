import { IntList } from "../../graph/model/integers.ts";
import type { RelevantProblem } from "./relevant.ts";

const index = new IntList();
const low = new IntList();
const path = new IntList();
const cursor = new IntList();
const open = new IntList();

/**
 * Which nodes lie on common loops: per node the number of its strongly connected component, in `into`.
 *
 * Tarjan 1972, without recursion. Time and memory O(nodes + members).
 */
export function loopComponents(relevant: RelevantProblem, into: IntList): Int32Array {
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
