import { afterAll, beforeAll, expect, test } from "vitest";
import { openApi, type TestApi, type WrittenFile } from "../../support/api.ts";

/** What documents say of each skill: its slug tells. */
const cite = (document: string, basis: "EXPLICIT" | "IMPLIED" | "ORDERING") => ({
  document,
  line: 1,
  mention: "a",
  basis,
});
const cited = {
  nobody: [],
  "one-explicit": [cite("001", "EXPLICIT"), cite("001", "ORDERING")],
  "one-ordering": [cite("002", "ORDERING")],
  "two-implied": [cite("001", "IMPLIED"), cite("002", "ORDERING"), cite("002", "IMPLIED")],
  "all-explicit": [cite("001", "ORDERING"), cite("002", "EXPLICIT"), cite("003", "IMPLIED")],
};
const file: WrittenFile = {
  documents: ["001", "002", "003"].map((id) => ({ id, title: id, lines: 1 })),
  skills: Object.entries(cited).map(([slug, cites]) => ({ slug, name: slug, hours: 1, cites })),
  // Rows of other kinds must not count: their ids are the same numbers.
  resources: [{ slug: "a-book", name: "A book", kind: "BOOK", cites: [cite("003", "EXPLICIT")] }],
};

let api: TestApi;
beforeAll(async () => {
  api = await openApi(file);
});
afterAll(() => api.close());

async function listed(filter: string): Promise<string[]> {
  const { data, errors } = await api.ask(
    `{ skills(filter: { ${filter} }, orderBy: { field: SLUG }) { totalCount nodes { slug } } }`,
  );
  expect(errors).toEqual([]);
  expect(data.skills.totalCount).toBe(data.skills.nodes.length);
  return data.skills.nodes.map(({ slug }: { slug: string }) => slug);
}

test.each([
  ['citedBy: "001"', ["all-explicit", "one-explicit", "two-implied"]],
  ['citedBy: "009"', []],
  ['citedByAll: ["001", "002"]', ["all-explicit", "two-implied"]],
  ['citedByAll: ["002", "002"]', ["all-explicit", "one-ordering", "two-implied"]],
  ['citedByAll: ["001"], citedBy: "003"', ["all-explicit"]],
  ["citedByAll: []", Object.keys(cited).sort()],
  ["minAgreement: 2", ["all-explicit", "two-implied"]],
  ["minAgreement: 3", ["all-explicit"]],
  ["minAgreement: 4", []],
  ["minAgreement: 0", Object.keys(cited).sort()],
  ["bases: [EDITORIAL]", ["nobody"]],
  ["bases: [EXPLICIT]", ["all-explicit", "one-explicit"]],
  ["bases: [ORDERING, EDITORIAL]", ["nobody", "one-ordering"]],
  ["bases: [IMPLIED], minAgreement: 2", ["two-implied"]],
  ["bases: []", []],
])("{ %s }", async (filter, expected) => {
  expect(await listed(filter)).toEqual(expected);
});

test("agrees with what each skill says of itself", async () => {
  const { data } = await api.ask("{ skills { nodes { slug basis agreement } } }");
  for (const { slug, basis, agreement } of data.skills.nodes)
    expect(await listed(`bases: [${basis}], minAgreement: ${agreement}, text: "${slug}"`)).toEqual([slug]);
});
