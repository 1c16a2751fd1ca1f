import fc from "fast-check";
import { expect, it } from "vitest";
import { SlugIndex } from "../../../src/store/snapshot/graph-snapshot.ts";

/** A table by slug and id, and its index. */
interface Version {
  readonly ids: ReadonlyMap<string, number>;
  readonly index: SlugIndex;
}

const SLUGS = ["a", "b", "c", "d", "e"];

/** Which of the versions so far to go on from, and which slugs come and go. */
const step = fc.record({
  from: fc.nat(),
  come: fc.subarray(SLUGS),
  go: fc.subarray(SLUGS),
  firstId: fc.integer({ min: 1, max: 4 }),
});

it("finds in every version just its own slugs, whatever came after it or beside it", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const versions: Version[] = [{ ids: new Map(), index: new SlugIndex([], new Int32Array(0)) }];
      for (const { from, come, go, firstId } of steps) {
        const before = versions[from % versions.length]!;
        const kept = [...before.ids].filter(([slug]) => !go.includes(slug));
        const taken = new Set(kept.map(([, id]) => id));
        const free = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((id) => id >= firstId && !taken.has(id));
        const added = new Map(
          come.filter((slug) => !kept.some(([other]) => other === slug)).map((slug, at) => [slug, free[at]!]),
        );
        const ids = new Map([...kept, ...added].toSorted(([a], [b]) => (a < b ? -1 : 1)));
        const index = before.index.next([...ids.keys()], Int32Array.from(ids.values()), added);
        versions.push({ ids, index });
      }
      for (const { ids, index } of versions) {
        const slugs = [...ids.keys()];
        for (const slug of SLUGS) {
          expect(index.get(slug)).toBe(ids.has(slug) ? slugs.indexOf(slug) : undefined);
          expect(index.has(slug)).toBe(ids.has(slug));
        }
      }
    }),
    { numRuns: 500 },
  );
});
