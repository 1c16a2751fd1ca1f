import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSchema } from "../../../src/api/schema.ts";
import { openApi, type TestApi, WRITING } from "../../support/api.ts";
import { ask, startTestServer } from "../../support/http.ts";

/** Each mutation, in a form that succeeds for whoever may write. */
const MUTATIONS: Readonly<Record<string, string>> = {
  applyChanges: 'applyChanges(changes: [{ addSkill: { slug: "python", hours: 60 } }]) { __typename }',
  // What the one before has done.
  revert: "revert(revision: 1) { __typename }",
  ...ofEntities("Skill", "hours: 1", "hours: 2"),
  ...ofEntities("Resource", "kind: BOOK", "cost: FREE"),
  ...ofEntities("Project", "hours: 1", "hours: 2"),
  ...ofEntities("Role", 'summary: "One."', 'summary: "Two."'),
  ...ofEntities("Roadmap", "ordered: true", "ordered: false"),
  importGraph:
    'importGraph(file: "skills: [{ slug: git, name: Git, hours: 5 }, { slug: svn, name: SVN, hours: 5 }]") { __typename }',
  mergeSkills: 'mergeSkills(from: "svn", into: "git") { __typename }',
  setRequirement: 'setRequirement(of: { skill: "git" }) { __typename }',
};

/** In the order in which they can be done. */
function ofEntities(type: string, given: string, changed: string): Record<string, string> {
  return {
    [`create${type}`]: `create${type}(input: { slug: "new", name: "New", ${given} }) { __typename }`,
    [`update${type}`]: `update${type}(slug: "new", input: { ${changed} }) { __typename }`,
    [`rename${type}`]: `rename${type}(slug: "new", to: "newer") { __typename }`,
    [`delete${type}`]: `delete${type}(slug: "new") { __typename }`,
  };
}

/** What becomes of a mutation with these headers. */
const ROLES: readonly [role: string, headers: Record<string, string>, status: number, code?: string][] = [
  ["anonymous", {}, 401, "UNAUTHENTICATED"],
  ["with a wrong token", { authorization: "Bearer not-the-token-of-this" }, 401, "UNAUTHENTICATED"],
  [
    "with the token and another scheme",
    { authorization: WRITING.authorization.replace("Bearer", "Basic") },
    401,
    "UNAUTHENTICATED",
  ],
  [
    "with the beginning of the token",
    { authorization: WRITING.authorization.slice(0, -1) },
    401,
    "UNAUTHENTICATED",
  ],
  ["with the token", WRITING, 200],
];

let api: TestApi;
let withoutToken: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  api = await openApi();
  withoutToken = await startTestServer();
});
afterAll(() => Promise.all([api.close(), withoutToken.close()]));

test("every mutation of the schema has a row", () => {
  expect(Object.keys(buildSchema().getMutationType()!.getFields()).sort()).toEqual(
    Object.keys(MUTATIONS).sort(),
  );
});

describe.each(Object.entries(MUTATIONS))("%s", (name, mutation) => {
  test.each(ROLES)("%s", async (_role, headers, status, code) => {
    const { revision } = api.store.snapshot();
    const answer = await ask(api.url, `mutation { ${mutation} }`, undefined, headers);
    expect(answer.status).toBe(status);
    expect(answer.errors[0]?.extensions.code).toBe(code);
    if (code === undefined) expect(answer.data[name].__typename).not.toMatch(/Error$/);
    else expect(answer.data ?? undefined).toBeUndefined();
    if (code !== undefined) expect(api.store.snapshot().revision).toBe(revision);
  });

  test("where the server has no token, nobody may", async () => {
    for (const headers of [{}, WRITING]) {
      const { status, errors } = await ask(withoutToken.url, `mutation { ${mutation} }`, undefined, headers);
      expect(status).toBe(403);
      expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    }
  });
});

test("by GET, and as anything but JSON, nobody may", async () => {
  const query = `mutation { ${MUTATIONS.importGraph} }`;
  const { revision } = api.store.snapshot();
  const url = `${api.url}/graphql?query=${encodeURIComponent(query)}`;
  expect((await fetch(url, { headers: WRITING })).status).toBe(405);
  expect((await fetch(url, { headers: WRITING, method: "HEAD" })).status).toBeGreaterThanOrEqual(400);
  for (const type of ["application/graphql", "application/graphql+json", "text/plain"]) {
    const body = type === "application/graphql" ? query : JSON.stringify({ query });
    const headers = { ...WRITING, "content-type": type };
    expect((await fetch(`${api.url}/graphql`, { method: "POST", headers, body })).status, type).toBe(415);
  }
  expect(api.store.snapshot().revision).toBe(revision);
});

test("the challenge of a refusal is that of RFC 6750", async () => {
  const body = JSON.stringify({ query: `mutation { ${MUTATIONS.importGraph} }` });
  const answer = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="mutations"');
});

test("what somebody may write with is not answered from what others share", async () => {
  const query = "{ graph { revision } }";
  await api.ask(query);
  const answer = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...WRITING },
    body: JSON.stringify({ query }),
  });
  expect(answer.headers.get("etag")).toBeNull();
});
