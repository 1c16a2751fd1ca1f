import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi, WRITING } from "../../support/api.ts";
import { type Answer, ask } from "../../support/http.ts";
import { bearing } from "../../support/tokens.ts";

/** What learners keep: it is there when they come back, and for nobody else. */

let api: TestApi;
const headers: Record<string, { authorization: string }> = {};
beforeAll(async () => {
  api = await openApi({
    skills: [
      { slug: "git", name: "Git", hours: 10 },
      { slug: "http", name: "HTTP", hours: 5 },
      { slug: "web", name: "The Web", hours: 20, requires: { allOf: ["git", "http"] } },
      { slug: "old", name: "Old", hours: 1 },
    ],
    roles: [{ slug: "dev", name: "Developer", requires: "web" }],
  });
  for (const name of ["ann", "bob", "cid", "dan"]) headers[name] = await bearing(name, "learner");
});
afterAll(() => api.close());

const as = (name: string, query: string, variables?: Record<string, unknown>): Promise<Answer> =>
  ask(api.url, query, variables, headers[name] ?? {});

const RECORD = `mutation ($input: RecordProgressInput!) {
  recordProgress(input: $input) { __typename ... on SkillProgress { slug state on hours evidence } ... on Error { message } }
}`;
const record = async (name: string, input: Record<string, unknown>) =>
  (await as(name, RECORD, { input })).data.recordProgress;

const savePlan = async (name: string, plan: string, id?: string) => {
  const query = `mutation ($id: ID, $name: String!) {
    savePlan(id: $id, name: $name, input: { goals: [{ role: "dev" }], weeklyHours: 5 }) { __typename ... on SavedPlan { id name } ... on Error { message } }
  }`;
  return (await as(name, query, { id, name: plan })).data.savePlan;
};

const HOURS = "__typename ... on LearningPath { totalHours } ... on Error { message }";

describe("progress", () => {
  test("is recorded, in place of what was recorded before, and counts where it is asked for", async () => {
    await record("ann", { skill: "git", state: "LEARNING", hours: 2.5 });
    expect(
      await record("ann", {
        ...{ skill: "git", state: "KNOWN", on: "2026-05-01", hours: 8, evidence: "https://example.org/cert" },
      }),
    ).toEqual({
      ...{ __typename: "SkillProgress", slug: "git", state: "KNOWN", on: "2026-05-01", hours: 8 },
      evidence: "https://example.org/cert",
    });
    await record("ann", { skill: "http", state: "FORGOTTEN" });
    const { data } = await as(
      "ann",
      `{ me { subject progress { slug state skill { name } } known { slug } }
         mine: learningPath(input: { goals: [{ role: "dev" }] }, useMyProgress: true) { ${HOURS} }
         plain: learningPath(input: { goals: [{ role: "dev" }] }) { ${HOURS} } }`,
    );
    expect(data).toEqual({
      me: {
        subject: "ann",
        progress: [
          { slug: "http", state: "FORGOTTEN", skill: { name: "HTTP" } },
          { slug: "git", state: "KNOWN", skill: { name: "Git" } },
        ],
        known: [{ slug: "git" }],
      },
      mine: { __typename: "LearningPath", totalHours: 25 },
      plain: { __typename: "LearningPath", totalHours: 35 },
    });
  });

  test.each([
    [{ skill: "nothing", state: "KNOWN" }, "NotFoundError"],
    [{ skill: "git", state: "KNOWN", hours: -1 }, "ValidationError"],
    [{ skill: "git", state: "KNOWN", hours: 1.234 }, "ValidationError"],
    [{ skill: "git", state: "KNOWN", evidence: "http://example.org" }, "ValidationError"],
    [{ skill: "git", state: "KNOWN", evidence: "javascript:alert(1)" }, "ValidationError"],
    [{ skill: "git", state: "KNOWN", evidence: "https://ann:secret@example.org" }, "ValidationError"],
    [{ skill: "git", state: "KNOWN", evidence: `https://example.org/${"x".repeat(500)}` }, "ValidationError"],
  ])("%j is refused", async (input, type) => {
    expect((await record("cid", input)).__typename).toBe(type);
    expect((await as("cid", "{ me { progress { slug } } }")).data.me.progress).toEqual([]);
  });

  test("says what is not known as well, whatever is known stands on", async () => {
    const name = "dan";
    const query = `{
      mine: learningPath(input: { goals: [{ role: "dev" }], known: ["web"] }, useMyProgress: true) { ...Known }
      plain: learningPath(input: { goals: [{ role: "dev" }], known: ["web"] }) { ...Known } }
      fragment Known on LearningPath { takenAsKnown { skill { slug } because { slug } } }`;
    const web = { slug: "web" };
    expect((await as(name, query)).data.mine.takenAsKnown).toEqual([
      { skill: { slug: "git" }, because: web },
      { skill: { slug: "http" }, because: web },
    ]);
    await record(name, { skill: "http", state: "LEARNING" });
    const { mine, plain } = (await as(name, query)).data;
    expect(mine.takenAsKnown).toEqual([{ skill: { slug: "git" }, because: web }]);
    expect(plain.takenAsKnown).toHaveLength(2);
  });

  test("outlives what becomes of its skill", async () => {
    await record("ann", { skill: "old", state: "KNOWN" });
    const write = (mutation: string) => ask(api.url, `mutation { ${mutation} { __typename } }`, {}, WRITING);
    const query = "{ me { progress { slug state skill { slug } } known { slug } } }";
    const entry = async () =>
      (await as("ann", query)).data.me.progress.filter(({ slug }: { slug: string }) => /old/.test(slug));
    await write('renameSkill(slug: "old", to: "older")');
    expect(await entry()).toEqual([{ slug: "old", state: "KNOWN", skill: { slug: "older" } }]);
    // What is recorded by the new slug is in its place.
    await record("ann", { skill: "older", state: "FORGOTTEN" });
    expect(await entry()).toEqual([{ slug: "older", state: "FORGOTTEN", skill: { slug: "older" } }]);
    await write('deleteSkill(slug: "older")');
    expect(await entry()).toEqual([{ slug: "older", state: "FORGOTTEN", skill: null }]);
  });
});

describe("A cannot see B", () => {
  let plan: string;
  let share: { token: string; share: { id: string } };
  beforeAll(async () => {
    plan = (await savePlan("ann", "Mine")).id;
    const { data } = await as("ann", `mutation { sharePlan(id: "${plan}") { token share { id } } }`);
    share = data.sharePlan;
  });
  const nowhere = "00000000-0000-4000-8000-000000000000";

  test("the owner has it", async () => {
    const { data } = await as("ann", `{ plan(id: "${plan}") { name shares { id } path { ${HOURS} } } }`);
    expect(data.plan).toEqual({
      ...{ name: "Mine", shares: [{ id: share.share.id }] },
      path: { __typename: "LearningPath", totalHours: 25 },
    });
  });

  const roads: readonly (readonly [string, (id: string) => string])[] = [
    ["by the id of the plan", (id) => `{ plan(id: "${id}") { name path { ${HOURS} } shares { id } } }`],
    ["by node", (id) => `{ node(id: "${id}") { id } }`],
    ["by node, with its type", (id) => `{ node(id: "${btoa(`SavedPlan:${id}`)}") { id } }`],
    ["by nodes", (id) => `{ nodes(ids: ["${id}", "${btoa(`SavedPlan:${id}`)}"]) { id } }`],
    ["by a link of its id", (id) => `{ sharedPlan(token: "${id}") { name } }`],
    ["by deleting it", (id) => `mutation { deletePlan(id: "${id}") }`],
    ["by sharing it", (id) => `mutation { sharePlan(id: "${id}") { token } }`],
    [
      "by saving over it",
      (id) =>
        `mutation { savePlan(id: "${id}", name: "x", input: { goals: [{ role: "dev" }] }) { __typename ... on Error { message } } }`,
    ],
  ];
  test.each(roads)("%s", async (_road, query) => {
    const others = await as("bob", query(plan));
    const nobodys = await as("bob", query(nowhere));
    const text = (answer: Answer, id: string) =>
      JSON.stringify(answer)
        .replaceAll(id, "ID")
        .replaceAll(btoa(`SavedPlan:${id}`), "ID");
    expect(text(others, plan)).toBe(text(nobodys, nowhere));
    expect(text(others, plan)).not.toMatch(/Mine|totalHours/);
  });

  test("by withdrawing its links, or by a link's id", async () => {
    const { id } = share.share;
    expect((await as("bob", `mutation { withdrawShare(id: "${id}") }`)).data.withdrawShare).toBe(false);
    expect((await as("bob", `{ sharedPlan(token: "${id}") { name } }`)).data.sharedPlan).toBeNull();
    expect(
      (await as("bob", `{ sharedPlan(token: "${share.token.slice(0, -1)}") { name } }`)).data.sharedPlan,
    ).toBeNull();
  });

  test("in lists, counts, exports and what is erased", async () => {
    const { data } = await as(
      "bob",
      "{ me { progress { slug } known { slug } goals { slug } plans { id } } exportMyData }",
    );
    expect(data.me).toEqual({ progress: [], known: [], goals: [], plans: [] });
    expect(JSON.parse(data.exportMyData)).toEqual({
      ...{ subject: "bob", progress: [], plans: [], proposals: [] },
    });
    const erased = await as("bob", "mutation { eraseMyData { progress plans } }");
    expect(erased.data.eraseMyData).toEqual({ progress: 0, plans: 0 });
    expect((await as("ann", "{ me { plans { name } } }")).data.me.plans).toEqual([{ name: "Mine" }]);
  });

  test("with the rights of an editor, or with none", async () => {
    for (const query of [`{ plan(id: "${plan}") { name } }`, "{ me { subject } }", "{ exportMyData }"]) {
      expect((await ask(api.url, query)).status).toBe(401);
      expect((await ask(api.url, query, {}, WRITING)).status).toBe(403);
    }
    const mine = `{ learningPath(input: { goals: [{ role: "dev" }] }, useMyProgress: true) { ${HOURS} } }`;
    for (const own of [{}, WRITING])
      expect((await ask(api.url, mine, {}, own)).data?.learningPath ?? null).toBeNull();
  });

  test("in what caches keep: nothing of it is for anybody else", async () => {
    const body = JSON.stringify({ query: `{ me { subject plans { name } } }` });
    const post = (own: Record<string, string>, accept = "application/json") =>
      fetch(`${api.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", accept, ...own },
        body,
      });
    for (const name of ["ann", "bob", "ann"]) {
      const answer = await post(headers[name] ?? {});
      expect(answer.headers.get("cache-control")).toBe("private, no-store");
      expect(answer.headers.get("etag")).toBeNull();
      expect((await answer.json()).data.me.subject).toBe(name);
    }
    expect((await post({})).status).toBe(401);
  });

  test("a link shows the plan, not who made it nor what it knows, until it is withdrawn", async () => {
    const query = `{ sharedPlan(token: "${share.token}") { name path { ${HOURS} } } }`;
    const url = `${api.url}/graphql?${new URLSearchParams({ query })}`;
    const shown = await fetch(url);
    expect(shown.headers.get("cache-control")).toBe("private, no-store");
    expect((await shown.json()).data.sharedPlan).toEqual({
      ...{ name: "Mine", path: { __typename: "LearningPath", totalHours: 35 } },
    });
    const stored = JSON.stringify(await api.store.prisma.planShare.findMany());
    expect(stored).not.toContain(share.token.split(".")[1]);
    await as("ann", `mutation { withdrawShare(id: "${share.share.id}") }`);
    expect((await (await fetch(url)).json()).data.sharedPlan).toBeNull();
  });
});

test("what is exported is all, and what is erased is gone", async () => {
  const cid = await bearing("cid", "learner", "graph:write");
  await record("cid", { skill: "git", state: "PLANNED" });
  const { id } = await savePlan("cid", "Soon");
  expect((await savePlan("cid", "Later", id)).id).toBe(id);
  await ask(
    api.url,
    'mutation { updateSkill(slug: "git", input: { hours: 11 }, idempotencyKey: "k") { __typename } }',
    {},
    cid,
  );
  const { data } = await as("cid", "{ exportMyData }");
  expect(JSON.parse(data.exportMyData)).toMatchObject({
    ...{ subject: "cid", progress: [{ skill: "git", state: "PLANNED" }], plans: [{ id, name: "Later" }] },
  });
  const erased = await as("cid", "mutation { eraseMyData { progress plans } }");
  expect(erased.data.eraseMyData).toEqual({ progress: 1, plans: 1 });
  const { prisma } = api.store;
  const rest = [
    await prisma.progress.findMany({ where: { learner: "cid" } }),
    await prisma.savedPlan.findMany({ where: { learner: "cid" } }),
    await prisma.revision.findMany({ where: { author: "user:cid" } }),
    await prisma.idempotencyKey.findMany({ where: { key: { contains: "user:cid" } } }),
  ];
  expect(rest).toEqual([[], [], [], []]);
});
