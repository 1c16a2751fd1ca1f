import { Client, type Exchange, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { persistedExchange } from "@urql/exchange-persisted";
import { minifyIntrospectionQuery } from "@urql/introspection";
import { getIntrospectionQuery, type IntrospectionQuery } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";
import { CORE_QUERY, expectCorePath, STEPS_QUERY, SUMMARY_QUERY, VARIABLES } from "./core-path.ts";
import { expectSilence } from "./silence.ts";
import { openWire } from "./wire.ts";

describe("urql", () => {
  let server: TestServer;
  let introspection: IntrospectionQuery;
  beforeAll(async () => {
    server = await startTestServer();
    introspection = (await server.ask(getIntrospectionQuery())).data;
  });
  afterAll(() => server.close());
  expectSilence();

  const connect = (...exchanges: readonly Exchange[]) => {
    const { fetch, exchanges: sent } = openWire();
    const client = new Client({
      url: `${server.url}/graphql`,
      fetch,
      preferGetMethod: false,
      exchanges: [...exchanges, fetchExchange],
    });
    const ask = async (query: string) => {
      const { data, error, stale } = await client.query(query, VARIABLES).toPromise();
      expect({ error: error?.message, stale }).toEqual({ error: undefined, stale: false });
      return data;
    };
    return { ask, sent };
  };
  const graphcache = () => cacheExchange({ schema: minifyIntrospectionQuery(introspection) });

  test("a plain POST gets the path", async () => {
    const { ask, sent } = connect();
    expectCorePath(await ask(CORE_QUERY));
    expect(sent).toMatchObject([{ method: "POST", status: 200 }]);
  });

  test("graphcache merges what two components ask of one path", async () => {
    const { ask, sent } = connect(graphcache());
    const summary = await server.ask(SUMMARY_QUERY, VARIABLES);
    const steps = await server.ask(STEPS_QUERY, VARIABLES);
    for (let round = 0; round < 2; round++) {
      expect(await ask(SUMMARY_QUERY)).toMatchObject(summary.data);
      expect(await ask(STEPS_QUERY)).toMatchObject(steps.data);
    }
    expect(sent).toHaveLength(2);
  });

  test.each([
    { method: "GET", preferGetForPersistedQueries: "force" },
    { method: "POST", preferGetForPersistedQueries: false },
  ] as const)("automatic persisted queries by $method", async ({ method, preferGetForPersistedQueries }) => {
    // A text that no other test has registered.
    const query = CORE_QUERY.replace("Path", `PathBy${method}`);
    const first = connect(persistedExchange({ preferGetForPersistedQueries }));
    expectCorePath(await first.ask(query));
    expect(first.sent.map(({ sent }) => "query" in sent)).toEqual([false, true]);

    const second = connect(persistedExchange({ preferGetForPersistedQueries }));
    expectCorePath(await second.ask(query));
    expect(second.sent).toMatchObject([{ method, status: 200 }]);
    expect(second.sent[0]?.sent).not.toHaveProperty("query");
  });
});
