import { afterAll, beforeAll, expect, test } from "vitest";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { openApi, type TestApi } from "../support/api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openApi({
    skills: [
      { slug: "http", name: "HTTP", hours: 5, summary: "A protocol." },
      { slug: "rest", name: "REST", hours: 6, requires: "http" },
      { slug: "soap", name: "SOAP", hours: 9, requires: "http" },
    ],
    resources: [{ slug: "book", name: "A book", kind: "BOOK", teaches: ["http", "rest", "soap"] }],
  });
});
afterAll(() => api.close());

const path = `query ($slug: String!) {
  learningPath(input: { goals: [{ skill: $slug }] }) {
    ... on LearningPath { steps { skill { slug summary resources { slug } } } }
  }
}`;

test("what one question has read no other reads again, until a write", async () => {
  const { statements: first } = await api.recordWarm(path, { slug: "rest" });
  expect(first.length).toBeGreaterThan(0);
  await api.recordWarm(path, { slug: "soap" });

  const { answer, statements } = await api.recordWarm(path, { slug: "http" });
  expect(answer.data.learningPath.steps[0].skill).toEqual({
    slug: "http",
    summary: "A protocol.",
    resources: [{ slug: "book" }],
  });
  expect(statements).toEqual([]);

  const change = { skills: [{ slug: "http", name: "HTTP", hours: 5, summary: "Another summary." }] };
  await api.store.write(toRows(graphFile.parse(change)), "test");
  const { answer: after } = await api.recordWarm(path, { slug: "http" });
  expect(after.data.learningPath.steps[0].skill.summary).toBe("Another summary.");
});

test("questions at the same moment share their statements", async () => {
  await api.store.write(
    toRows(graphFile.parse({ skills: [{ slug: "http", name: "HTTP", hours: 4 }] })),
    "test",
  );
  const one = await api.record(path, { slug: "soap" });
  expect(one.statements.length).toBeGreaterThan(0);
  const [together] = await Promise.all([
    api.recordWarm(path, { slug: "soap" }),
    api.ask(path, { slug: "rest" }),
    api.ask(path, { slug: "http" }),
  ]);
  expect(together.statements.length).toBe(one.statements.length);
});
