import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi } from "../support/api.ts";
import { chain, tablesOf } from "../support/chain.ts";

/** How many SQL statements a learning path takes must not depend on its length. */
let api: TestApi;
beforeAll(async () => {
  api = await openApi(chain);
});
afterAll(() => api.close());

async function statementsFor(selection: string, steps: number): Promise<string[]> {
  const { answer, statements } = await api.record(
    `query ($slug: String!) {
      learningPath(input: { goals: [{ skill: $slug }] }) { ... on LearningPath { steps { ${selection} } } }
    }`,
    { slug: `skill-${steps}` },
  );
  expect(answer.errors).toEqual([]);
  expect(answer.data.learningPath.steps).toHaveLength(steps);
  return statements.map(tablesOf);
}

describe.each([5, 50, 500])("a path of %i steps", (steps) => {
  test("the core query takes no statement: structure, slugs, names and hours come from the snapshot", async () => {
    const core =
      "position stage hours skill { id slug name hours } because { goals { slug } requiredBy { slug name } } alternatives { skill { slug } extraHours }";
    expect(await statementsFor(core, steps)).toEqual([]);
  });

  test("resources, projects, roles and citations of every step take one statement for each kind of row", async () => {
    const rows =
      "skill { slug kind summary resources { slug name cost } projects { slug name } roles { slug name } citations { line mention document { slug } } basis }";
    expect((await statementsFor(rows, steps)).sort()).toMatchInlineSnapshot(`
      [
        "Citation",
        "Document",
        "Practises",
        "Resource",
        "Skill",
        "Teaches",
      ]
    `);
  });

  test("so do all other relations", async () => {
    const rows =
      "skill { aliases partOf { whole { slug } citations { line } } parts { part { slug } } relations { kind } relatedBy { kind } notes { text } claims { value } optionalIn { reason } requirementNodes { reason } practisedBy { project { brief } } taughtBy { resource { url } } }";
    expect((await statementsFor(rows, steps)).sort()).toMatchInlineSnapshot(`
      [
        "Citation",
        "Claim",
        "Note",
        "OptionalSkill",
        "PartOf",
        "PartOf",
        "Practises",
        "Project",
        "Relation",
        "Relation",
        "RequirementNode",
        "Resource",
        "SkillAlias",
        "Teaches",
      ]
    `);
  });
});

test("who says what each value is takes one statement for each kind of row, whatever there is to say", async () => {
  const query =
    "query ($first: Int!) { skills(first: $first) { nodes { provenance { field basis citations { line } } } } }";
  const few = await api.record(query, { first: 2 });
  const many = await api.record(query, { first: 100 });
  expect(many.answer.errors).toEqual([]);
  expect(many.statements.map(tablesOf)).toEqual(few.statements.map(tablesOf));
  expect(many.statements.map(tablesOf).sort()).toMatchInlineSnapshot(`
    [
      "Citation",
      "Claim",
      "Skill",
      "SkillAlias",
    ]
  `);
});

test("a page with its relations takes one statement for the page, and one for each relation", async () => {
  const { answer, statements } = await api.record(
    "{ skills(first: 100, filter: { minHours: 0 }) { totalCount nodes { kind resources { name } citations { line } } } }",
  );
  expect(answer.data.skills.nodes).toHaveLength(100);
  expect(statements.map(tablesOf).sort()).toMatchInlineSnapshot(`
    [
      "Citation",
      "Resource",
      "Skill",
      "Skill",
      "Teaches",
    ]
  `);
});
