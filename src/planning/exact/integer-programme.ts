import type { ModelData } from "highs";
import type { ChoiceProblem } from "../problem/choice-problem.ts";

/** A row `values · x[indices] ≥ lower` over the nodes of a problem. */
export interface Row {
  readonly indices: readonly number[];
  readonly values: readonly number[];
  readonly lower: number;
}

/**
 * A choice problem as an integer programme: one column per node, 1 where the node is met and 0 where it is not,
 * and one row per requirement.
 *
 * A node that needs `k` of its members gives `sum of its members ≥ k · node`. Where it needs all of them, each
 * gets a row of its own, `member ≥ node`, because the sum leaves more room for fractions. Goals are fixed to 1.
 *
 * The rows say nothing about the order of learning: where members may lead back to where they are used, a solution
 * may hold itself up in a loop. `loopCuts` rules those out one by one. Time and memory O(nodes + members).
 */
export function integerProgramme(problem: ChoiceProblem, infinity: number): ModelData {
  const { nodeCount, weight, goals } = problem;
  const rows = requirementRows(problem);
  const colLower = new Float64Array(nodeCount);
  for (const goal of goals) colLower[goal] = 1;
  const starts = [0];
  for (const { indices } of rows) starts.push(starts.at(-1)! + indices.length);
  return {
    numCols: nodeCount,
    numRows: rows.length,
    colCost: weight,
    colLower,
    colUpper: new Float64Array(nodeCount).fill(1),
    rowLower: rows.map((row) => row.lower),
    rowUpper: rows.map(() => infinity),
    matrix: {
      format: "csr",
      numRows: rows.length,
      numCols: nodeCount,
      starts,
      indices: rows.flatMap((row) => row.indices),
      values: rows.flatMap((row) => row.values),
    },
    // 1 is HiGHS's code for a whole number.
    integrality: new Int32Array(nodeCount).fill(1),
  };
}

function requirementRows({ nodeCount, need, memberStart, members }: ChoiceProblem): Row[] {
  const rows: Row[] = [];
  for (let v = 0; v < nodeCount; v++) {
    const wanted = need[v]!;
    if (wanted === 0) continue;
    const begin = memberStart[v]!;
    const end = memberStart[v + 1]!;
    /** Per member, how often it is listed. A node is of no use for meeting itself. */
    const times = new Map<number, number>();
    for (let m = begin; m < end; m++)
      if (members[m] !== v) times.set(members[m]!, (times.get(members[m]!) ?? 0) + 1);
    if (wanted === end - begin)
      for (const member of times.keys()) rows.push({ indices: [member, v], values: [1, -1], lower: 0 });
    else rows.push({ indices: [...times.keys(), v], values: [...times.values(), -wanted], lower: 0 });
  }
  return rows;
}
