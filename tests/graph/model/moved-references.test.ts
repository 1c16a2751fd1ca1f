import fc from "fast-check";
import { expect, it } from "vitest";
import { moveReferences } from "../../../src/graph/model/moved-references.ts";
import { NONE } from "../../../src/graph/model/prerequisite-graph.ts";

const OWNERS = 1_000;

it("moves each reference to an owner by what the steps up to it add up to, and leaves groups and none as they are", () => {
  // Beyond the whole pieces that are moved at once, and for few steps and many.
  const length = fc.constantFrom(1, 3, 15, 16, 17, 16_383, 16_384, 16_385, 33_000);
  const step = fc.record({ from: fc.nat({ max: OWNERS - 1 }), by: fc.constantFrom(-1, 1, 3) });
  fc.assert(
    fc.property(
      length,
      fc.uniqueArray(step, { maxLength: 12, selector: ({ from }) => from }),
      fc.nat(),
      fc.boolean(),
      (length, some, seed, isInPlace) => {
        // Owners never move past those before them.
        const steps = some.sort((a, b) => a.from - b.from).filter(({ from, by }) => by > 0 || from > 20);
        const before = Int32Array.from({ length }, (_, at) => {
          const number = (at * 7_919 + seed) % (2 * OWNERS);
          return number % 97 === 0 ? NONE : number < OWNERS ? number : OWNERS - 1 - number;
        });
        const expected = before.map((reference) =>
          steps.reduce((moved, { from, by }) => (reference >= from ? moved + by : moved), reference),
        );
        const after = isInPlace ? before : new Int32Array(length);
        // Those that go come out as any number ≥ 0; here, two may get one number, which is none of this function's business.
        expect(moveReferences(before, after, steps, OWNERS)).toEqual(expected);
      },
    ),
    { numRuns: 40 },
  );
});
