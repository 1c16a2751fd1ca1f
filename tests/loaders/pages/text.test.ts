import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi, type WrittenFile } from "../../support/api.ts";

const names = [
  "Ärzte",
  "API",
  "APIs",
  "AWS",
  "Adaptability",
  "ÉCLAIR",
  "edX",
  "freeCodeCamp",
  "Webinars",
  "r/programming",
  "Программирование",
];
const file: WrittenFile = {
  skills: names.map((name, at) => ({ slug: `skill-${at}`, name, hours: 1 })),
  resources: ["en", "en-GB", "english", "de", undefined].map((language, at) => ({
    slug: `resource-${at}`,
    name: `Resource ${at}`,
    kind: "BOOK" as const,
    teaches: [],
    ...(language !== undefined && { language }),
  })),
};

let api: TestApi;
beforeAll(async () => {
  api = await openApi(file);
});
afterAll(() => api.close());

async function namesOf(page: string): Promise<string[]> {
  const { data } = await api.ask(`{ skills(${page}) { nodes { name } } }`);
  return data.skills.nodes.map((node: { name: string }) => node.name);
}

const READING_ORDER = [
  "Adaptability",
  "API",
  "APIs",
  "Ärzte",
  "AWS",
  "ÉCLAIR",
  "edX",
  "freeCodeCamp",
  "r/programming",
  "Webinars",
  "Программирование",
];

describe("lists by name", () => {
  test("are in the order in which a reader looks things up", async () => {
    expect(await namesOf("orderBy: { field: NAME }")).toEqual(READING_ORDER);
    expect(await namesOf("orderBy: { field: NAME, direction: DESC }")).toEqual(READING_ORDER.toReversed());
  });

  test("are read in pages without a gap and without a row twice", async () => {
    const read: string[] = [];
    let after = "null";
    do {
      const { data } = await api.ask(
        `{ skills(orderBy: { field: NAME }, first: 2, after: ${after}) { nodes { name } pageInfo { endCursor hasNextPage } } }`,
      );
      read.push(...data.skills.nodes.map((node: { name: string }) => node.name));
      after = data.skills.pageInfo.hasNextPage ? JSON.stringify(data.skills.pageInfo.endCursor) : "";
    } while (after !== "");
    expect(read).toEqual(READING_ORDER);
  });
});

test.each([
  ["программирование", "Программирование"],
  ["éclair", "ÉCLAIR"],
  ["ärzte", "Ärzte"],
  ["EDX", "edX"],
])("a filter by %s finds %s", async (text, name) => {
  expect(await namesOf(`filter: { text: ${JSON.stringify(text)} }`)).toEqual([name]);
});

test.each([
  ["en", ["resource-0", "resource-1"]],
  ["EN", ["resource-0", "resource-1"]],
  ["en-gb", ["resource-1"]],
  ["en%", []],
])("resources in %s are %s", async (language, slugs) => {
  const { data } = await api.ask(`{ resources(filter: { language: "${language}" }) { nodes { slug } } }`);
  expect(data.resources.nodes.map((node: { slug: string }) => node.slug)).toEqual(slugs);
});
