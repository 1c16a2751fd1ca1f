import type { Highs } from "highs";
import type { StepGraph } from "../../src/planning/order/used-prerequisites.ts";

/**
 * The least that an order of all steps carries, by an integer programme that has nothing in common with the search: whether
 * each step comes before each other (linear ordering), where of three steps not each can come before the next in a ring.
 * O(n³) rows.
 */
export function leastCarriedByHighs(highs: Highs, { cost, needs }: StepGraph): number {
  const n = cost.length;
  const column = (i: number, j: number) => i * n + j;
  const objective = new Float64Array(n * n);
  let constant = 0;
  needs.forEach((before, step) => {
    for (const needed of before) {
      // The start of the step less the end of what it needs: what lies before each.
      for (let other = 0; other < n; other++) {
        if (other !== step) objective[column(other, step)]! += cost[other]!;
        if (other !== needed) objective[column(other, needed)]! -= cost[other]!;
      }
      constant -= cost[needed]!;
    }
  });
  const lower = new Float64Array(n * n);
  const upper = new Float64Array(n * n).fill(1);
  for (let i = 0; i < n; i++) upper[column(i, i)] = 0;
  needs.forEach((before, step) => {
    for (const needed of before) lower[column(needed, step)] = 1;
  });
  const rows: { readonly lower: number; readonly upper: number; readonly indices: readonly number[] }[] = [];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (i < j) rows.push({ lower: 1, upper: 1, indices: [column(i, j), column(j, i)] });
      for (let k = 0; k < n; k++)
        if (i < j && i < k && j !== k)
          rows.push({ lower: 0, upper: 2, indices: [column(i, j), column(j, k), column(k, i)] });
    }
  const starts = [0];
  for (const { indices } of rows) starts.push(starts.at(-1)! + indices.length);
  const programme = {
    numCols: n * n,
    numRows: rows.length,
    colCost: objective,
    colLower: lower,
    colUpper: upper,
    rowLower: rows.map((row) => row.lower),
    rowUpper: rows.map((row) => row.upper),
    matrix: {
      format: "csr",
      numRows: rows.length,
      numCols: n * n,
      starts,
      indices: rows.flatMap(({ indices }) => indices),
      values: rows.flatMap(({ indices }) => indices.map(() => 1)),
    },
    integrality: new Int32Array(n * n).fill(1),
  } as const;
  return highs.withModel(programme, (model) => {
    model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0.5 });
    model.run();
    const { colValue } = model.getSolution();
    return objective.reduce((sum, each, at) => sum + each * Math.round(colValue[at]!), constant);
  });
}
