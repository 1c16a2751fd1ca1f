import { afterEach, beforeEach, expect, test } from "vitest";
import { openApi, type TestApi } from "../../support/api.ts";

const IMPORT = `mutation ($file: String!, $mode: ImportMode! = OWN, $dryRun: Boolean! = false) {
  importGraph(file: $file, mode: $mode, dryRun: $dryRun) {
    __typename
    ... on GraphImport {
      findings { line severity code }
      written {
        revision isDryRun created updated deleted unchanged
        changed { kind slug operation node { ... on Skill { name hours requirementNodes { skill { name } } } } }
      }
    }
    ... on Error { message }
    ... on GraphFileError { findings { line severity code message } }
  }
}`;
const GIT = "skills: [{ slug: git, name: Git, hours: 5 }]";
const PYTHON = "skills:\n  - { slug: python, name: Python, hours: 60, requires: git }\n";

let api: TestApi;
beforeEach(async () => {
  api = await openApi({ skills: [{ slug: "git", name: "Git", hours: 4 }] });
});
afterEach(() => api.close());

test("writes one revision and answers from the graph after it", async () => {
  const { data } = await api.write(IMPORT, { file: PYTHON });
  expect(data.importGraph).toEqual({
    __typename: "GraphImport",
    findings: [],
    written: {
      revision: 2,
      isDryRun: false,
      created: 1,
      updated: 0,
      deleted: 0,
      unchanged: 0,
      changed: [
        {
          kind: "SKILL",
          slug: "python",
          operation: "CREATED",
          node: { name: "Python", hours: 60, requirementNodes: [{ skill: { name: "Git" } }] },
        },
      ],
    },
  });
  const { data: after } = await api.ask('{ skill(slug: "python") { hours } graph { revision } }');
  expect(after).toEqual({ skill: { hours: 60 }, graph: { revision: 2 } });
  expect((await api.write(IMPORT, { file: PYTHON })).data.importGraph.written).toMatchObject({
    revision: 2,
    unchanged: 1,
    changed: [],
  });
});

test("reads JSON as well", async () => {
  const file = JSON.stringify({ skills: [{ slug: "sql", name: "SQL", hours: 20 }] });
  expect((await api.write(IMPORT, { file })).data.importGraph.written).toMatchObject({ created: 1 });
});

test("a dry run says what would change, and leaves no trace", async () => {
  const { data } = await api.write(IMPORT, { file: PYTHON, dryRun: true });
  expect(data.importGraph.written).toMatchObject({
    revision: 1,
    isDryRun: true,
    created: 1,
    changed: [{ slug: "python", operation: "CREATED", node: null }],
  });
  await api.store.refresh();
  expect(api.store.snapshot().revision).toBe(1);
  const missing = await api.ask('{ skill(slug: "python") { hours } }');
  expect(missing.errors[0]?.extensions.code).toBe("NOT_FOUND");
});

test("a file with errors is refused whole, with all of them", async () => {
  const file = `${PYTHON}  - { slug: a, name: A, hours: -1 }\n  - { slug: b, name: B, hours: 1, requires: nothing }\n`;
  const { data } = await api.write(IMPORT, { file });
  expect(data.importGraph).toMatchObject({
    __typename: "GraphFileError",
    message: expect.stringContaining("Line 3: "),
    findings: [
      { line: 3, severity: "ERROR" },
      { line: 4, severity: "ERROR", code: "unknown-skill" },
    ],
  });
  expect(api.store.snapshot().revision).toBe(1);
});

test("a loop is refused, and told", async () => {
  const file =
    "skills: [{ slug: a, name: A, hours: 1, requires: b }, { slug: b, name: B, hours: 1, requires: a }]";
  const { data } = await api.write(IMPORT, { file });
  expect(data.importGraph.findings).toMatchObject([{ code: "unlearnable" }]);
  expect(data.importGraph.message).toContain("a needs b needs a");
});

test("rows of others are changed only when that is asked for", async () => {
  const refused = await api.write(IMPORT, { file: GIT });
  expect(refused.data.importGraph).toMatchObject({
    __typename: "GraphFileError",
    findings: [{ code: "foreign-row" }],
  });
  const updated = await api.write(IMPORT, { file: GIT, mode: "UPDATE" });
  expect(updated.data.importGraph.written).toMatchObject({
    revision: 2,
    updated: 1,
    changed: [{ slug: "git", operation: "UPDATED", node: { hours: 5 } }],
  });
  const own = await api.write(IMPORT, { file: GIT.replace("5", "6") });
  expect(own.data.importGraph.written).toMatchObject({ revision: 3, updated: 1 });
});

test("mutations of one request are done one after the other, each answered from its own revision", async () => {
  const { data } = await api.write(`mutation {
    one: importGraph(file: "skills: [{ slug: x, name: One, hours: 1 }]") { ...Result }
    two: importGraph(file: "skills: [{ slug: x, name: Two, hours: 2 }]") { ...Result }
  }
  fragment Result on ImportGraphResult {
    ... on GraphImport { written { revision changed { node { ... on Skill { name } } } } }
  }`);
  expect(data).toEqual({
    one: { written: { revision: 2, changed: [{ node: { name: "One" } }] } },
    two: { written: { revision: 3, changed: [{ node: { name: "Two" } }] } },
  });
});
