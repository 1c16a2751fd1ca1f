import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cover, MAX_EXACT_SETS, smallCover } from "../../../src/planning/cover/small-cover.ts";

interface Measured {
  readonly covered: number;
  readonly size: number;
  readonly cost: number;
}

function measure(covers: readonly Cover[], chosen: readonly number[]): Measured {
  return {
    covered: new Set(chosen.flatMap((s) => covers[s]!.elements)).size,
    size: chosen.length,
    cost: chosen.reduce((sum, s) => sum + covers[s]!.cost, 0),
  };
}

function isBetter(a: Measured, b: Measured): boolean {
  if (a.covered !== b.covered) return a.covered > b.covered;
  if (a.size !== b.size) return a.size < b.size;
  return a.cost < b.cost;
}

function bruteForce(covers: readonly Cover[], atMost: number): Measured {
  let best: Measured = { covered: 0, size: 0, cost: 0 };
  for (let mask = 0; mask < 1 << covers.length; mask++) {
    const chosen = covers.map((_, s) => s).filter((s) => mask & (1 << s));
    if (chosen.length > atMost) continue;
    const measured = measure(covers, chosen);
    if (isBetter(measured, best)) best = measured;
  }
  return best;
}

const ELEMENTS = 9;
const covers = fc.array(
  fc.record({
    elements: fc.array(fc.integer({ min: 0, max: ELEMENTS - 1 }), { maxLength: 6 }),
    cost: fc.integer({ min: 0, max: 4 }),
  }),
  { maxLength: 9 },
);

describe("smallCover", () => {
  it("covers most, with fewest, at least cost: like trying everything", () => {
    fc.assert(
      fc.property(covers, fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }), (given, atMost) => {
        const answer = smallCover(ELEMENTS, given, atMost);
        expect(measure(given, answer.chosen)).toEqual(bruteForce(given, atMost ?? Number.POSITIVE_INFINITY));
        expect(answer.isOptimal).toBe(true);
        const covered = new Set(answer.chosen.flatMap((s) => given[s]!.elements));
        expect([...covered, ...answer.uncovered].sort((a, b) => a - b)).toEqual(
          Array.from({ length: ELEMENTS }, (_, e) => e),
        );
        expect(smallCover(ELEMENTS, given, atMost)).toEqual(answer);
      }),
      { numRuns: 800 },
    );
  });

  it("without budget still covers everything coverable, or 1 − 1/e of what is possible", () => {
    fc.assert(
      fc.property(covers, fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }), (given, atMost) => {
        const answer = smallCover(ELEMENTS, given, atMost, 0);
        const best = bruteForce(given, atMost ?? Number.POSITIVE_INFINITY);
        const got = measure(given, answer.chosen);
        if (atMost === undefined) expect(got.covered).toBe(best.covered);
        expect(got.covered).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best.covered);
        expect(got.size).toBeLessThanOrEqual(atMost ?? given.length);
        if (answer.isOptimal) expect(got).toEqual(best);
      }),
      { numRuns: 500 },
    );
  });

  it("solves the parts of a large question apart", () => {
    // 40 times the case in which greed takes three instead of two.
    const many: Cover[] = [];
    for (let part = 0; part < 40; part++) {
      const at = (...elements: number[]) => ({ elements: elements.map((e) => part * 6 + e), cost: 0 });
      many.push(at(0, 1, 3, 4), at(0, 1, 2), at(3, 4, 5));
    }
    const answer = smallCover(240, many);
    expect(answer).toMatchObject({ isOptimal: true, uncovered: [] });
    expect(answer.chosen).toHaveLength(80);
  });

  it("is greedy, and says so, beyond its limit", () => {
    const size = MAX_EXACT_SETS + 1;
    const ring = Array.from({ length: size }, (_, s) => ({ elements: [s, (s + 1) % size], cost: 0 }));
    const answer = smallCover(size, ring);
    expect(answer).toMatchObject({ isOptimal: false, uncovered: [] });
    expect(answer.chosen.length).toBeLessThan(size);
  });

  it("has nothing to choose from nothing", () => {
    expect(smallCover(2, [{ elements: [], cost: 0 }])).toEqual({
      chosen: [],
      uncovered: [0, 1],
      isOptimal: true,
    });
    expect(smallCover(1, [{ elements: [0], cost: 0 }], 0)).toEqual({
      chosen: [],
      uncovered: [0],
      isOptimal: true,
    });
  });
});
