import pino, { type Logger } from "pino";
import { readOperationFiles } from "../../src/http/graphql/operation-files.ts";
import { type RunningServer, type ServerOptions, startServer } from "../../src/http/server.ts";
import { shippedDatabases } from "./database-pool.ts";

export interface TestServer extends RunningServer {
  /** Asks a question over HTTP as a client would, and parses the answer. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape that the test's query gives it
  readonly data: any;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Record<string, unknown>;
  }[];
}

export interface TestServerOptions extends Partial<ServerOptions> {
  readonly operationFiles?: readonly string[];
  readonly logger?: Logger;
}

/** Starts the real server on a free port of loopback, with the graph that is shipped. */
export async function startTestServer({
  operationFiles = [],
  logger = pino({ level: "silent" }),
  ...options
}: TestServerOptions = {}): Promise<TestServer> {
  const store = await shippedDatabases.open();
  const address = { host: "127.0.0.1", port: 0 };
  const operations = readOperationFiles(operationFiles);
  const server = await startServer(store, logger, { ...address, operations, ...options });
  return {
    url: server.url,
    metricsUrl: server.metricsUrl,
    ask: (query, variables) => ask(server.url, query, variables),
    close: async () => {
      await server.close();
      await store.close();
    },
  };
}

export async function ask(
  url: string,
  query: string,
  variables?: Record<string, unknown>,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
    ...(signal && { signal }),
  });
  const { data, errors = [] } = await response.json();
  return { status: response.status, data, errors };
}
