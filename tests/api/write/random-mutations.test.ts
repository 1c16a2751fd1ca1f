import fc from "fast-check";
import { expect, test } from "vitest";
import { findUnlearnable } from "../../../src/graph/facts/learnability.ts";
import { isGroup, type Requirement, requirementTree } from "../../../src/graph/model/requirement.ts";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { indexOfSlug } from "../../../src/store/snapshot/graph-snapshot.ts";
import type { Store } from "../../../src/store/store.ts";
import { openApi } from "../../support/api.ts";
import { ModelGraph, type ModelMutation } from "../../support/model-graph.ts";

/** Random mutations, one after the other over HTTP, against a model in memory that knows nothing of rows. */

const SEQUENCES = 500;
const SLUGS = ["a", "b", "c", "d", "e", "f"];

const slug = fc.constantFrom(...SLUGS);
const requirement: fc.Arbitrary<Requirement<string>> = fc.letrec<{ node: Requirement<string> }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 3, arbitrary: slug.map((skill) => ({ skill })) },
    {
      weight: 2,
      // A skill that stands in a counted list twice would be refused.
      arbitrary: fc
        .uniqueArray(tie("node"), { minLength: 1, maxLength: 3, selector: (node) => JSON.stringify(node) })
        .chain((of) => fc.integer({ min: 1, max: of.length }).map((atLeast) => ({ atLeast, of }))),
    },
  ),
})).node;
const hours = fc.nat({ max: 99 });
const optional = fc.option(requirement, { nil: undefined });

const mutation: fc.Arbitrary<ModelMutation> = fc.oneof(
  fc.record({ name: fc.constant("createSkill" as const), slug, hours, requires: optional }),
  fc.record({ name: fc.constant("updateSkill" as const), slug, hours, requires: optional }),
  fc.record({ name: fc.constant("setRequirement" as const), slug, requires: optional }),
  fc.record({ name: fc.constant("addPrerequisite" as const), slug, requires: requirement }),
  fc.record({ name: fc.constant("removePrerequisite" as const), slug, skill: slug }),
  fc.record({ name: fc.constant("deleteSkill" as const), slug, isDetaching: fc.boolean() }),
  fc.record({ name: fc.constant("renameSkill" as const), slug, to: slug }),
  fc.record({ name: fc.constant("mergeSkills" as const), slug, into: slug }),
);

function inputOf(requires: Requirement<string> | undefined): string {
  if (requires === undefined) return "null";
  if (!isGroup(requires)) return `{ skill: "${requires.skill}" }`;
  return `{ atLeast: { count: ${requires.atLeast}, of: [${requires.of.map(inputOf).join(", ")}] } }`;
}

function fieldOf(mutation: ModelMutation): string {
  const { name, slug } = mutation;
  switch (name) {
    case "createSkill":
      return `createSkill(input: { slug: "${slug}", name: "S", hours: ${mutation.hours}, requires: ${inputOf(mutation.requires)} })`;
    case "updateSkill":
      return `updateSkill(slug: "${slug}", input: { hours: ${mutation.hours}${mutation.requires === undefined ? "" : `, requires: ${inputOf(mutation.requires)}`} })`;
    case "setRequirement":
      return `setRequirement(of: { skill: "${slug}" }, requirement: ${inputOf(mutation.requires)})`;
    case "addPrerequisite":
      return `updateSkill(slug: "${slug}", input: { add: { requires: ${inputOf(mutation.requires)} } })`;
    case "removePrerequisite":
      return `updateSkill(slug: "${slug}", input: { remove: { requires: ["${mutation.skill}"] } })`;
    case "deleteSkill":
      return `deleteSkill(slug: "${slug}", cascade: ${mutation.isDetaching ? "DETACH" : "REFUSE"})`;
    case "renameSkill":
      return `renameSkill(slug: "${slug}", to: "${mutation.to}")`;
    case "mergeSkills":
      return `mergeSkills(from: "${slug}", into: "${mutation.into}")`;
  }
}

/** The sets of skills that meet a requirement, as bits. */
function metBy(requires: Requirement<string> | undefined, slugs: readonly string[]): boolean[] {
  const isMet = (tree: Requirement<string>, known: number): boolean =>
    isGroup(tree)
      ? tree.of.filter((member) => isMet(member, known)).length >= tree.atLeast
      : (known & (1 << slugs.indexOf(tree.skill))) !== 0;
  return Array.from(
    { length: 1 << slugs.length },
    (_, known) => requires === undefined || isMet(requires, known),
  );
}

function contents({ snapshot }: Store) {
  const { graph, skills } = snapshot();
  const named = (tree: Requirement<number>): Requirement<string> =>
    isGroup(tree) ? { ...tree, of: tree.of.map(named) } : { skill: skills.slugs.at(tree.skill)! };
  const slugs = [...skills.slugs];
  return slugs.map((slug, index) => {
    const tree = requirementTree(graph, index);
    return { slug, hours: graph.cost[index]! / 100, metBy: metBy(tree && named(tree), slugs) };
  });
}

/** What merging and deleting skills has something to do with. */
const START = [
  { slug: "a", hours: 1, requires: undefined },
  { slug: "b", hours: 2, requires: undefined },
  { slug: "c", hours: 3, requires: { atLeast: 1, of: [{ skill: "a" }, { skill: "b" }] } },
  { slug: "d", hours: 4, requires: { atLeast: 2, of: [{ skill: "a" }, { skill: "b" }, { skill: "c" }] } },
];
const START_ROWS = toRows(
  graphFile.parse({
    skills: [
      { slug: "a", name: "S", hours: 1 },
      { slug: "b", name: "S", hours: 2 },
      { slug: "c", name: "S", hours: 3, requires: { anyOf: ["a", "b"] } },
      { slug: "d", name: "S", hours: 4, requires: { atLeast: 2, of: ["a", "b", "c"] } },
    ],
  }),
);

test(`after each of ${SEQUENCES} sequences the store is what the model is, and every skill can be learned`, async () => {
  const api = await openApi();
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 4, maxLength: 7 }), async (mutations) => {
      const model = new ModelGraph(START);
      await api.store.write(START_ROWS, "test", { replace: true });
      const fields = mutations.map(
        (one, at) => `m${at}: ${fieldOf(one)} { __typename ... on Error { message } }`,
      );
      const { data, errors } = await api.write(`mutation { ${fields.join("\n")} }`);
      expect(errors).toEqual([]);
      for (const [at, one] of mutations.entries()) {
        const { __typename, message } = data[`m${at}`];
        expect(__typename.endsWith("Write") ? "Write" : __typename, `${fieldOf(one)}: ${message}`).toBe(
          model.apply(one),
        );
      }
      const slugs = [...model.skills.keys()].sort();
      expect(contents(api.store)).toEqual(
        slugs.map((each) => {
          const { hours, requires } = model.skills.get(each)!;
          return { slug: each, hours, metBy: metBy(requires, slugs) };
        }),
      );
      const { graph, skills } = api.store.snapshot();
      expect(findUnlearnable(graph)).toBeUndefined();
      for (const [former, owner] of model.former)
        expect(skills.slugs.at(indexOfSlug(skills, former)!), former).toBe(owner);
    }),
    { numRuns: SEQUENCES },
  );
  await api.close();
}, 600_000);
