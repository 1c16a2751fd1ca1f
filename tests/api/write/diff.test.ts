import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi } from "../../support/api.ts";

const DIFF = `query ($from: Int!, $to: Int) {
  diff(from: $from, to: $to) {
    __typename
    ... on GraphDiff {
      from to created updated deleted
      entities { kind slug formerSlug operation node { __typename } }
      edgesAdded { prerequisite dependentKind dependent }
      edgesRemoved { prerequisite dependent }
      roles { slug hoursBefore hoursAfter }
    }
    ... on ValidationError { message argument }
  }
}`;
const APPLY = `mutation ($changes: [HypotheticalChangeInput!]!) {
  applyChanges(changes: $changes) { ... on GraphWrite { revision } ... on Error { message } }
}`;
const IMPORT = `mutation ($file: String!) { importGraph(file: $file, mode: UPDATE) { __typename } }`;

let api: TestApi;
beforeAll(async () => {
  api = await openApi({
    skills: [
      { slug: "git", name: "Git", hours: 5 },
      { slug: "http", name: "HTTP", hours: 10 },
      { slug: "python", name: "Python", hours: 60 },
      { slug: "django", name: "Django", hours: 60, requires: { allOf: ["python", "http"] } },
    ],
    roles: [{ slug: "developer", name: "Developer", requires: "django" }],
  });
  // Revisions 2 to 5.
  await apply([
    { addSkill: { slug: "sockets", hours: 2 } },
    { addPrerequisite: { to: { skill: "http" }, requires: { skill: "sockets" } } },
  ]);
  await apply([{ setHours: { skill: "git", hours: 6 } }]);
  await apply([{ removeSkill: "git" }]);
  await api.write(IMPORT, {
    file: "skills: [{ slug: web-protocols, formerSlugs: [http], name: HTTP, hours: 12 }]",
  });
});
afterAll(() => api.close());

const apply = async (changes: object[]) => api.write(APPLY, { changes });
const diff = async (from: number, to?: number) => (await api.ask(DIFF, { from, to })).data.diff;

describe("a diff", () => {
  test("of what one revision has changed", async () => {
    expect(await diff(1, 2)).toEqual({
      __typename: "GraphDiff",
      ...{ from: 1, to: 2, created: 1, updated: 1, deleted: 0 },
      entities: [
        // Known by a former slug by now, which finds it.
        {
          kind: "SKILL",
          slug: "http",
          formerSlug: null,
          operation: "UPDATED",
          node: { __typename: "Skill" },
        },
        {
          kind: "SKILL",
          slug: "sockets",
          formerSlug: null,
          operation: "CREATED",
          node: { __typename: "Skill" },
        },
      ],
      edgesAdded: [{ prerequisite: "sockets", dependentKind: "SKILL", dependent: "http" }],
      edgesRemoved: [],
      roles: null,
    });
  });

  test("of several up to now: a renamed skill is the same, what came and went is not in it, and roles have other hours", async () => {
    const { entities, ...rest } = await diff(1);
    expect(entities).toMatchObject([
      { slug: "django", formerSlug: null, operation: "UPDATED" },
      { slug: "git", operation: "DELETED", node: null },
      { slug: "sockets", operation: "CREATED" },
      { slug: "web-protocols", formerSlug: "http", operation: "UPDATED" },
    ]);
    expect(rest).toMatchObject({
      ...{ from: 1, to: 5, created: 1, updated: 2, deleted: 1 },
      edgesAdded: [{ prerequisite: "sockets", dependent: "web-protocols" }],
      edgesRemoved: [],
      roles: [{ slug: "developer", hoursBefore: 130, hoursAfter: 134 }],
    });
    expect(await diff(2, 2)).toMatchObject({ created: 0, updated: 0, deleted: 0, entities: [] });
  });

  test("from nothing has all that there is", async () => {
    expect(await diff(0)).toMatchObject({
      ...{ created: 5, updated: 0, deleted: 0 },
      edgesAdded: [
        { dependentKind: "ROLE", prerequisite: "django" },
        { dependent: "django", prerequisite: "python" },
        { dependent: "django", prerequisite: "web-protocols" },
        { dependent: "web-protocols", prerequisite: "sockets" },
      ],
      roles: [{ slug: "developer", hoursBefore: null, hoursAfter: 134 }],
    });
  });

  test("changed and changed back is no difference", async () => {
    await apply([{ setHours: { skill: "python", hours: 61 } }]);
    await apply([{ setHours: { skill: "python", hours: 60 } }]);
    expect(await diff(5, 7)).toMatchObject({ updated: 0, entities: [], roles: [] });
    expect(await diff(5, 6)).toMatchObject({ updated: 1 });
  });

  test.each([
    [-1, undefined, "from", /^Expected from to be a revision, at most \d+, got -1\.$/],
    [3, 2, "from", "Expected from to be a revision, at most 2, got 3."],
    [0, 1_000, "to", /^Expected to to be a revision, at most \d+, got 1000\.$/],
  ])("from %s to %s is refused", async (from, to, argument, message) => {
    expect(await diff(from, to)).toEqual({
      ...{ __typename: "ValidationError", argument },
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });

  test("a revision that kept nothing, as those of older programs did, is told", async () => {
    const { revision } = api.store.snapshot();
    await apply([{ setHours: { skill: "python", hours: 70 } }]);
    await api.store.prisma
      .$executeRaw`UPDATE "Change" SET "before" = NULL WHERE "revision" = ${revision + 1}`;
    expect((await diff(revision)).message).toBe(
      `Expected from to be a revision after which the log has kept all, which it did not of ${revision + 1}, of too many entities or by an older program, got ${revision}.`,
    );
    expect(await diff(revision + 1)).toMatchObject({ entities: [] });
  });
});
