import type { ChoiceProblem } from "../problem/choice-problem.ts";
import type { Row } from "./integer-programme.ts";

/**
 * Which nodes a learner can meet who takes only the nodes of a plan: 1 per node met, by forward chaining.
 * Nodes of weight 0 need not be taken. O(nodes + members).
 */
export function metBy(problem: ChoiceProblem, isTaken: Uint8Array): Uint8Array {
  return chain(problem, isTaken).isMet;
}

/**
 * Rows that every plan satisfies and this one does not: for each goal that it does not meet, *one more node that
 * can be met now*. A plan that meets the goal takes its nodes in some order; the first of them outside the set
 * that is met has all it needs within that set, so it is among those that could be met now, but are not taken.
 *
 * The fewer nodes a row has, the more it says: so before it is written, nodes are added to the set, the lightest
 * first, as long as the goal stays unmet. Then all nodes of the row are taken as well and a next row is looked for,
 * until the goal is met: one solution gives many rows, no two for a goal with a common node.
 *
 * No rows when the plan meets the goals. O(nodes · (nodes + members)) for each row.
 */
export function loopCuts(problem: ChoiceProblem, isTaken: Uint8Array): Row[] {
  const rows: Row[] = [];
  for (const goal of problem.goals) {
    const taken = isTaken.slice();
    while (chain(problem, taken).isMet[goal] === 0) {
      const indices = nextNodes(problem, taken, goal);
      rows.push({ indices, values: indices.map(() => 1), lower: 1 });
      for (const node of indices) taken[node] = 1;
    }
  }
  return rows;
}

/** Nodes of which each would let a learner go on towards the goal, and without all of which it stays unmet. */
function nextNodes(problem: ChoiceProblem, isTaken: Uint8Array, goal: number): number[] {
  const { weight } = problem;
  const taken = isTaken.slice();
  /** Nodes with which the goal would be met: their row is what is asked for. */
  const decisive = new Set<number>();
  for (let at = chain(problem, taken); ; ) {
    let next = -1;
    for (const v of at.ready) if (!decisive.has(v) && (next < 0 || weight[v]! < weight[next]!)) next = v;
    if (next < 0) return [...decisive];
    taken[next] = 1;
    const further = chain(problem, taken);
    if (further.isMet[goal] === 1) {
      taken[next] = 0;
      decisive.add(next);
    } else at = further;
  }
}

interface Chained {
  readonly isMet: Uint8Array;
  /** Nodes that are not taken and have what they need. */
  readonly ready: readonly number[];
}

function chain({ nodeCount, weight, need, userStart, users }: ChoiceProblem, isTaken: Uint8Array): Chained {
  const isMet = new Uint8Array(nodeCount);
  const missing = need.slice();
  const queue: number[] = [];
  const ready: number[] = [];
  const arrive = (v: number) => {
    if (weight[v]! > 0 && isTaken[v] === 0) ready.push(v);
    else {
      isMet[v] = 1;
      queue.push(v);
    }
  };
  for (let v = 0; v < nodeCount; v++) if (missing[v] === 0) arrive(v);
  for (let head = 0; head < queue.length; head++) {
    const v = queue[head]!;
    for (let u = userStart[v]!; u < userStart[v + 1]!; u++)
      if (--missing[users[u]!]! === 0) arrive(users[u]!);
  }
  return { isMet, ready };
}
