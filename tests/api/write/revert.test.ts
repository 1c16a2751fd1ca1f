import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toRows } from "../../../src/seeding/rows.ts";
import { readGraphRows } from "../../../src/store/rows/read-graph.ts";
import { openApi, openShippedGraph, type TestApi } from "../../support/api.ts";
import { attempt, FIRST, write } from "../../support/random-writes.ts";

const REVERT = `mutation ($revision: Int!, $dryRun: Boolean! = false, $reason: String) {
  revert(revision: $revision, dryRun: $dryRun, reason: $reason) {
    __typename
    ... on GraphWrite { revision isDryRun created updated deleted changed { kind slug operation } }
    ... on SupersededError { message entities { kind slug revision } }
    ... on UnlearnableError { message loop { slug } }
    ... on ValidationError { message argument }
  }
}`;
const APPLY = `mutation ($changes: [HypotheticalChangeInput!]!) {
  applyChanges(changes: $changes) { ... on GraphWrite { revision } ... on Error { message } }
}`;
const IMPORT = `mutation ($file: String!) { importGraph(file: $file, mode: UPDATE) { __typename } }`;

let api: TestApi;
beforeEach(async () => {
  api = await openApi({
    documents: [{ id: "001", title: "One" }],
    skills: [
      { slug: "git", name: "Git", hours: 5 },
      { slug: "python", name: "Python", hours: 60 },
      {
        slug: "django",
        name: "Django",
        hours: 60,
        requires: {
          allOf: [
            {
              skill: "python",
              reason: "It is written in it.",
              cites: [{ document: "001", line: 3, mention: "Python", basis: "EXPLICIT" }],
            },
            "git",
          ],
        },
      },
    ],
  });
});
afterEach(() => api.close());

const revert = async (revision: number, options: object = {}) =>
  (await api.write(REVERT, { revision, ...options })).data.revert;
const apply = async (changes: object[]): Promise<number> =>
  (await api.write(APPLY, { changes })).data.applyChanges.revision;
const graph = () => readGraphRows(api.store.prisma);

describe("a revert", () => {
  test("is a new revision after which all is as it was, reasons and citations too", async () => {
    const before = await graph();
    const revision = await apply([
      { removeSkill: "python" },
      { setHours: { skill: "git", hours: 9 } },
      { addSkill: { slug: "sockets", hours: 5 } },
    ]);
    expect(await graph()).not.toEqual(before);
    expect(await revert(revision, { dryRun: true })).toMatchObject({ isDryRun: true, revision });
    expect(await revert(revision)).toEqual({
      __typename: "GraphWrite",
      ...{ revision: revision + 1, isDryRun: false, created: 1, updated: 2, deleted: 1 },
      changed: [
        { kind: "SKILL", slug: "django", operation: "UPDATED" },
        { kind: "SKILL", slug: "git", operation: "UPDATED" },
        { kind: "SKILL", slug: "python", operation: "CREATED" },
        { kind: "SKILL", slug: "sockets", operation: "DELETED" },
      ],
    });
    expect(await graph()).toEqual(before);
    const { data } = await api.ask(`{ changes(since: ${revision}, first: 1) { nodes { reason } } }`);
    expect(data.changes.nodes).toEqual([{ reason: `Reverts revision ${revision}.` }]);
    // And back again.
    expect(await revert(revision + 1)).toMatchObject({ created: 1, updated: 2, deleted: 1 });
  });

  test("gives a renamed skill its slug back, and both find it", async () => {
    const before = await graph();
    await api.write(IMPORT, {
      file: "skills: [{ slug: python-3, formerSlugs: [python], name: Python, hours: 60 }]",
    });
    expect(await revert(2)).toMatchObject({ __typename: "GraphWrite", created: 0, deleted: 0 });
    const { data } = await api.ask(
      '{ was: skill(slug: "python") { slug } is: skill(slug: "python-3") { slug } django: skill(slug: "django") { requirementNodes { skill { slug } } } }',
    );
    expect(data).toMatchObject({ was: { slug: "python" }, is: { slug: "python" } });
    expect((await graph()).skills.filter(({ slug }) => slug !== "python")).toEqual(
      before.skills.filter(({ slug }) => slug !== "python"),
    );
  });

  test("is refused where the same was changed again, until that is undone, too", async () => {
    const first = await apply([{ setHours: { skill: "git", hours: 6 } }]);
    const second = await apply([{ setHours: { skill: "git", hours: 7 } }]);
    expect(await revert(first)).toEqual({
      __typename: "SupersededError",
      message: `Expected nothing to depend on what revision ${first} did, but the skill git was changed again in ${second}.`,
      entities: [{ kind: "SKILL", slug: "git", revision: second }],
    });
    expect(await revert(second)).toMatchObject({ __typename: "GraphWrite" });
    // The revert has changed it again as well; it is as it was, and that is what is to be undone.
    expect(await revert(first)).toMatchObject({ __typename: "SupersededError" });
  });

  test("is refused where others refer to what would be gone, or is gone that it refers to", async () => {
    const added = await apply([{ addSkill: { slug: "sockets", hours: 5 } }]);
    await api.write(IMPORT, {
      file: "resources: [{ slug: book, name: Book, kind: BOOK, teaches: [sockets] }]",
    });
    expect(await revert(added)).toMatchObject({
      __typename: "SupersededError",
      entities: [{ kind: "RESOURCE", slug: "book", revision: null }],
    });
    const removed = await apply([{ removeSkill: "django" }]);
    await apply([{ removeSkill: "git" }]);
    expect(await revert(removed)).toMatchObject({
      __typename: "SupersededError",
      message: expect.stringContaining('the skill "django" refers to the skill "git"'),
    });
  });

  test("is refused where nobody could learn a skill any more", async () => {
    const freed = await apply([{ dropPrerequisite: { from: { skill: "django" }, skill: "git" } }]);
    await apply([{ addPrerequisite: { to: { skill: "git" }, requires: { skill: "django" } } }]);
    expect(await revert(freed)).toMatchObject({
      __typename: "UnlearnableError",
      loop: expect.arrayContaining([{ slug: "git" }, { slug: "django" }]),
    });
  });

  test.each([0, -1, 99])("of %s, which is no revision, is refused", async (revision) => {
    expect(await revert(revision)).toMatchObject({ __typename: "ValidationError", argument: "revision" });
  });
});

test("whatever was written is undone, the last revision first", async () => {
  let undone = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 6 }), async (writes) => {
      await api.store.write(toRows(FIRST), "first", { replace: true });
      const versions: unknown[] = [];
      const first = api.store.snapshot().revision;
      for (const each of writes) {
        const before = await graph();
        if (!(await attempt(api.store, each))) continue;
        if (api.store.snapshot().revision > first + versions.length) versions.push(before);
      }
      // One revert undoes the last; for those before, what it did is in the way, so each begins anew.
      const last = versions.at(-1);
      if (last === undefined) return;
      expect(await revert(api.store.snapshot().revision)).toMatchObject({ __typename: "GraphWrite" });
      expect(await graph()).toEqual(last);
      undone++;
    }),
    { numRuns: 15 },
  );
  expect(undone).toBeGreaterThan(3);
});

test("the import of a whole graph is undone", async () => {
  const shipped = await openShippedGraph();
  const { data } = await shipped.write(REVERT, { revision: 1 });
  expect(data.revert).toMatchObject({ __typename: "GraphWrite", created: 0, updated: 0 });
  const { data: left } = await shipped.ask("{ graph { counts { skills documents } } }");
  expect(left.graph.counts).toEqual({ skills: 0, documents: 0 });
  await shipped.close();
});
