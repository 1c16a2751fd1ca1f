import fc from "fast-check";
import { expect, it } from "vitest";
import { stretchesOf } from "../../../src/store/snapshot/stretches.ts";
import { TextList } from "../../../src/store/snapshot/text-list.ts";

/** Lists of one piece, and of several. */
const length = fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 6_000 }));

/** Of several lengths, in the order of the numbers; some with letters of two bytes. */
function written(number: number): string {
  return `${String(number).padStart(10, "0")}${number % 3 === 0 ? "结构".repeat(number % 5) : ""}`;
}

function expectSame(list: TextList, items: readonly string[]): void {
  expect([...list]).toEqual(items);
  expect(list.length).toBe(items.length);
  expect(items.map((_, index) => list.at(index))).toEqual(items);
  expect(list.at(items.length)).toBeUndefined();
  expect(list.map((item, index) => `${item} ${index}`)).toEqual(
    items.map((item, index) => `${item} ${index}`),
  );
}

it("is the array that it is made of, after any changes, and so is each list before", () => {
  const change = fc.record({
    coming: fc.array(fc.nat({ max: 99_999 }), { maxLength: 8 }),
    gone: fc.array(fc.nat({ max: 99_999 }), { maxLength: 8 }),
    /** How many neighbours go as well. */
    width: fc.oneof(fc.constant(1), fc.nat({ max: 3_000 })),
  });
  fc.assert(
    fc.property(length, fc.array(change, { maxLength: 12 }), (length, changes) => {
      let items = Array.from({ length }, (_, at) => 100_000 * at);
      let list = TextList.of(items.map(written));
      const versions: [TextList, readonly number[]][] = [[list, items]];
      for (const { coming, gone, width } of changes) {
        const last = items.at(-1) ?? 0;
        const rows = [...new Set(coming.map((part) => Math.floor((part / 99_999) * last) + 1))]
          .filter((row) => !items.includes(row))
          .sort((a, b) => a - b);
        const places = gone.flatMap((part) => {
          const from = Math.floor((part / 100_000) * items.length);
          return Array.from({ length: width }, (_, more) => from + more).filter((at) => at < items.length);
        });
        const goneAt = [...new Set(places)].sort((a, b) => a - b);
        const before = list;
        const comingAt = rows.map((row) => before.firstNotBefore(written(row)));
        expect(comingAt).toEqual(rows.map((row) => items.filter((item) => item < row).length));
        list = before.merged(stretchesOf(items.length, comingAt, goneAt), (row) => written(rows[row]!));
        const away = new Set(goneAt);
        items = [...items.filter((_, at) => !away.has(at)), ...rows].sort((a, b) => a - b);
        versions.push([list, items]);
      }
      for (const [list, items] of versions) expectSame(list, items.map(written));
    }),
    { numRuns: 60 },
  );
});

it("is another list with other items, and stays as it was", () => {
  fc.assert(
    fc.property(
      length,
      fc.array(fc.tuple(fc.nat(), fc.string({ unit: "grapheme" })), { maxLength: 5 }),
      (length, changes) => {
        fc.pre(length > 0);
        const items = Array.from({ length }, (_, at) => written(at));
        const list = TextList.of(items);
        const now = new Map(changes.map(([at, item]) => [at % length, item]));
        expectSame(
          list.with(now),
          items.map((item, at) => now.get(at) ?? item),
        );
        expectSame(list, items);
      },
    ),
    { numRuns: 30 },
  );
});

it("has few pieces, and shares them", () => {
  let list = TextList.of(Array.from({ length: 10_000 }, (_, at) => written(2 * at)));
  for (let odd = 1; odd < 20_000; odd += 2) {
    const before = list;
    const comingAt = [before.firstNotBefore(written(odd))];
    list = before.merged(stretchesOf(before.length, comingAt, []), () => written(odd));
  }
  expectSame(
    list,
    Array.from({ length: 20_000 }, (_, at) => written(at)),
  );
  expect(list.pieceCount).toBeLessThanOrEqual((2 * 20_000) / 1_024 + 1);
  for (let gone = 0; gone < 19_990; gone++)
    list = list.merged(stretchesOf(list.length, [], [gone % list.length]), () => "");
  expect(list.pieceCount).toBe(1);
});
