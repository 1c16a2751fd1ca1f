import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  pathResources,
  RESOURCE_COSTS,
  type ResourcePreferences,
  type TeachingResource,
} from "../../../src/planning/cover/path-resources.ts";

const resource: fc.Arbitrary<TeachingResource> = fc.record({
  kind: fc.constantFrom("BOOK", "COURSE"),
  cost: fc.option(fc.constantFrom(...RESOURCE_COSTS), { nil: undefined }),
  language: fc.option(fc.constantFrom("en", "en-GB", "de", "eng"), { nil: undefined }),
  teaches: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 }),
});
const preferences: fc.Arbitrary<ResourcePreferences> = fc.record(
  {
    kinds: fc.subarray(["BOOK", "COURSE", "BOOTCAMP"]),
    maxCost: fc.constantFrom(...RESOURCE_COSTS),
    languages: fc.subarray(["EN", "de"]),
    atMost: fc.integer({ min: 0, max: 4 }),
  },
  { requiredKeys: [] },
);

function suits(candidate: TeachingResource, wanted: ResourcePreferences): boolean {
  if (wanted.kinds !== undefined && !wanted.kinds.includes(candidate.kind)) return false;
  const rank = (cost: string | undefined) => ["FREE", "FREEMIUM", "PAID"].indexOf(cost ?? "PAID");
  if (rank(candidate.cost) > rank(wanted.maxCost)) return false;
  if (wanted.languages === undefined || candidate.language === undefined) return true;
  const primary = candidate.language.split("-")[0];
  return wanted.languages.some((tag) => tag.toLowerCase() === primary);
}

describe("pathResources", () => {
  it("takes the fewest suitable resources that teach most: like trying everything", () => {
    fc.assert(
      fc.property(
        fc.array(resource, { maxLength: 8 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7]),
        preferences,
        (resources, path, wanted) => {
          const answer = pathResources(path, resources, wanted);
          const suitable = resources
            .map((_, index) => index)
            .filter((index) => suits(resources[index]!, wanted));
          const taughtBy = (chosen: readonly number[]) =>
            path.filter((skill) => chosen.some((index) => resources[index]!.teaches.includes(skill)));

          let best = { taught: 0, size: 0 };
          for (let mask = 0; mask < 1 << suitable.length; mask++) {
            const chosen = suitable.filter((_, bit) => mask & (1 << bit));
            if (chosen.length > (wanted.atMost ?? chosen.length)) continue;
            const taught = taughtBy(chosen).length;
            if (taught > best.taught || (taught === best.taught && chosen.length < best.size))
              best = { taught, size: chosen.length };
          }
          const chosen = answer.chosen.map((entry) => entry.resource);
          expect(chosen.every((index) => suitable.includes(index))).toBe(true);
          expect({ taught: taughtBy(chosen).length, size: chosen.length }).toEqual(best);
          expect(answer.isOptimal).toBe(true);

          const teachable = taughtBy(suitable);
          expect(answer.untaught).toEqual(path.filter((skill) => !teachable.includes(skill)));
          expect(answer.leftOut).toEqual(teachable.filter((skill) => !taughtBy(chosen).includes(skill)));
          for (const entry of answer.chosen) expect(entry.teaches).toEqual(taughtBy([entry.resource]));
          path.forEach((skill, step) => {
            const teachers = suitable.filter((index) => resources[index]!.teaches.includes(skill));
            expect([...answer.perStep[step]!].sort((a, b) => a - b)).toEqual(teachers);
            const ranks = answer.perStep[step]!.map((index) => (chosen.includes(index) ? 0 : 1));
            expect(ranks).toEqual([...ranks].sort());
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it("counts a book that teaches ten skills once, and prefers the free one", () => {
    const teaches = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const single = { kind: "COURSE", cost: "FREE", language: "en" } as const;
    const answer = pathResources(teaches, [
      ...teaches.map((skill) => ({ ...single, teaches: [skill] })),
      { kind: "BOOK", cost: "PAID", language: "en", teaches },
      { kind: "BOOK", cost: undefined, language: undefined, teaches },
      { kind: "BOOK", cost: "FREEMIUM", language: "en", teaches },
    ]);
    expect(answer.chosen).toEqual([{ resource: 12, teaches }]);
  });
});
