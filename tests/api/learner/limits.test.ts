import { afterAll, beforeAll, expect, test } from "vitest";
import {
  MAX_OPEN_PROPOSALS,
  MAX_PLAN_SHARES,
  MAX_PROGRESS_ENTRIES,
  MAX_SAVED_PLANS,
} from "../../../src/store/limits.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { ask } from "../../support/http.ts";
import { bearing } from "../../support/tokens.ts";

/** What one learner may have is counted where it is written, so that who sends much at once has no more of it. */

const MANY = 12;
const LEFT = 3;

let api: TestApi;
let headers: { authorization: string };
beforeAll(async () => {
  const skills = Array.from({ length: MANY }, (_, at) => ({ slug: `s-${at}`, name: `S ${at}`, hours: 1 }));
  api = await openApi({ skills });
  headers = await bearing("ann", "learner");
});
afterAll(() => api.close());

const asAnn = async (query: string) => (await ask(api.url, query, undefined, headers)).data;
const plan = (at: number) =>
  `mutation { answer: savePlan(name: "${at}", input: { goals: [{ skill: "s-0" }] }) { __typename } }`;
const saved = (at: number) => ({
  ...{ id: `plan-${at}`, learner: "ann", name: String(at), question: "skill=s-0", savedAt: new Date() },
});

test.each([
  [
    "plans",
    plan,
    () =>
      api.store.prisma.savedPlan.createMany({
        data: Array.from({ length: MAX_SAVED_PLANS - LEFT }, (_, at) => saved(at)),
      }),
    () => api.store.prisma.savedPlan.count(),
    MAX_SAVED_PLANS,
  ],
  [
    "links to a plan",
    () => `mutation { answer: sharePlan(id: "plan-0") { __typename } }`,
    () =>
      api.store.prisma.planShare.createMany({
        data: Array.from({ length: MAX_PLAN_SHARES - LEFT }, (_, at) => ({
          ...{ id: `share-${at}`, planId: "plan-0", hash: "", createdAt: new Date() },
        })),
      }),
    () => api.store.prisma.planShare.count(),
    MAX_PLAN_SHARES,
  ],
  [
    "skills",
    (at: number) =>
      `mutation { answer: recordProgress(input: { skill: "s-${at}", state: KNOWN }) { __typename } }`,
    () =>
      api.store.prisma.progress.createMany({
        data: Array.from({ length: MAX_PROGRESS_ENTRIES - LEFT }, (_, at) => ({
          ...{ learner: "ann", skill: `gone-${at}`, state: "KNOWN" as const, recordedAt: new Date() },
        })),
      }),
    () => api.store.prisma.progress.count(),
    MAX_PROGRESS_ENTRIES,
  ],
  [
    "open proposals",
    (at: number) =>
      `mutation { answer: proposeChange(input: { reason: "x", changes: [{ setHours: { skill: "s-${at}", hours: 2 } }] }) { __typename } }`,
    () =>
      api.store.prisma.proposal.createMany({
        data: Array.from({ length: MAX_OPEN_PROPOSALS - LEFT }, (_, at) => ({
          ...{ id: `proposal-${at}`, author: "user:ann", status: "OPEN" as const, changes: "[]" },
          ...{ reason: "x", madeFor: 1, proposedAt: new Date() },
        })),
      }),
    () => api.store.prisma.proposal.count(),
    MAX_OPEN_PROPOSALS,
  ],
])("no more %s than there may be, however many are sent at once", async (_what, write, fill, count, most) => {
  await fill();
  const answers = await Promise.all(Array.from({ length: MANY }, (_, at) => asAnn(write(at))));
  const refused = answers.filter(
    (data) => data.answer === null || data.answer.__typename === "ValidationError",
  );
  expect(refused).toHaveLength(MANY - LEFT);
  expect(await count()).toBe(most);
});

test("a plan that is deleted while links to it are made leaves none, and nothing fails", async () => {
  const answers = await Promise.all([
    ...Array.from({ length: 5 }, () => asAnn(`mutation { sharePlan(id: "plan-1") { __typename } }`)),
    asAnn(`mutation { deletePlan(id: "plan-1") }`),
    ...Array.from({ length: 5 }, () => asAnn(`mutation { sharePlan(id: "plan-1") { __typename } }`)),
  ]);
  for (const data of answers) expect(data).toBeTruthy();
  expect(await api.store.prisma.planShare.count({ where: { planId: "plan-1" } })).toBe(0);
});

test("who erases what is its own erases nothing of others, whatever its name is", async () => {
  const create = async (name: string, slug: string) => {
    const query = `mutation { createSkill(input: { slug: "${slug}", name: "${slug}", hours: 1 }, idempotencyKey: "k") { ... on SkillWrite { written { isReplay } } } }`;
    return (await ask(api.url, query, undefined, await bearing(name, "graph:write"))).data.createSkill
      .written;
  };
  expect(await create("a_b", "new-1")).toEqual({ isReplay: false });
  expect(await create("axb", "new-2")).toEqual({ isReplay: false });
  for (const name of ["%", "a_b"])
    await ask(api.url, "mutation { eraseMyData { plans } }", undefined, await bearing(name, "learner"));
  expect(await create("axb", "new-2")).toEqual({ isReplay: true });
  expect(await api.store.prisma.idempotencyKey.count()).toBe(1);
});
