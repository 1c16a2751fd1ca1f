import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi } from "../support/api.ts";
import { ask } from "../support/http.ts";
import { type TwoServers, twoServers } from "../support/two-servers.ts";

const SET_HOURS = `mutation ($hours: Float!) {
  applyChanges(changes: [{ setHours: { skill: "git", hours: $hours } }]) { ... on GraphWrite { revision } }
}`;
const READ = '{ graph { revision } skill(slug: "git") { hours } }';
const ADD = `mutation { applyChanges(changes: [{ addSkill: { slug: "git", hours: 1000 } }]) { ... on GraphWrite { revision } } }`;

const read = (url: string, minRevision: number | string) =>
  ask(url, READ, undefined, { "x-min-revision": String(minRevision) });

describe("two servers on one database", () => {
  const WRITES = 100;
  let servers: TwoServers;
  beforeAll(async () => {
    servers = await twoServers();
    await servers.both[0].write(ADD);
  });
  afterAll(() => servers.close());

  test(`after each of ${WRITES} writes by one, the other answers with what was written`, async () => {
    const stale: unknown[] = [];
    for (let hours = 1; hours <= WRITES; hours++) {
      const [writer, reader] = hours % 2 === 0 ? servers.both : servers.both.toReversed();
      const { revision } = (await writer!.write(SET_HOURS, { hours })).data.applyChanges;
      const { data } = await read(reader!.server.url, revision);
      if (data.graph.revision < revision || data.skill.hours !== hours) stale.push({ revision, data });
    }
    expect(stale).toEqual([]);
  });

  test("a revision that is yet to be written is waited for", async () => {
    const [first, second] = servers.both;
    const next = first.store.snapshot().revision + 1;
    const asked = read(second.server.url, next);
    await first.write(SET_HOURS, { hours: 77 });
    expect((await asked).data).toEqual({ graph: { revision: next }, skill: { hours: 77 } });
  });
});

describe("one server", () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi({ skills: [{ slug: "git", name: "Git", hours: 5 }] });
  });
  afterAll(() => api.close());

  test("a revision that is not reached in time is refused, on every path", async () => {
    const [answer, page] = await Promise.all([
      read(api.url, 1_000_000),
      fetch(`${api.url}/export/dot`, { headers: { "x-min-revision": "7" } }),
    ]);
    expect(answer).toMatchObject({
      status: 503,
      errors: [
        {
          message:
            "Expected the graph to be at revision 1000000 within 2000 ms, it is at 1. Ask again, or without a revision.",
          extensions: { code: "REVISION_NOT_REACHED", currentRevision: 1 },
        },
      ],
    });
    expect(page.status).toBe(503);
    expect(page.headers.get("retry-after")).toBe("1");
  });

  test.each(["-1", "1.5", "one", "4294967296", "1, 2"])("%s is no revision", async (value) => {
    const { status, errors } = await read(api.url, value);
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      {
        message: `Expected X-Min-Revision to be the number of a revision, got "${value}".`,
        extensions: { code: "BAD_REQUEST" },
      },
    ]);
  });

  test("what is stored for others answers it where it is new enough, and caches on the way keep it apart", async () => {
    await ask(api.url, READ);
    expect((await read(api.url, 1)).data).toEqual({ graph: { revision: 1 }, skill: { hours: 5 } });
    const response = await fetch(`${api.url}/graphql?query=${encodeURIComponent(READ)}`);
    expect(response.headers.get("vary")).toMatch(/\bX-Min-Revision\b/);
  });

  test("what watches the server waits for no revision", async () => {
    const { status } = await fetch(`${api.url}/ready`, { headers: { "x-min-revision": "nonsense" } });
    expect(status).toBe(200);
  });
});
