import fc from "fast-check";
import { expect, test } from "vitest";
import { integerProgramme } from "../../../src/planning/exact/integer-programme.ts";
import { isPlan, metBy, problemsOf, smallQuestion, weighedNodes } from "../../support/choice-problems.ts";

test("what a choice meets satisfies the programme exactly where it is a plan", () => {
  let rowCount = 0;
  fc.assert(
    fc.property(smallQuestion(), fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (asked, flags) => {
      for (const problem of problemsOf(asked)) {
        const { numCols, numRows, matrix, rowLower, colLower, colUpper, colCost } = integerProgramme(
          problem,
          1e30,
        );
        expect([numCols, numRows]).toEqual([problem.nodeCount, matrix.numRows]);
        expect(colCost).toEqual(problem.weight);
        for (const plan of [weighedNodes(problem), weighedNodes(problem).filter((node) => flags[node])]) {
          const met = metBy(problem, plan);
          const holds = (row: number) => {
            let sum = 0;
            for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++)
              sum += met.has(matrix.indices[at]!) ? matrix.values[at]! : 0;
            return sum >= rowLower[row]!;
          };
          for (let row = 0; row < numRows; row++) expect(holds(row)).toBe(true);
          rowCount += numRows;
          for (let node = 0; node < numCols; node++) expect(colUpper[node]).toBe(1);
          const areGoalsMet = Array.from(colLower).every((lower, node) => lower === 0 || met.has(node));
          expect(areGoalsMet).toBe(isPlan(problem, plan));
        }
      }
    }),
    { numRuns: 500 },
  );
  expect(rowCount).toBeGreaterThan(1_000);
});

test("without loops, every solution in whole numbers is a plan", () => {
  let solutions = 0;
  fc.assert(
    fc.property(smallQuestion(), (asked) => {
      for (const problem of problemsOf(asked)) {
        if (problem.hasLoop || problem.nodeCount > 12) continue;
        const { numRows, matrix, rowLower, colLower } = integerProgramme(problem, 1e30);
        for (let mask = 0; mask < 1 << problem.nodeCount; mask++) {
          const value = (node: number) => (mask >> node) & 1;
          if (!Array.from(colLower).every((lower, node) => value(node) >= lower)) continue;
          let isSolution = true;
          for (let row = 0; row < numRows && isSolution; row++) {
            let sum = 0;
            for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++)
              sum += matrix.values[at]! * value(matrix.indices[at]!);
            isSolution = sum >= rowLower[row]!;
          }
          if (!isSolution) continue;
          solutions++;
          expect(
            isPlan(
              problem,
              weighedNodes(problem).filter((node) => value(node) === 1),
            ),
          ).toBe(true);
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(solutions).toBeGreaterThan(100);
});
