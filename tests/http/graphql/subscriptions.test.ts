import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { MAX_STREAMS_PER_CLIENT } from "../../../src/http/limits.ts";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { eventsOf, subscribe, take } from "../../support/events.ts";
import { ask } from "../../support/http.ts";
import { type TwoServers, twoServers } from "../../support/two-servers.ts";

const SET_HOURS = `mutation ($hours: Float!, $reason: String) {
  applyChanges(changes: [{ setHours: { skill: "git", hours: $hours } }], reason: $reason) { ... on GraphWrite { revision } }
}`;
const IMPORT = `mutation ($file: String!) { importGraph(file: $file, mode: UPDATE) { __typename } }`;
const WHOLE = `subscription ($since: Int) {
  graphChanged(since: $since) {
    revision source reason
    changes(first: 2) { totalCount nodes { kind slug operation } pageInfo { hasNextPage endCursor } }
  }
}`;
const GIT = { skills: [{ slug: "git", name: "Git", hours: 5 }] };

const rowsOf = (hours: number) => toRows(graphFile.parse({ skills: [{ slug: "git", name: "Git", hours }] }));

let api: TestApi;
beforeAll(async () => {
  api = await openApi(GIT);
});
afterAll(() => api.close());

const setHours = async (hours: number, reason?: string): Promise<number> =>
  (await api.write(SET_HOURS, { hours, reason })).data.applyChanges.revision;

describe("a subscription", () => {
  test("tells of each revision as it is written: who, why, and what became of what", async () => {
    const { headers, events, leave } = await subscribe(api.url, { query: WHOLE });
    expect(headers).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "access-control-allow-origin": "*",
    });
    const revision = await setHours(7, "It takes longer.");
    const extra = ["a", "b", "c"].map((slug) => `{ slug: ${slug}, name: ${slug}, hours: 1 }`);
    await api.write(IMPORT, { file: `skills: [${extra.join(", ")}]` });
    const [first, second] = await take(events, 2);
    expect(first).toEqual({
      ...{ id: String(revision), type: "next" },
      data: {
        graphChanged: {
          ...{ revision, source: "api", reason: "It takes longer." },
          changes: {
            totalCount: 1,
            nodes: [{ kind: "SKILL", slug: "git", operation: "UPDATED" }],
            pageInfo: expect.objectContaining({ hasNextPage: false }),
          },
        },
      },
    });
    // What a page does not have is in the log, from the same cursor on.
    const { changes } = second.data.graphChanged;
    expect(changes).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const rest = await api.ask(
      "query ($since: Int!, $after: String!) { changes(since: $since, after: $after) { nodes { slug } } }",
      { since: revision, after: changes.pageInfo.endCursor },
    );
    expect([...changes.nodes, ...rest.data.changes.nodes].map(({ slug }) => slug)).toEqual(["a", "b", "c"]);
    leave();
  });

  test("begins with an id to come back with, in the form that EventSource and graphql-sse read", async () => {
    const { pieces, leave } = await subscribe(api.url);
    const { revision } = api.store.snapshot();
    let text: string = (await pieces.next()).value;
    await setHours(revision + 100);
    while (!text.includes("data")) text += (await pieces.next()).value;
    expect(text).toBe(
      `:\n\nid: ${revision}\n\nid: ${revision + 1}\nevent: next\ndata: {"data":{"graphChanged":{"revision":${revision + 1}}}}\n\n`,
    );
    leave();
  });

  test("gets what it has missed, by the id of its last event or by an argument, and then what follows", async () => {
    const last = await setHours(1_001);
    const missed = [await setHours(1_002), await setHours(1_003)];
    const ways = [
      await subscribe(api.url, { lastEventId: last }),
      await subscribe(api.url, { since: last }),
      // A browser sends the same URL again, with the id of what it has got since.
      await subscribe(api.url, { since: 0, lastEventId: last }),
    ];
    const next = await setHours(1_004);
    for (const { events, leave } of ways) {
      const ids = (await take(events, 3)).map(({ id }) => Number(id));
      expect(ids).toEqual([...missed, next]);
      leave();
    }
  });

  test("from the first revision on, the whole log, which has many pages", async () => {
    for (let hours = 1; hours <= 110; hours++) await api.store.write(rowsOf(hours), "test");
    const { revision } = api.store.snapshot();
    const { events, leave } = await subscribe(api.url, { since: 0 });
    const revisions = (await take(events, revision)).map(({ data }) => data.graphChanged.revision);
    expect(revisions).toEqual(Array.from({ length: revision }, (_, at) => at + 1));
    leave();
  });

  test("comes by POST as well, to those who also take JSON", async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json, text/event-stream",
      },
      body: JSON.stringify({ query: "subscription { changed: graphChanged(since: 0) { revision } }" }),
    });
    const events = eventsOf(response.body!.pipeThrough(new TextDecoderStream()));
    const [event] = await take(events, 1);
    await events.return(undefined);
    expect(event).toMatchObject({ id: "1", data: { changed: { revision: 1 } } });
  });

  test.each([
    ["a negative revision", { since: -1 }, 400, "Expected since to be a revision, or 0 for all, got -1."],
    [
      "one that is not there",
      { since: 999_999 },
      400,
      /^Expected since to be a revision that there is, at most \d+, got 999999\.$/,
    ],
    [
      "an id of another server's",
      { lastEventId: "abc" },
      400,
      'Expected Last-Event-ID to be the number of a revision, got "abc".',
    ],
    [
      "a field that is not there",
      { query: "subscription { nothing }" },
      400,
      /^Cannot query field "nothing"/,
    ],
    [
      "two fields",
      { query: "subscription { a: graphChanged { revision } b: graphChanged { revision } }" },
      400,
      /must select only one top level field/,
    ],
  ])("%s is refused before anything is streamed", async (_what, options, status, message) => {
    const refused = await subscribe(api.url, options);
    expect(refused.status).toBe(status);
    expect(refused.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(JSON.parse(await refused.text()).errors[0].message).toEqual(
      typeof message === "string" ? message : expect.stringMatching(message),
    );
  });

  test("to whoever takes no events it is refused, and how to ask is told", async () => {
    const { status, errors } = await ask(api.url, "subscription { graphChanged { revision } }");
    expect(status).toBe(406);
    expect(errors).toMatchObject([{ message: "Expected Accept: text/event-stream with a subscription." }]);
  });
});

test(`a client has ${MAX_STREAMS_PER_CLIENT} at most, and those that it has left do not count`, async () => {
  const open = () => subscribe(api.url);
  const streams = await Promise.all(Array.from({ length: MAX_STREAMS_PER_CLIENT }, open));
  expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
  const refused = await open();
  expect(refused.status).toBe(429);
  expect(refused.headers["retry-after"]).toBe("10");
  expect(JSON.parse(await refused.text()).errors).toMatchObject([
    { extensions: { code: "TOO_MANY_STREAMS" } },
  ]);
  for (const { leave } of streams) leave();
  const again = await vi.waitFor(async () => {
    const stream = await open();
    expect(stream.status).toBe(200);
    return stream;
  }, 30_000);
  const revision = await setHours(2_000);
  expect(await take(again.events, 1)).toMatchObject([{ id: String(revision) }]);
  again.leave();
});

describe("two servers on one database", () => {
  let servers: TwoServers;
  beforeAll(async () => {
    servers = await twoServers();
    await servers.both[0].store.write(rowsOf(1), "test");
  });
  afterAll(() => servers.close());

  test("what one writes is told by the other; a server that stops ends its streams in peace, and the other goes on", async () => {
    const [first, second] = servers.both;
    const { events } = await subscribe(second.server.url, { since: 0 });
    expect(await take(events, 1)).toMatchObject([{ id: "1" }]);
    await first.write(SET_HOURS, { hours: 2 });
    expect(await take(events, 1)).toMatchObject([{ id: "2" }]);
    // It would break, and not end, if it had to be closed by force.
    const closing = second.server.close();
    expect(await events.next()).toEqual({ done: true, value: undefined });
    await closing;
    await first.write(SET_HOURS, { hours: 3 });
    const onward = await subscribe(first.server.url, { lastEventId: "2" });
    expect(await take(onward.events, 1)).toMatchObject([{ id: "3" }]);
    onward.leave();
  });
});
