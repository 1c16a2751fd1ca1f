import fc from "fast-check";
import { expect } from "vitest";
import { isGroup, type Requirement } from "../../src/graph/model/requirement.ts";
import type { GraphFile } from "../../src/seeding/graph-file.ts";
import type { RequirementFile } from "../../src/seeding/requirement-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import type { Store } from "../../src/store/store.ts";
import { GraphWriteError } from "../../src/store/store-errors.ts";
import { randomRequirement } from "./random-graph.ts";

/** Random writes on a small graph. */

const SKILLS = ["b-a", "ba", "a-c", "ab", "c", "b", "zz"];

function written(requirement: Requirement<number>): RequirementFile {
  return isGroup(requirement)
    ? { atLeast: requirement.atLeast, of: requirement.of.map(written) }
    : SKILLS[requirement.skill]!;
}

const requires = randomRequirement(SKILLS.length, 2).map((requirement) =>
  requirement === undefined ? {} : { requires: written(requirement) },
);
const wholes = fc.uniqueArray(fc.constantFrom(...SKILLS), { maxLength: 2 });
const name = fc.constantFrom("One", "Two");
/** What random rows cite: part of every write, since the last of those that keep nothing else would take it away. */
const DOCUMENTS = ["001", "002"].map((id) => ({ id, title: `Text ${id}` }));
const cites = fc.array(
  fc.record({
    document: fc.constantFrom(...DOCUMENTS.map(({ id }) => id)),
    line: fc.integer({ min: 1, max: 9 }),
    mention: fc.constant("word"),
    basis: fc.constantFrom("EXPLICIT" as const, "IMPLIED" as const, "ORDERING" as const),
  }),
  { maxLength: 3 },
);
const hours = fc.constantFrom(1, 2.25);
const slugged = <Rest extends object>(slug: string, rest: fc.Arbitrary<Rest>) =>
  fc.tuple(name, rest).map(([name, more]) => ({ slug, name, ...more }));
const some = <Row>(rows: readonly fc.Arbitrary<Row>[], maxLength: number): fc.Arbitrary<Row[]> =>
  fc.shuffledSubarray([...rows], { maxLength }).chain((chosen) => fc.tuple(...chosen));

const skill = (slug: string) =>
  fc
    .tuple(
      slugged(slug, requires),
      hours,
      fc.constantFrom("CONCEPT" as const, "TOPIC" as const),
      wholes,
      cites,
    )
    .map(([row, hours, kind, partOf, cites]) => ({ ...row, hours, kind, partOf, cites }));
const project = (slug: string) =>
  fc
    .tuple(slugged(slug, requires), hours)
    .map(([row, hours]) => ({ ...row, hours, kind: "APPLICATION" as const }));
const role = (slug: string) => slugged(slug, requires);
const roadmap = (slug: string) =>
  slugged(
    slug,
    fc.array(requires, { maxLength: 3 }).map((steps) => ({
      ordered: true,
      steps: steps.map((step, at) => ({ name: `Step ${at}`, ...step })),
    })),
  );

/** A few rows, as an editor saves them; with `replace` they are all that is kept. */
export const write = fc.record({
  replace: fc.oneof(
    { weight: 5, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  file: fc.record({
    documents: fc.constant(DOCUMENTS),
    skills: some(SKILLS.map(skill), 3),
    projects: some(["c", "p"].map(project), 1),
    roles: some(["a", "r"].map(role), 1),
    roadmaps: some(["m", "z"].map(roadmap), 1),
  }),
});

/** Enough to begin with that most edits refer to what is there, in an order that edits change. */
export const FIRST: GraphFile = {
  skills: SKILLS.slice(0, 5).map((slug) => ({ slug, name: slug, hours: 1, kind: "CONCEPT" })),
  // So many that no edit is more than is worth patching.
  roles: Array.from({ length: 40 }, (_, at) => ({ slug: `role-${at}`, name: "Role", requires: "c" })),
};

/** Whether the write was accepted; a refusal changes nothing. */
export async function attempt(
  store: Store,
  { file, replace }: { file: GraphFile; replace: boolean },
): Promise<boolean> {
  const before = store.snapshot();
  try {
    await store.write(toRows(file), "random", { replace });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(GraphWriteError);
    expect(store.snapshot()).toBe(before);
    return false;
  }
}
