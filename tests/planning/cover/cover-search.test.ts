import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CoverSearch, type WeightedSet } from "../../../src/planning/cover/cover-search.ts";

const ELEMENTS = 7;
const values = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: ELEMENTS, maxLength: ELEMENTS });
const sets = fc.array(
  fc.record({
    elements: fc.uniqueArray(fc.nat({ max: ELEMENTS - 1 }), { maxLength: 4 }),
    weight: fc.nat({ max: 3 }),
  }),
  { maxLength: 7 },
);

function heldValue(
  values: readonly number[],
  sets: readonly WeightedSet[],
  chosen: readonly number[],
): number {
  const covered = new Set(chosen.flatMap((s) => sets[s]!.elements));
  return [...covered].reduce((sum, element) => sum + values[element]!, 0);
}

describe("CoverSearch", () => {
  it("picks greedily: each time the greatest gain, then the lightest, then the first", () => {
    fc.assert(
      fc.property(values, sets, fc.nat({ max: 4 }), (values, sets, atMost) => {
        const expected: number[] = [];
        for (;;) {
          const gains = sets.map(
            (_, s) => heldValue(values, sets, [...expected, s]) - heldValue(values, sets, expected),
          );
          const [next] = sets
            .map((_, s) => s)
            .sort((a, b) => gains[b]! - gains[a]! || sets[a]!.weight - sets[b]!.weight || a - b);
          if (next === undefined || gains[next] === 0 || expected.length === atMost) break;
          expected.push(next);
        }
        const search = new CoverSearch(values, sets, 0);
        expect(search.greedyPicks(atMost)).toEqual(expected);
        expect(search).toMatchObject({ chosen: [], value: 0, weight: 0 });
      }),
    );
  });

  it("keeps the best of all choices where nothing is pruned", () => {
    fc.assert(
      fc.property(values, sets, (values, sets) => {
        const search = new CoverSearch(values, sets, 1);
        search.explore(() => search.byGain(sets.keys()).map(({ s }) => s));
        const { chosen, value, isOptimal } = search.outcome();
        expect(isOptimal).toBe(true);
        expect(value).toBe(heldValue(values, sets, chosen));
        const weigh = (chosen: readonly number[]) => chosen.reduce((sum, s) => sum + sets[s]!.weight, 0);
        for (let mask = 0; mask < 1 << sets.length; mask++) {
          const other = sets.map((_, s) => s).filter((s) => mask & (1 << s));
          const isBetter =
            heldValue(values, sets, other) - value ||
            chosen.length - other.length ||
            weigh(chosen) - weigh(other);
          expect(isBetter).toBeLessThanOrEqual(0);
        }
        expect([...search.covered, ...search.isTried]).not.toContain(1);
      }),
    );
  });

  it("stops when its work is used up, and says so", () => {
    const search = new CoverSearch([1, 1], [{ elements: [0], weight: 0 }], 0);
    search.explore(() => [0]);
    expect(search.outcome()).toEqual({ chosen: [], value: 0, isOptimal: false });
  });
});
