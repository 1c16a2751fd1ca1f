import type { DocumentNode } from "graphql";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CORE_ANSWER } from "../support/core-answer.ts";
import { startTestServer, type TestServer } from "../support/http.ts";
import {
  CORE_QUERY,
  expectCorePath,
  SHIPPED_ID,
  SHIPPED_QUERY,
  STEPS_QUERY,
  SUMMARY_QUERY,
  VARIABLES,
} from "./core-path.ts";
import { expectSilence } from "./silence.ts";
import { openWire, sendingId } from "./wire.ts";

/** A client with an empty cache, as far as these tests use it. */
export interface ApolloUnderTest {
  /** Asks, of the cache first. */
  query(document: DocumentNode): Promise<unknown>;
  /** Shows a query as a mounted component does, until the client is closed; returns what it shows now. */
  watch(document: DocumentNode): () => unknown;
  close(): void;
}

export interface ApolloOptions {
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly variables: Record<string, unknown>;
  /** The members of every union and interface: Apollo's cache wants them to match fragments. */
  readonly possibleTypes: Record<string, string[]>;
  /** Sends the hash of an operation first and its text only when the server asks for it. */
  readonly persisted?: { readonly hashedBy: "GET" | "POST" };
}

/** What both major versions of Apollo Client have to get from the server. */
export function describeApollo(name: string, open: (options: ApolloOptions) => ApolloUnderTest): void {
  describe(name, () => {
    let server: TestServer;
    let possibleTypes: Record<string, string[]>;
    beforeAll(async () => {
      server = await startTestServer();
      possibleTypes = await readPossibleTypes(server);
    });
    afterAll(() => server.close());
    expectSilence();

    const connect = (options: Partial<ApolloOptions> = {}) => {
      const wire = openWire();
      const client = open({
        url: `${server.url}/graphql`,
        fetch: wire.fetch,
        variables: { ...VARIABLES },
        possibleTypes,
        ...options,
      });
      return { client, wire };
    };

    test("a plain POST gets the path, with its ETag and how long it may be kept", async () => {
      const { client, wire } = connect();
      expectCorePath(await client.query(parse(CORE_QUERY)));
      client.close();
      const headers = {
        etag: expect.stringMatching(/^"/),
        "cache-control": expect.stringContaining("public"),
      };
      expect(wire.exchanges).toMatchObject([{ method: "POST", status: 200, headers }]);
    });

    test.each(["GET", "POST"] as const)("automatic persisted queries by %s", async (hashedBy) => {
      // A text that no other test has registered.
      const document = parse(CORE_QUERY.replace("Path", `PathBy${hashedBy}`));
      const first = connect({ persisted: { hashedBy } });
      expectCorePath(await first.client.query(document));
      first.client.close();
      expect(first.wire.exchanges.map(({ method }) => method)).toEqual([hashedBy, "POST"]);
      expect(first.wire.exchanges.map(({ sent }) => "query" in sent)).toEqual([false, true]);

      const second = connect({ persisted: { hashedBy } });
      expectCorePath(await second.client.query(document));
      second.client.close();
      expect(second.wire.exchanges).toMatchObject([{ method: hashedBy, status: 200 }]);
      expect(second.wire.exchanges[0]?.sent).not.toHaveProperty("query");
    });

    test("a shipped operation by its documentId", async () => {
      const wire = openWire();
      const { client } = connect({ fetch: sendingId(SHIPPED_ID, wire.fetch) });
      expectCorePath(await client.query(parse(SHIPPED_QUERY)));
      client.close();
      expect(wire.exchanges).toMatchObject([{ status: 200, sent: { documentId: SHIPPED_ID } }]);
    });

    test("two components that show different fields of one path keep each other's", async () => {
      const { client, wire } = connect();
      const summary = client.watch(parse(SUMMARY_QUERY));
      const steps = client.watch(parse(STEPS_QUERY));
      await expect.poll(summary).toMatchObject({ learningPath: { totalHours: CORE_ANSWER.hours } });
      await expect.poll(steps).toMatchObject({ learningPath: { lowerBoundHours: CORE_ANSWER.hours } });
      const expected = await server.ask(SUMMARY_QUERY, VARIABLES);
      expect(await client.query(parse(SUMMARY_QUERY))).toMatchObject(expected.data);
      expect(summary()).toMatchObject(expected.data);
      expect(wire.exchanges).toHaveLength(2);
      client.close();
    });
  });
}

/** As Apollo's documentation on `possibleTypes` does it. */
async function readPossibleTypes(server: TestServer): Promise<Record<string, string[]>> {
  const { data } = await server.ask("{ __schema { types { name possibleTypes { name } } } }");
  const types: { name: string; possibleTypes: { name: string }[] | null }[] = data.__schema.types;
  return Object.fromEntries(
    types.map(({ name, possibleTypes }) => [name, (possibleTypes ?? []).map((type) => type.name)]),
  );
}
