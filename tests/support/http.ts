import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Service, serve } from "../../src/main.ts";

export interface TestServer extends Service {
  /** Asks a question over HTTP as a client would, and parses the answer. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape that the test's query gives it
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
}

/** Starts the real server with the shipped seeds on a free port of loopback and a data folder of its own. */
export async function startTestServer(databaseUrl?: string): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "skills-graph-"));
  const service = await serve({ host: "127.0.0.1", port: 0, dataDir, databaseUrl, logLevel: "silent" });
  return {
    url: service.url,
    ask: (query, variables) => ask(service.url, query, variables),
    close: async () => {
      await service.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function ask(url: string, query: string, variables?: Record<string, unknown>): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = await response.json();
  return { status: response.status, data, errors };
}
