import { expect, test } from "vitest";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import { carriedBy } from "../../../src/planning/order/carried.ts";
import { teachingOrderSearch } from "../../../src/planning/order/teaching-order.ts";

/** Paths far longer than those of people: ordering them must not take longer than finding them. */

/** What a quick order may work for its proof, here next to nothing. */
const MAX_WORK = 1_000;

function ordered(
  skills: number,
  needs: (skill: number) => readonly number[],
  topicOf: ReadonlyMap<number, number> = new Map(),
) {
  const owners = Array.from({ length: skills }, (_, skill) => {
    const of = needs(skill).map((needed) => ({ skill: needed }));
    return { cost: 100 + skill, requirement: of.length === 0 ? undefined : { atLeast: of.length, of } };
  });
  const graph = buildPrerequisiteGraph(skills, owners);
  const search = teachingOrderSearch(graph, [...owners.keys()], { topicOf, roadmaps: [] }, MAX_WORK);
  let step = search.next();
  while (step.done !== true) step = search.next();
  const places = new Map(step.value.order.map((at, place) => [at, place]));
  expect(places.size).toBe(skills);
  const isLate = (skill: number) => needs(skill).some((needed) => places.get(needed)! > places.get(skill)!);
  expect([...owners.keys()].filter(isLate)).toEqual([]);
  const { carried, carriedLowerBound } = carriedBy(graph, [...owners.keys()], step.value);
  expect(carriedLowerBound).toBeLessThanOrEqual(carried);
}

// With the square of the parts, or of the uses of a step, these take minutes.
test("ten thousand skills that have nothing to do with one another", () => {
  ordered(10_000, () => []);
});

test("steps that each use hundreds of others", () => {
  ordered(2_000, (skill) => Array.from({ length: Math.min(skill, 100) }, (_, back) => skill - 1 - back));
});

// With all ways into all loops, or a look at all steps for each that could wait, it takes minutes.
test("two thousand skills in three hundred topics that all wait for one another", () => {
  const TOPICS = 300;
  const topicOf = new Map(
    Array.from({ length: 2_000 }, (_, skill) => [skill, 10_000 + ((skill * 7) % TOPICS)]),
  );
  ordered(2_000, (skill) => (skill === 0 ? [] : [(skill * 31) % skill, (skill * 17) % skill]), topicOf);
});
