import { isInterfaceType, isObjectType } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSchema } from "../../../src/api/schema.ts";
import { type Need, neededScope, needInWords, type Scope } from "../../../src/api/viewer.ts";
import { createApiKey, revokeApiKey } from "../../../src/store/rows/api-keys.ts";
import { openApi, type TestApi, WRITING } from "../../support/api.ts";
import { ask } from "../../support/http.ts";
import { bearing } from "../../support/tokens.ts";

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
  recordProgress: 'recordProgress(input: { skill: "git", state: KNOWN }) { __typename }',
  savePlan: 'savePlan(name: "Mine", input: { goals: [{ skill: "git" }] }) { __typename }',
  sharePlan: 'sharePlan(id: "nothing") { __typename }',
  withdrawShare: 'withdrawShare(id: "nothing")',
  deletePlan: 'deletePlan(id: "nothing")',
  proposeChange:
    'proposeChange(input: { changes: [{ setHours: { skill: "git", hours: 6 } }], reason: "Why." }) { __typename }',
  withdrawProposal: 'withdrawProposal(id: "nothing")',
  acceptProposal: 'acceptProposal(id: "open", word: "Yes.") { __typename }',
  declineProposal: 'declineProposal(id: "open", word: "No.") { __typename }',
  eraseMyData: "eraseMyData { __typename }",
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

/** The scope that each mutation takes: `graph:write`, unless it is said here. */
const SCOPES: Readonly<Record<string, Need>> = {
  importGraph: "graph:admin",
  recordProgress: "learner",
  savePlan: "learner",
  sharePlan: "learner",
  withdrawShare: "learner",
  deletePlan: "learner",
  eraseMyData: "learner",
  proposeChange: "any",
  withdrawProposal: "any",
};

/** Mutations that have no dry run: each is done by whoever may. */
const NOT_TRIED: ReadonlySet<string> = new Set([
  "declineProposal",
  ...Object.keys(SCOPES).filter((name) => name !== "importGraph"),
]);

/** Has an open proposal, whatever was done with it before. */
async function openProposal(): Promise<void> {
  const changes = JSON.stringify([{ setHours: { skill: "git", hours: 7 } }]);
  const data = { author: "user:ann", status: "OPEN", changes, reason: "Why.", madeFor: 1 } as const;
  await api.store.prisma.proposal.upsert({
    where: { id: "open" },
    create: { id: "open", proposedAt: new Date(), ...data },
    update: data,
  });
}

/** Somebody, and the scopes of what it brings; absent: what it brings is not believed. */
interface Role {
  readonly name: string;
  readonly headers: Record<string, string>;
  readonly scopes?: readonly Scope[];
}

let api: TestApi;
const roles: Role[] = [
  { name: "anonymous", headers: {} },
  { name: "a wrong token", headers: { authorization: "Bearer not-the-token-of-this" } },
  { name: "another scheme", headers: { authorization: WRITING.authorization.replace("Bearer", "Basic") } },
  { name: "the beginning of the token", headers: { authorization: WRITING.authorization.slice(0, -1) } },
  { name: "the token", headers: WRITING, scopes: ["graph:write", "graph:admin"] },
];
beforeAll(async () => {
  api = await openApi();
  const { prisma } = api.store;
  const keyed = async (name: string, ...scopes: Scope[]): Promise<Role["headers"]> => ({
    authorization: `Bearer ${await createApiKey(prisma, { name, scopes, expiresAt: null })}`,
  });
  const revoked = await keyed("revoked", "graph:admin");
  await revokeApiKey(prisma, "revoked");
  roles.push(
    { name: "a key that was revoked", headers: revoked },
    { name: "a key that writes", headers: await keyed("writes", "graph:write"), scopes: ["graph:write"] },
    { name: "a key without a scope", headers: await keyed("nothing"), scopes: [] },
    {
      name: "a key that may do everything",
      headers: await keyed("admin", "graph:admin"),
      scopes: ["graph:write", "graph:admin"],
    },
    { name: "a learner", headers: await bearing("ann", "learner"), scopes: ["learner"] },
    { name: "an editor", headers: await bearing("bob", "graph:write"), scopes: ["graph:write"] },
    { name: "somebody without a scope", headers: await bearing("eve"), scopes: [] },
  );
});
afterAll(() => api.close());

test("every mutation of the schema has a row", () => {
  expect(Object.keys(buildSchema().getMutationType()!.getFields()).sort()).toEqual(
    Object.keys(MUTATIONS).sort(),
  );
});

test("every scope is declared beside a field that is asked for at the root, and told of", () => {
  const schema = buildSchema();
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const [name, { extensions, description }] of Object.entries(type.getFields())) {
      const scope = neededScope(extensions);
      if (scope === undefined) continue;
      expect(roots, `${type.name}.${name}`).toContain(type);
      expect(description).toContain(`Takes a token with ${needInWords(scope, "`")}.`);
    }
  }
});

test.each(Object.entries(MUTATIONS))("%s", async (name, mutation) => {
  const scope = SCOPES[name] ?? "graph:write";
  const isOwn = NOT_TRIED.has(name);
  const tried = isOwn ? mutation : mutation.replace("(", "(dryRun: true, ");
  const { revision } = api.store.snapshot();
  for (const { name: role, headers, scopes } of roles) {
    if (/^(accept|decline)/.test(name)) await openProposal();
    const { status, data, errors } = await ask(api.url, `mutation { ${tried} }`, undefined, headers);
    const code = errors[0]?.extensions.code;
    const isAllowed = scope === "any" ? (scopes?.length ?? 0) > 0 : scopes?.includes(scope) === true;
    const refusal =
      scopes === undefined ? { status: 401, code: "UNAUTHENTICATED" } : { status: 403, code: "FORBIDDEN" };
    const expected = isAllowed ? { status: 200, code: undefined } : refusal;
    expect({ role, status, code }).toEqual({ role, ...expected });
    if (status === 200) expect(String(data[name]?.__typename), role).not.toMatch(/Error$/);
    else expect(data ?? undefined).toBeUndefined();
  }
  expect(api.store.snapshot().revision).toBe(revision);
  if (isOwn) return;
  const done = await ask(api.url, `mutation { ${mutation} }`, undefined, WRITING);
  expect(done.data[name].__typename).not.toMatch(/Error$/);
});

test("one field that somebody may not is refused with all that it may, and nothing is done", async () => {
  const editor = await bearing("bob", "graph:write");
  const { revision } = api.store.snapshot();
  const create = 'createSkill(input: { slug: "more", name: "More", hours: 1 }) { __typename }';
  for (const operation of [
    `mutation { ${create} importGraph(file: "{}") { __typename } }`,
    `mutation { ${create} ...Rest } fragment Rest on Mutation { ... on Mutation { i: importGraph(file: "{}") { __typename } } }`,
  ]) {
    const { status, errors } = await ask(api.url, operation, undefined, editor);
    expect({ status, code: errors[0]?.extensions.code }).toEqual({ status: 403, code: "FORBIDDEN" });
  }
  expect(api.store.snapshot().revision).toBe(revision);
});

test("the change log knows who wrote, and tells those who may write", async () => {
  const query = "{ changes(since: 0, last: 1) { nodes { author } } }";
  const asBob = await bearing("bob", "graph:write");
  const create =
    'mutation { createSkill(input: { slug: "by-bob", name: "By Bob", hours: 1 }) { __typename } }';
  await ask(api.url, create, undefined, asBob);
  for (const headers of [{}, await bearing("ann", "learner")])
    expect((await ask(api.url, query, undefined, headers)).data.changes.nodes).toEqual([{ author: null }]);
  for (const headers of [asBob, WRITING])
    expect((await ask(api.url, query, undefined, headers)).data.changes.nodes).toEqual([
      { author: "user:bob" },
    ]);
});

test("two who call their writes by one key have a write each", async () => {
  const create = (slug: string) =>
    `mutation { createSkill(input: { slug: "${slug}", name: "${slug}", hours: 1 }, idempotencyKey: "one") { __typename } }`;
  const asBob = await ask(api.url, create("of-bob"), undefined, await bearing("bob", "graph:write"));
  const asCarl = await ask(api.url, create("of-carl"), undefined, await bearing("carl", "graph:write"));
  expect([asBob, asCarl].map(({ data }) => data.createSkill.__typename)).toEqual([
    "SkillWrite",
    "SkillWrite",
  ]);
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
  expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="skills-graph"');
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
