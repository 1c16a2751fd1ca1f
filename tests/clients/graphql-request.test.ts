import { GraphQLClient } from "graphql-request";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";
import { CORE_QUERY, expectCorePath, SHIPPED_ID, SHIPPED_QUERY, VARIABLES } from "./core-path.ts";
import { expectSilence } from "./silence.ts";
import { openWire, sendingId } from "./wire.ts";

describe("graphql-request", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());
  expectSilence();

  test.each(["POST", "GET"] as const)("a %s gets the path", async (method) => {
    const { fetch, exchanges } = openWire();
    const client = new GraphQLClient(`${server.url}/graphql`, { fetch, method });
    expectCorePath(await client.request(CORE_QUERY, VARIABLES));
    expect(exchanges).toMatchObject([{ method, status: 200 }]);
  });

  test("a shipped operation by its documentId", async () => {
    const { fetch, exchanges } = openWire();
    const client = new GraphQLClient(`${server.url}/graphql`, { fetch: sendingId(SHIPPED_ID, fetch) });
    expectCorePath(await client.request(SHIPPED_QUERY, VARIABLES));
    expect(exchanges).toMatchObject([{ status: 200, sent: { documentId: SHIPPED_ID } }]);
  });
});
