import { graphql } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createContext } from "../../src/api/context.ts";
import { buildSchema } from "../../src/api/schema.ts";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { openApi, type TestApi, type WrittenFile } from "../support/api.ts";
import { emptyDatabases } from "../support/database-pool.ts";

const file: WrittenFile = {
  skills: [
    { slug: "http", name: "HTTP", hours: 5, summary: "A protocol." },
    { slug: "rest", name: "REST", hours: 6, requires: "http" },
    { slug: "soap", name: "SOAP", hours: 9, requires: "http" },
  ],
  resources: [{ slug: "book", name: "A book", kind: "BOOK", teaches: ["http", "rest", "soap"] }],
};

let api: TestApi;
beforeAll(async () => {
  api = await openApi(file);
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
  const statements: string[] = [];
  const store = await emptyDatabases.open({ onQuery: (sql) => statements.push(sql) });
  await store.write(toRows(graphFile.parse(file)), "test");
  // Without HTTP, by which they would arrive in different turns of the event loop.
  const questions = async (slugs: readonly string[]) => {
    statements.length = 0;
    const answers = await Promise.all(
      slugs.map((slug) =>
        graphql({
          schema: buildSchema(),
          source: path,
          variableValues: { slug },
          contextValue: createContext(store),
        }),
      ),
    );
    for (const { errors } of answers) expect(errors).toBeUndefined();
    return statements.length;
  };
  const ofOne = await questions(["soap"]);
  expect(ofOne).toBeGreaterThan(0);
  // A new revision has read nothing yet.
  await store.write(toRows(graphFile.parse({ skills: [{ slug: "http", name: "HTTP", hours: 4 }] })), "test");
  expect(await questions(["soap", "rest", "http"])).toBe(ofOne);
  await store.close();
});
