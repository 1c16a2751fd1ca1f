import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_OPEN_PROPOSALS } from "../../../src/store/limits.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { type Answer, ask } from "../../support/http.ts";
import { bearing } from "../../support/tokens.ts";

/** Anyone may propose, reviewers decide with what it would do before them, and the author hears. */

let api: TestApi;
const headers: Record<string, Record<string, string>> = { nobody: {} };
beforeAll(async () => {
  api = await openApi({
    documents: [{ id: "001", title: "One", lines: 20 }],
    skills: [
      { slug: "git", name: "Git", hours: 10 },
      { slug: "http", name: "HTTP", hours: 5 },
      { slug: "web", name: "The Web", hours: 20, requires: { allOf: ["git", "http"] } },
      { slug: "css", name: "CSS", hours: 7 },
    ],
    roles: [
      { slug: "dev", name: "Developer", requires: "web" },
      { slug: "designer", name: "Designer", requires: "css" },
    ],
  });
  for (const name of ["ann", "bob", "cid", "dan"]) headers[name] = await bearing(name, "learner");
  headers.eve = await bearing("eve");
  headers.rex = await bearing("rex", "graph:write");
  headers.rae = await bearing("rae", "graph:write", "learner");
});
afterAll(() => api.close());

const as = (name: string, query: string, variables?: Record<string, unknown>): Promise<Answer> =>
  ask(api.url, query, variables, headers[name] ?? {});

const NEEDS_HTTP = { addPrerequisite: { requires: { skill: "http" }, to: { skill: "css" } } };
const CITATION = { document: "001", line: 3, mention: "CSS over HTTP" };

const PROPOSE = `mutation ($input: ProposeChangeInput!) {
  proposeChange(input: $input) { __typename ... on Proposal { id status madeFor } ... on Error { message } ... on ValidationError { argument } }
}`;
const propose = async (name: string, changes: object[], more: object = {}) =>
  (await as(name, PROPOSE, { input: { changes, reason: "So the document says.", ...more } })).data
    .proposeChange;

const ACCEPT = `mutation ($id: ID!, $word: String! = "Right.", $dryRun: Boolean! = false, $expectedRevision: Int, $key: String) {
  acceptProposal(id: $id, word: $word, dryRun: $dryRun, expectedRevision: $expectedRevision, idempotencyKey: $key) {
    __typename
    ... on ProposalWrite { proposal { status word revision } written { revision isDryRun isReplay changed { kind slug operation } } }
    ... on ProposalDecidedError { proposal { status } }
    ... on Error { message }
  }
}`;
const accept = async (name: string, id: string, more: object = {}) =>
  (await as(name, ACCEPT, { id, ...more })).data?.acceptProposal;
const decline = async (name: string, id: string) =>
  (
    await as(
      name,
      `mutation { declineProposal(id: "${id}", word: "No.") { __typename ... on Proposal { status } ... on Error { message } } }`,
    )
  ).data?.declineProposal;
const mine = async (name: string) =>
  (await as(name, "{ me { proposals { id status word revision reviewer } } }")).data.me.proposals;

const WHAT_IF = `whatIf { __typename ... on ProposalWhatIf { roles { role { slug } hoursBefore hoursAfter extraHours } plansChanged plansTried loop { slug } } ... on Error { message } }`;
const whatIf = async (name: string, id: string) =>
  (await as(name, `{ proposal(id: "${id}") { ${WHAT_IF} } }`)).data.proposal?.whatIf;

describe("a proposal", () => {
  test("is seen by a reviewer with what it would do, is accepted as one revision, and its author hears", async () => {
    const saved = await as(
      "bob",
      'mutation { savePlan(name: "Mine", input: { goals: [{ role: "designer" }] }) { __typename } }',
    );
    expect(saved.data.savePlan.__typename).toBe("SavedPlan");
    const { revision } = api.store.snapshot();
    const { id, ...made } = await propose("ann", [NEEDS_HTTP], { citation: CITATION });
    expect(made).toEqual({ __typename: "Proposal", status: "OPEN", madeFor: revision });
    expect(await mine("ann")).toMatchObject([{ id, status: "OPEN", word: null, revision: null }]);

    const { data } = await as(
      "rex",
      "{ proposals(status: OPEN) { totalCount nodes { id author reason input citation { document line basis } changes { kind ownerKind slug node { name } requires } } } }",
    );
    expect(data.proposals).toEqual({
      totalCount: 1,
      nodes: [
        {
          ...{ id, author: "user:ann", reason: "So the document says.", input: JSON.stringify([NEEDS_HTTP]) },
          citation: { document: "001", line: 3, basis: "EXPLICIT" },
          changes: [
            {
              ...{ kind: "ADD_PREREQUISITE", ownerKind: "SKILL", slug: "css", node: { name: "CSS" } },
              requires: "http",
            },
          ],
        },
      ],
    });
    const roles = [{ role: { slug: "designer" }, hoursBefore: 7, hoursAfter: 12, extraHours: 5 }];
    const told = { __typename: "ProposalWhatIf", roles, loop: [] };
    expect(await whatIf("rex", id)).toEqual({ ...told, plansChanged: 1, plansTried: 1 });
    // What others have saved is not for the author.
    expect(await whatIf("ann", id)).toEqual({ ...told, plansChanged: null, plansTried: null });

    expect(await accept("rex", id, { dryRun: true })).toMatchObject({
      proposal: { status: "OPEN" },
      written: { revision, isDryRun: true, changed: [{ slug: "css" }] },
    });
    expect((await mine("ann"))[0].status).toBe("OPEN");
    expect(await accept("rex", id, { key: "once", expectedRevision: revision })).toEqual({
      __typename: "ProposalWrite",
      proposal: { status: "ACCEPTED", word: "Right.", revision: revision + 1 },
      written: {
        ...{ revision: revision + 1, isDryRun: false, isReplay: false },
        changed: [{ kind: "SKILL", slug: "css", operation: "UPDATED" }],
      },
    });
    expect((await accept("rex", id, { key: "once", expectedRevision: revision })).written.isReplay).toBe(
      true,
    );
    expect(await accept("rae", id)).toMatchObject({
      __typename: "ProposalDecidedError",
      proposal: { status: "ACCEPTED" },
    });
    expect(api.store.snapshot().revision).toBe(revision + 1);
    expect(await mine("ann")).toEqual([
      { id, status: "ACCEPTED", word: "Right.", revision: revision + 1, reviewer: null },
    ]);

    const log = `{ changes(since: ${revision}) { nodes { author proposer reason } } }`;
    expect((await as("rex", log)).data.changes.nodes).toEqual([
      { author: "user:rex", proposer: "user:ann", reason: "So the document says." },
    ]);
    expect((await as("bob", log)).data.changes.nodes[0]).toMatchObject({ author: null, proposer: null });
    const cited = await as(
      "nobody",
      '{ skill(slug: "css") { citations { line } requirementNodes { citations { line mention } basis } } }',
    );
    expect(cited.data.skill).toEqual({
      citations: [],
      requirementNodes: [{ citations: [{ line: 3, mention: "CSS over HTTP" }], basis: "EXPLICIT" }],
    });
  });

  test("without a citation is the editors' word; a new skill has what was cited, estimates have not", async () => {
    const add = (slug: string) => ({
      addSkill: {
        slug,
        name: slug.toUpperCase(),
        hours: 3,
        requires: { anyOf: [{ skill: "git" }, { skill: "http" }] },
      },
    });
    for (const more of [{}, { citation: CITATION }]) {
      const slug = "citation" in more ? "cited" : "uncited";
      const hours = { setHours: { skill: "git", hours: slug.length } };
      const { id } = await propose("bob", [add(slug), hours], more);
      await accept("rex", id);
      const query = `query ($slug: String!) { skill(slug: $slug) { basis citations { line } requirementNodes { kind basis } } git: skill(slug: "git") { hours citations { line } } }`;
      const { data } = await as("nobody", query, { slug });
      const basis = slug === "cited" ? "EXPLICIT" : "EDITORIAL";
      expect(data.skill.basis).toBe(basis);
      expect(data.skill.requirementNodes).toEqual([
        { kind: "ANY_OF", basis: "EDITORIAL" },
        { kind: "SKILL", basis },
        { kind: "SKILL", basis },
      ]);
      expect(data.git).toEqual({ hours: slug.length, citations: [] });
    }
  });

  test.each([
    [[{ removeSkill: "nothing" }], {}, "NotFoundError", /nothing/],
    [[], {}, "ValidationError", /changes/],
    [[NEEDS_HTTP], { reason: " " }, "ValidationError", /input.reason/],
    [[NEEDS_HTTP], { reason: "x".repeat(4_001) }, "ValidationError", /input.reason/],
    [[NEEDS_HTTP], { citation: { ...CITATION, document: "999" } }, "NotFoundError", /document "999"/],
    [[NEEDS_HTTP], { citation: { ...CITATION, line: 21 } }, "ValidationError", /input.citation.line/],
    [
      [NEEDS_HTTP],
      { citation: { ...CITATION, mention: "one two three four five six seven" } },
      "ValidationError",
      /input.citation.mention.*six|6 words/,
    ],
    [
      Array.from({ length: 100 }, (_, at) => ({
        addSkill: { slug: `s${at}`, name: "n".repeat(300), hours: 1 },
      })),
      {},
      "ValidationError",
      /input.changes/,
    ],
  ])("that makes no sense is refused: %#", async (changes, more, type, message) => {
    const { __typename, message: told } = await propose("cid", changes, more);
    expect({ __typename, told }).toEqual({ __typename: type, told: expect.stringMatching(message) });
    expect(await mine("cid")).toEqual([]);
  });

  test("that no longer applies says why, and stays open", async () => {
    const { id } = await propose("bob", [
      { addSkill: { slug: "grid", hours: 2 } },
      { addPrerequisite: { to: { skill: "web" }, requires: { skill: "grid" } } },
    ]);
    const other = await propose("bob", [{ addSkill: { slug: "grid", hours: 9 } }]);
    await accept("rex", other.id);
    expect((await whatIf("rex", id)).message).toMatch(/a slug that no skill has or had/);
    const { revision } = api.store.snapshot();
    expect(await accept("rex", id)).toMatchObject({ __typename: "ValidationError" });
    expect(await accept("rex", id, { word: "" })).toMatchObject({ __typename: "ValidationError" });
    expect((await mine("bob")).find((each: { id: string }) => each.id === id).status).toBe("OPEN");
    expect(api.store.snapshot().revision).toBe(revision);
    expect(await decline("rex", id)).toEqual({ __typename: "Proposal", status: "DECLINED" });
    expect(await decline("rae", id)).toMatchObject({ __typename: "ProposalDecidedError" });
    expect(await accept("rae", id)).toMatchObject({ __typename: "ProposalDecidedError" });
  });

  test("that closes a loop is told with the loop, is refused when it is accepted, and stays open", async () => {
    const { id } = await propose("bob", [
      { addPrerequisite: { to: { skill: "git" }, requires: { skill: "web" } } },
    ]);
    const { loop, roles } = await whatIf("rex", id);
    expect(loop.map(({ slug }: { slug: string }) => slug).sort()).toEqual(["git", "web"]);
    expect(roles).toMatchObject([{ role: { slug: "dev" }, hoursAfter: null, extraHours: null }]);
    expect(await accept("rex", id)).toMatchObject({ __typename: "UnlearnableError" });
    expect((await mine("bob"))[0]).toMatchObject({ id, status: "OPEN" });
    expect((await as("bob", `mutation { withdrawProposal(id: "${id}") }`)).data.withdrawProposal).toBe(true);
    expect(await accept("rex", id)).toMatchObject({ __typename: "ValidationError" });
  });

  test("was looked at in its what-if: at another revision it is not accepted", async () => {
    const { id } = await propose("bob", [{ setHours: { skill: "css", hours: 8 } }]);
    const expectedRevision = api.store.snapshot().revision - 1;
    expect(await accept("rex", id, { expectedRevision })).toMatchObject({ __typename: "ConflictError" });
    // What is so already is accepted without a revision.
    await ask(
      api.url,
      'mutation { updateSkill(slug: "css", input: { hours: 8 }) { __typename } }',
      {},
      headers.rex,
    );
    const { revision } = api.store.snapshot();
    expect(await accept("rex", id, { dryRun: true })).toMatchObject({ proposal: { status: "OPEN" } });
    expect(await accept("rex", id)).toMatchObject({
      proposal: { status: "ACCEPTED", revision },
      written: { revision, changed: [] },
    });
  });

  test(`is one of at most ${MAX_OPEN_PROPOSALS} open ones of its author`, async () => {
    const hours = (at: number) => [{ setHours: { skill: "css", hours: at } }];
    const ids: string[] = [];
    for (let at = 1; at <= MAX_OPEN_PROPOSALS; at++) ids.push((await propose("dan", hours(at))).id);
    expect(await propose("dan", hours(100))).toMatchObject({
      __typename: "ValidationError",
      message: `Expected at most ${MAX_OPEN_PROPOSALS} open proposals: delete some first.`,
    });
    // Page by page, without gaps.
    const page = "nodes { id } pageInfo { endCursor hasNextPage }";
    const first = (await as("rex", `{ proposals(status: OPEN, first: 15) { ${page} } }`)).data.proposals;
    expect(first.pageInfo.hasNextPage).toBe(true);
    const after = `{ proposals(status: OPEN, first: 15, after: "${first.pageInfo.endCursor}") { ${page} } }`;
    const second = (await as("rex", after)).data.proposals;
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(ids);
    expect((await as("rex", '{ proposals(after: "x") { totalCount } }')).errors[0]?.extensions.code).toBe(
      "BAD_USER_INPUT",
    );
    await as("dan", `mutation { withdrawProposal(id: "${ids[0]}") }`);
    expect((await propose("dan", hours(100))).__typename).toBe("Proposal");
    expect((await as("dan", "mutation { eraseMyData { proposals } }")).data.eraseMyData).toEqual({
      proposals: MAX_OPEN_PROPOSALS,
    });
  });
});

describe("what another has proposed is nobody else's", () => {
  let id: string;
  beforeAll(async () => {
    ({ id } = await propose("ann", [{ setHours: { skill: "css", hours: 9 } }]));
  });

  test("who has no scope may not propose, and who may not write may neither see the list nor decide", async () => {
    const input = { changes: [NEEDS_HTTP], reason: "Why not." };
    for (const [name, status] of [
      ["nobody", 401],
      ["eve", 403],
    ] as const) {
      expect((await as(name, PROPOSE, { input })).status).toBe(status);
      expect((await as(name, `mutation { withdrawProposal(id: "${id}") }`)).status).toBe(status);
      expect((await as(name, `{ proposal(id: "${id}") { reason } }`)).status).toBe(status);
    }
    for (const [name, status] of [
      ["nobody", 401],
      ["eve", 403],
      ["ann", 403],
      ["bob", 403],
    ] as const) {
      for (const query of ["{ proposals { totalCount } }", "{ proposals { nodes { author } } }"])
        expect((await as(name, query)).status).toBe(status);
      expect((await as(name, ACCEPT, { id })).status).toBe(status);
      const declined = `mutation { declineProposal(id: "${id}", word: "No.") { __typename } }`;
      expect((await as(name, declined)).status).toBe(status);
    }
    expect((await mine("ann"))[0]).toMatchObject({ id, status: "OPEN" });
  });

  test("by its id, by a list, by an export, by erasing or by withdrawing", async () => {
    const absent = id.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    const query = (of: string) => `{ proposal(id: "${of}") { id author reason ${WHAT_IF} } }`;
    expect((await as("bob", query(id))).data).toEqual((await as("bob", query(absent))).data);
    expect((await as("bob", query(id))).data).toEqual({ proposal: null });
    expect((await as("ann", query(id))).data.proposal.author).toBe("user:ann");
    for (const of of [id, absent, "'", "%", ""])
      expect((await as("bob", `mutation { withdrawProposal(id: "${of}") }`)).data.withdrawProposal).toBe(
        false,
      );
    const { data } = await as("bob", "{ me { proposals { id } } exportMyData }");
    expect(JSON.stringify(data)).not.toContain(id);
    await as("bob", "mutation { eraseMyData { proposals } }");
    expect((await mine("ann"))[0].id).toBe(id);
    const node = `{ node(id: "${btoa(`Proposal:${id}`)}") { id } }`;
    expect((await as("bob", node)).data.node).toBeNull();
  });

  test("a key of a replay is its reviewer's own", async () => {
    await accept("rex", id, { key: "of-rex" });
    expect(await accept("rae", id, { key: "of-rex" })).toMatchObject({ __typename: "ProposalDecidedError" });
  });

  test("what is exported is all of it, and what is erased takes its author out of the log", async () => {
    const { data } = await as("ann", "{ exportMyData }");
    const { proposals } = JSON.parse(data.exportMyData);
    expect(proposals.map(({ status }: { status: string }) => status)).toContain("ACCEPTED");
    expect(data.exportMyData).not.toContain("user:rex");
    const { prisma } = api.store;
    expect(await prisma.revision.count({ where: { proposer: "user:ann" } })).toBeGreaterThan(0);
    await as("ann", "mutation { eraseMyData { proposals } }");
    expect(await prisma.revision.count({ where: { proposer: "user:ann" } })).toBe(0);
    expect(await prisma.proposal.count({ where: { author: "user:ann" } })).toBe(0);
    // A reviewer who goes is not named either.
    const { id: declined } = await propose("cid", [NEEDS_HTTP]);
    await decline("rae", declined);
    await as("rae", "mutation { eraseMyData { proposals } }");
    expect(await prisma.proposal.findMany({ where: { id: declined } })).toMatchObject([
      { status: "DECLINED", reviewer: null, word: "No." },
    ]);
  });
});
