import { afterAll, beforeAll, expect, test } from "vitest";
import { openApi, type TestApi } from "../../support/api.ts";
import { ask } from "../../support/http.ts";
import { bearing } from "../../support/tokens.ts";

let api: TestApi;
let ann: Record<string, string>;
beforeAll(async () => {
  api = await openApi({
    skills: [
      { slug: "git", name: "Git", hours: 10 },
      { slug: "http", name: "HTTP", hours: 10, requires: "git" },
      { slug: "web", name: "The Web", hours: 20, requires: "http" },
    ],
  });
  ann = await bearing("ann", "learner");
});
afterAll(() => api.close());

const REPLANNED = `__typename ... on ReplannedPlan { totalSteps doneSteps totalHours leftHours plannedFinishOn finishOn steps { subject { slug } hours startOn isKept } } ... on Error { message }`;
const as = async (headers: Record<string, string>, query: string) => ask(api.url, query, {}, headers);
const save = async (time: string) => {
  const query = `mutation { savePlan(name: "P", input: { goals: [{ skill: "web" }] ${time} }) { ... on SavedPlan { id } } }`;
  return (await as(ann, query)).data.savePlan.id;
};

test("a plan goes on from a day with what is left of it, for its learner alone", async () => {
  const id = await save('weeklyHours: 7, startOn: "2027-01-04"');
  for (const input of [
    '{ skill: "git", state: KNOWN, hours: 14 }',
    '{ skill: "http", state: LEARNING, hours: 3 }',
  ])
    await as(ann, `mutation { recordProgress(input: ${input}) { __typename } }`);
  const query = `{ plan(id: "${id}") { replanned(from: "2027-02-01") { ${REPLANNED} } } }`;
  expect((await as(ann, query)).data.plan.replanned).toEqual({
    ...{ __typename: "ReplannedPlan", totalSteps: 3, doneSteps: 1, totalHours: 40, leftHours: 27 },
    ...{ plannedFinishOn: "2027-02-12", finishOn: "2027-02-27" },
    steps: [
      { subject: { slug: "http" }, hours: 7, startOn: "2027-02-01", isKept: false },
      { subject: { slug: "web" }, hours: 20, startOn: "2027-02-08", isKept: false },
    ],
  });
  const bob = await bearing("bob", "learner");
  expect((await as(bob, query)).data.plan).toBeNull();
  expect((await as({}, query)).status).toBe(401);
});

test("a plan without a calendar has none to go on with", async () => {
  const id = await save("");
  const { data } = await as(ann, `{ plan(id: "${id}") { replanned(from: "2027-02-01") { ${REPLANNED} } } }`);
  expect(data.plan.replanned.__typename).toBe("ValidationError");
});
