import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { operationsGraph } from "../../support/operations-graph.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openApi(operationsGraph());
});
afterAll(() => api.close());

const PATH = `fragment Path on LearningPath {
  id revision totalHours totalSteps isOptimal lowerBoundHours preferenceHours calendar checklist
  goals { slug } known { slug } optionalSkills { slug } optionalLeftOut { slug } ignored { slug argument suggestions }
  steps { id position hours startOn skill { slug } because { id isChosen isOptional goals { slug } } alternatives { id extraHours } }
}`;

/** The path of an id. */
async function node(id: string) {
  const { data, errors } = await api.ask(
    `query ($id: ID!) { node(id: $id) { __typename ...Path } } ${PATH}`,
    { id },
  );
  return { node: data?.node, errors: errors.map(({ message }) => message) };
}

async function expectFoundAgain(path: { readonly id: string }): Promise<void> {
  expect(path).toBeDefined();
  expect(await node(path.id)).toEqual({ node: { __typename: "LearningPath", ...path }, errors: [] });
}

describe("node finds a path again", () => {
  test.each<[string, object]>([
    ["of one goal", { goals: [{ role: "backend-developer" }] }],
    [
      "of goals of several kinds, in their order",
      { goals: [{ skill: "sql" }, { role: "data-engineer" }, { skill: "git" }] },
    ],
    [
      "of what is known, chosen and avoided",
      { goals: [{ role: "backend-developer" }], known: ["git"], choose: ["python"], avoid: ["mysql"] },
    ],
    [
      "with implied and optional skills",
      {
        goals: [{ role: "backend-developer" }],
        known: ["django"],
        knownImpliesPrerequisites: true,
        includeOptional: true,
      },
    ],
    [
      "that optimises something else",
      {
        goals: [{ role: "backend-developer" }],
        optimise: "MARKET",
        likes: [{ skill: "java", percent: 400 }],
      },
    ],
    [
      "that passed over what is gone",
      {
        goals: [{ skill: "django" }],
        known: ["gone", "git"],
        choose: ["pyton"],
        likes: [{ skill: "ghost", percent: 3 }],
        unknown: "IGNORE",
      },
    ],
    [
      "with a schedule",
      {
        goals: [{ skill: "sql" }],
        startOn: "2027-01-04",
        weeklyHours: 7.5,
        daysOff: [{ from: "2027-01-09", through: "2027-01-10" }],
        projects: "ALL",
      },
    ],
  ])("%s", async (_, input) => {
    const { data } = await api.ask(
      `query ($input: LearningPathInput!) { learningPath(input: $input) { ...Path } } ${PATH}`,
      { input },
    );
    await expectFoundAgain(data.learningPath);
  });

  test("that is one of several in another answer, and still lists no choices", async () => {
    const roles = `compareRoles(roles: ["backend-developer", "data-engineer"]) {
      ... on RoleComparison { roles { path { ...Path } } pairs { firstToSecond { ...Path } } }
    }`;
    const { data } = await api.ask(`{ ${roles} } ${PATH}`);
    const { roles: compared, pairs } = data.compareRoles;
    for (const { path } of compared) await expectFoundAgain(path);
    await expectFoundAgain(pairs[0].firstToSecond);
    const { data: listed } = await api.ask(
      `query ($id: ID!) { node(id: $id) { ... on LearningPath { choices { __typename } } } }`,
      { id: compared[0].path.id },
    );
    expect(listed.node.choices.__typename).toBe("ValidationError");
  });

  test("that makes another choice", async () => {
    const { data } = await api.ask(
      `{ learningPath(input: { goals: [{ role: "backend-developer" }] }) {
        ... on LearningPath { id choices { ... on PathChoices { choices { path { ...Path } } } } }
      } } ${PATH}`,
    );
    const { choices } = data.learningPath.choices;
    expect(choices.length).toBeGreaterThan(0);
    for (const { path } of choices) {
      expect(path.id).not.toBe(data.learningPath.id);
      await expectFoundAgain(path);
    }
  });
});

/** The id of a path whose content `change` has changed. */
function forged(id: string, change: (content: unknown[]) => unknown[]): string {
  const [type, ...rest] = Buffer.from(id, "base64").toString().split(":");
  const content = change(JSON.parse(rest.join(":")));
  return Buffer.from(`${type}:${JSON.stringify(content)}`).toString("base64");
}

test("an id that was not given out finds no path, and says so when it is none", async () => {
  const { data } = await api.ask(
    `{ learningPath(input: { goals: [{ skill: "sql" }] }) { ... on LearningPath { id } } }`,
  );
  const { id } = data.learningPath;
  const changes: ((content: unknown[]) => unknown[])[] = [
    ([, ...rest]) => ["AAAAAAAAAAAAAAAA", ...rest],
    (content) => [...content.slice(0, 5), "skill=git"],
    (content) => [...content.slice(0, 5), "skill=no-such-skill"],
    (content) => [...content.slice(0, 5), "no-such-parameter=1"],
    ([key, revision, , ...rest]) => [key, revision, true, ...rest],
  ];
  for (const change of changes) expect(await node(forged(id, change))).toEqual({ node: null, errors: [] });
  const wrong = forged(id, (content) => content.slice(1));
  expect((await node(wrong)).errors).toEqual([
    expect.stringMatching(/^Expected id to be the id of an entity or of a path/),
  ]);
});

test("a path is gone when the graph has been written to", async () => {
  const other = await openApi(operationsGraph());
  const ask = `{ learningPath(input: { goals: [{ skill: "sql" }] }) { ... on LearningPath { id } } }`;
  const before = (await other.ask(ask)).data.learningPath.id;
  await other.store.write(
    toRows(graphFile.parse({ skills: [{ slug: "new", name: "New", kind: "CONCEPT", hours: 1 }] })),
    "test",
  );
  const { data, errors } = await other.ask(`query ($id: ID!) { node(id: $id) { id } }`, { id: before });
  expect({ data, errors }).toEqual({ data: { node: null }, errors: [] });
  expect((await other.ask(ask)).data.learningPath.id).not.toBe(before);
  await other.close();
});
