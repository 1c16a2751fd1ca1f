import pino from "pino";
import type { z } from "zod";
import { createContext } from "../../src/api/context.ts";
import { type RunningServer, startServer } from "../../src/http/server.ts";
import { createLoaders } from "../../src/loaders/loaders.ts";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import type { Store } from "../../src/store/store.ts";
import { emptyDatabases, shippedDatabases } from "./database-pool.ts";
import { type Answer, ask } from "./http.ts";
import { TOKEN_SECRET } from "./tokens.ts";

/** What a graph file may say, before defaults are filled in. */
export type WrittenFile = z.input<typeof graphFile>;

export interface Recorded {
  readonly answer: Answer;
  readonly statements: readonly string[];
}

export interface TestApi {
  readonly store: Store;
  /** Where the server listens. */
  readonly url: string;
  /** Asks the server over HTTP, as clients do. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** The same with the token that gives the right to write. */
  write(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** The same of a server that has read nothing yet, with the SQL statements that it took. */
  record(query: string, variables?: Record<string, unknown>): Promise<Recorded>;
  /** The same of the server that answered the questions before. */
  recordWarm(query: string, variables?: Record<string, unknown>): Promise<Recorded>;
  close(): Promise<void>;
}

export const API_TOKEN = "a-token-of-the-tests";
/** The headers of who may write. */
export const WRITING = { authorization: `Bearer ${API_TOKEN}` };

/** The API over an embedded database that holds the graph of some files. */
export async function openApi(...files: readonly WrittenFile[]): Promise<TestApi> {
  const statements: string[] = [];
  const store = await emptyDatabases.open({ onQuery: (sql) => statements.push(sql) });
  for (const file of files) await store.write(toRows(graphFile.parse(file)), "test");
  return apiOver(store, statements);
}

/** The API over the graph that is shipped. */
export async function openShippedGraph(): Promise<TestApi> {
  const statements: string[] = [];
  return apiOver(await shippedDatabases.open({ onQuery: (sql) => statements.push(sql) }), statements);
}

/** The API over a store that adds the SQL statements it executes to a list. */
async function apiOver(store: Store, statements: string[]): Promise<TestApi> {
  const logger = pino({ level: "error" });
  const address = { host: "127.0.0.1", port: 0, apiToken: API_TOKEN, tokens: { secret: TOKEN_SECRET } };
  const warm = await startServer(store, logger, address);
  const cold = await startServer(store, logger, address, (of, request) => ({
    ...createContext(of, request),
    loaders: createLoaders(of.prisma),
  }));
  const recordOf = async ({ url }: RunningServer, query: string, variables?: Record<string, unknown>) => {
    statements.length = 0;
    // A request with credentials is executed, whatever was stored for others.
    const answer = await ask(url, query, variables, { authorization: "Bearer recorded" });
    return { answer, statements: [...statements] };
  };
  return {
    store,
    url: warm.url,
    ask: (query, variables) => ask(warm.url, query, variables),
    write: (query, variables) => ask(warm.url, query, variables, WRITING),
    record: (query, variables) => recordOf(cold, query, variables),
    recordWarm: (query, variables) => recordOf(warm, query, variables),
    close: async () => {
      await Promise.all([warm.close(), cold.close()]);
      await store.close();
    },
  };
}
