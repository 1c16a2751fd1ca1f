import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi, type WrittenFile } from "../support/api.ts";

/** How many SQL statements planning takes must not depend on the length of the path: a chain of 300 skills. */
const LENGTH = 300;
const numbers = Array.from({ length: LENGTH }, (_, at) => at + 1);

const chain: WrittenFile = {
  documents: [{ id: "001", title: "A document", lines: LENGTH }],
  skills: numbers.map((n) => ({
    slug: `skill-${n}`,
    name: `Skill ${n}`,
    hours: 1,
    requires:
      n === 1
        ? undefined
        : { skill: `skill-${n - 1}`, cites: [{ document: "001", line: n, mention: "a line" }] },
  })),
  resources: numbers.map((n) => ({
    slug: `book-${n}`,
    name: `Book ${n}`,
    kind: "BOOK" as const,
    teaches: [`skill-${n}`],
  })),
  projects: numbers.map((n) => ({
    slug: `project-${n}`,
    name: `Project ${n}`,
    hours: 1,
    requires: `skill-${n}`,
    practises: [`skill-${n}`],
  })),
  roles: [{ slug: "role", name: "Role", requires: "skill-1" }],
};

let api: TestApi;
beforeAll(async () => {
  api = await openApi(chain);
});
afterAll(() => api.close());

async function tablesOf(steps: number, selection: string, input = ""): Promise<string[]> {
  const { answer, statements } = await api.record(
    `query ($slug: String!) {
      learningPath(input: { goals: [{ skill: $slug }], startOn: "2027-01-04", weeklyHours: 10 ${input} }) {
        ... on LearningPath { ${selection} }
      }
    }`,
    { slug: `skill-${steps}` },
  );
  expect(answer.errors).toEqual([]);
  return statements
    .map((sql) => [...sql.matchAll(/(?:FROM|JOIN) "public"\."(\w+)"/g)].map(([, name]) => name).join(" "))
    .sort();
}

const SCHEDULE =
  "schedule { ... on LearningSchedule { finishOn items { subject { slug } } weeks { items { hours } } } } steps { startOn endOn }";

describe.each([5, 300])("a plan of %i steps", (steps) => {
  test("takes no statement for dates, stages, the longest chain, reasons, choices and links", async () => {
    const selection = `${SCHEDULE} stages { steps { skill { slug } } } criticalPath { hours } calendar checklist
      steps { because { isChosen requirements { requiredBy { slug } } } alternatives { instead { extraHours } } }
      choices { ... on PathChoices { choices { path { totalHours } } } } sensitivity { __typename } explain(skill: "skill-1") { __typename }`;
    expect(await tablesOf(steps, selection)).toEqual([]);
  });

  test("takes one statement for each kind of row that it reads", async () => {
    const selection = `${SCHEDULE} milestones { practises { slug } } projects { coverage }
      resources { ... on PathResources { resources { resource { slug } } steps { resources { name } } } }
      free: resources(preferences: { maxCost: FREE }) { __typename }
      steps { resources { url } because { requirements { node { reason citations { line } } } } }`;
    expect(await tablesOf(steps, selection, "projects: FEW")).toEqual([
      "Citation",
      "Practises",
      "RequirementNode",
      "Resource",
      "Teaches",
    ]);
  });
});
