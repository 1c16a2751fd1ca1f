import { afterAll, beforeAll, expect, test } from "vitest";
import { openApi, type TestApi, type WrittenFile } from "../../support/api.ts";

/** All but `loner` and `maths` are part of the web, which is what the graph is about. */
const GRAPH: WrittenFile = {
  skills: [
    { slug: "web", name: "The web", kind: "TOPIC", hours: 0 },
    { slug: "data", name: "Data", hours: 1, partOf: ["web"] },
    { slug: "sql", name: "SQL", hours: 8, partOf: ["data"] },
    {
      slug: "joins",
      name: "Joins",
      hours: 2,
      partOf: ["sql", "maths"],
      requires: { allOf: ["sql", "http"] },
    },
    { slug: "http", name: "HTTP", hours: 4, partOf: ["web"], requires: "sql" },
    { slug: "sets", name: "Sets", hours: 4, partOf: ["web", "maths"] },
    { slug: "maths", name: "Mathematics", kind: "TOPIC", hours: 0 },
    { slug: "loner", name: "Alone", hours: 1 },
  ],
};

interface Section {
  readonly topic: { readonly slug: string } | null;
  readonly returnsBecause: { readonly slug: string } | null;
  readonly steps: readonly { readonly skill: { readonly slug: string } }[];
}

let api: TestApi;
beforeAll(async () => {
  api = await openApi(GRAPH);
});
afterAll(() => api.close());

test("sections are of the widest topic below the subject of the graph, and say why they return", async () => {
  const goals = ["data", "joins", "sets", "loner"].map((skill) => ({ skill }));
  const { data, errors } = await api.ask(
    `query ($input: LearningPathInput!) { learningPath(input: $input) { ... on LearningPath {
      sections { topic { slug } returnsBecause { slug } steps { skill { slug } } } orderIsOptimal } } }`,
    { input: { goals } },
  );
  expect(errors).toEqual([]);
  const { sections, orderIsOptimal }: { sections: readonly Section[]; orderIsOptimal: boolean } =
    data.learningPath;
  expect(orderIsOptimal).toBe(true);
  const told = sections.map(({ topic, steps, returnsBecause }) => ({
    topic: topic?.slug,
    steps: steps.map(({ skill }) => skill.slug),
    returnsBecause: returnsBecause?.slug,
  }));
  expect(told).toEqual([
    { topic: "data", steps: ["data", "sql"] },
    { topic: "web", steps: ["http"] },
    { topic: "data", steps: ["joins"], returnsBecause: "http" },
    { topic: "maths", steps: ["sets"] },
    { steps: ["loner"] },
  ]);
});
