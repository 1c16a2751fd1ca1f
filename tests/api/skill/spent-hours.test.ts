import { afterAll, beforeAll, expect, test } from "vitest";
import { LEAST_LEARNERS_TOLD } from "../../../src/store/limits.ts";
import { openApi, type TestApi, WRITING } from "../../support/api.ts";
import { ask } from "../../support/http.ts";
import { bearing } from "../../support/tokens.ts";

/** What learners have spent on a skill, as everybody may ask for it. */

let api: TestApi;
beforeAll(async () => {
  api = await openApi({
    skills: [
      { slug: "git", name: "Git", hours: 10 },
      { slug: "http", name: "HTTP", hours: 5, requires: "git" },
    ],
  });
});
afterAll(() => api.close());

const SPENT = "hoursSpent { learners medianHours }";
const record = async (name: string, skill: string) =>
  ask(
    api.url,
    `mutation { recordProgress(input: { skill: "${skill}", state: KNOWN, hours: 12 }) { __typename } }`,
    {},
    await bearing(name, "learner"),
  );

test("it stands beside the estimate, is kept by no cache, and needs no revision to change", async () => {
  const queries = [
    `{ skill(slug: "git") { hours ${SPENT} } }`,
    `{ skills(first: 10) { nodes { slug ...S } } } fragment S on Skill { hours ${SPENT} }`,
    `{ skill(slug: "http") { requirement { ... on SkillRequirement { skill { hours ${SPENT} } } } } }`,
  ];
  const askAll = () =>
    Promise.all(
      queries.map(async (query) => {
        const answer = await fetch(`${api.url}/graphql?${new URLSearchParams({ query })}`);
        expect(answer.headers.get("etag")).toBeNull();
        expect(answer.headers.get("cache-control")).toBe("private, no-store");
        return JSON.stringify((await answer.json()).data);
      }),
    );
  for (let nth = 1; nth < LEAST_LEARNERS_TOLD; nth++) await record(`ann${nth}`, "git");
  const before = await askAll();
  for (const text of before) expect(text).toContain('"hours":10,"hoursSpent":null');
  await record("bob", "git");
  const { revision } = api.store.snapshot();
  for (const text of await askAll())
    expect(text).toMatch(/"hours":10,"hoursSpent":\{"learners":10,"medianHours":[\d.]+\}/);
  expect(api.store.snapshot().revision).toBe(revision);
  // What is for everybody is kept as before.
  const other = await fetch(
    `${api.url}/graphql?${new URLSearchParams({ query: "{ skills { totalCount } }" })}`,
  );
  expect(other.headers.get("etag")).not.toBeNull();
});

test("it is found after a rename, and says nothing of who recorded what", async () => {
  await ask(api.url, 'mutation { renameSkill(slug: "git", to: "git-scm") { __typename } }', {}, WRITING);
  const query = `{ skill(slug: "git-scm") { slug ${SPENT} } }`;
  expect((await api.ask(query)).data.skill.hoursSpent.learners).toBe(LEAST_LEARNERS_TOLD);
  const { data } = await ask(api.url, "{ exportMyData }", {}, await bearing("bob", "learner"));
  expect(JSON.parse(data.exportMyData).progress).toMatchObject([
    { skill: "git", hours: 12, isCounted: true },
  ]);
  const others = await ask(api.url, "{ exportMyData }", {}, await bearing("eve", "learner"));
  expect(JSON.parse(others.data.exportMyData).progress).toEqual([]);
});

test("it takes one statement, however many skills are asked for", async () => {
  const { statements } = await api.record(`{ skills(first: 10) { nodes { ${SPENT} } } }`);
  expect(statements.filter((sql) => sql.includes("SpentHours"))).toHaveLength(1);
});
