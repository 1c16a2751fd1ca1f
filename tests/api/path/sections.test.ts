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

test("authors who contradict prerequisites and one another are no fault: the path says how many pairs it could not keep", async () => {
  const steps = (...slugs: string[]) => slugs.map((slug) => ({ name: slug, requires: slug }));
  const contradicting = await openApi({
    skills: [
      { slug: "base", name: "Base", hours: 1 },
      { slug: "tower", name: "Tower", hours: 1, requires: "base" },
      { slug: "wall", name: "Wall", hours: 1 },
    ],
    roadmaps: [
      { slug: "one", name: "One", ordered: true, steps: steps("tower", "base", "wall") },
      { slug: "other", name: "Other", ordered: true, steps: steps("wall", "base", "tower") },
    ],
  });
  try {
    const { data, errors } = await contradicting.ask(
      `query ($input: LearningPathInput!) {
        learningPath(input: $input) { ... on LearningPath {
          orderIsOptimal steps { skill { slug } } agreement { roadmap { slug } pairs inversions }
        } }
        roadmaps { nodes { slug againstPrerequisites { pairs inversions { prerequisite { slug } dependent { slug } } } } }
      }`,
      { input: { goals: [{ skill: "tower" }, { skill: "wall" }] } },
    );
    expect(errors).toEqual([]);
    const { orderIsOptimal, steps: path, agreement } = data.learningPath;
    expect(orderIsOptimal).toBe(true);
    const order = path.map(({ skill }: { skill: { slug: string } }) => skill.slug);
    expect(order.indexOf("base")).toBeLessThan(order.indexOf("tower"));
    expect(agreement).toEqual([
      { roadmap: { slug: "one" }, pairs: 3, inversions: 1 },
      { roadmap: { slug: "other" }, pairs: 3, inversions: 2 },
    ]);
    const against = data.roadmaps.nodes.map(
      ({ againstPrerequisites }: { againstPrerequisites: object }) => againstPrerequisites,
    );
    const inversion = { prerequisite: { slug: "base" }, dependent: { slug: "tower" } };
    expect(against).toEqual([
      { pairs: 1, inversions: [inversion] },
      { pairs: 1, inversions: [] },
    ]);
  } finally {
    await contradicting.close();
  }
});
