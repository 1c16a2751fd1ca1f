import fc from "fast-check";
import { expect, it } from "vitest";
import { chainRows, groupByKey, transpose } from "../../../src/graph/model/integers.ts";

const COLUMNS = 7;
const lists = fc.array(fc.array(fc.nat({ max: COLUMNS - 1 }), { maxLength: 5 }), { maxLength: 12 });

/** Rows with a gap behind each, as if items had been taken out. */
function rowsOf(written: readonly (readonly number[])[]) {
  const start: number[] = [];
  const end: number[] = [];
  const items: number[] = [];
  for (const row of written) {
    start.push(items.length);
    items.push(...row);
    end.push(items.length);
    items.push(COLUMNS - 1);
  }
  return [Int32Array.from(start), Int32Array.from(end), Int32Array.from(items)] as const;
}

it("turns rows around, whatever stands between them", () => {
  fc.assert(
    fc.property(lists, (written) => {
      const intoStart = new Int32Array(COLUMNS + 2).fill(9);
      const into = new Int32Array(written.flat().length);
      transpose(written.length, ...rowsOf(written), COLUMNS, intoStart, into);
      for (let column = 0; column < COLUMNS; column++)
        expect([...into.subarray(intoStart[column]!, intoStart[column + 1]!)]).toEqual(
          written.flatMap((row, at) => row.filter((item) => item === column).map(() => at)),
        );
    }),
  );
});

it("gathers values, or places, by key in the order given", () => {
  const keys = [2, 0, 2, 3, 0];
  const { start, values } = groupByKey(4, keys, [10, 11, 12, 13, 14]);
  expect([...start]).toEqual([0, 2, 2, 4, 5]);
  expect([...values]).toEqual([11, 14, 10, 12, 13]);
  expect([...groupByKey(4, keys).values]).toEqual([1, 4, 0, 2, 3]);
});

it("meets what lacks nothing, then what that was a member of, and stops before loops", () => {
  // 0 and 1 → 2 (any of them), 2 and 3 → 3 (a loop), 2 → 4, 3 → 5.
  const start = Int32Array.from([0, 1, 2, 4, 6, 6, 6]);
  const users = Int32Array.from([2, 2, 3, 4, 3, 5]);
  const met = new Int32Array(6);
  const count = chainRows(6, Int32Array.from([0, 0, 1, 2, 1, 1]), start, users, met);
  expect([...met.subarray(0, count)]).toEqual([0, 1, 2, 4]);
});
