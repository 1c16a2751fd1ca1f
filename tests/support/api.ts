import pino from "pino";
import type { z } from "zod";
import { createContext } from "../../src/api/context.ts";
import { createGraphql } from "../../src/http/graphql.ts";
import { createLoaders } from "../../src/loaders/loaders.ts";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import type { Store } from "../../src/store/store.ts";
import { emptyDatabases, shippedDatabases } from "./database-pool.ts";

/** What a graph file may say, before defaults are filled in. */
export type WrittenFile = z.input<typeof graphFile>;

export interface ApiAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape that the test's query gives it
  readonly data: any;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Record<string, unknown>;
  }[];
}

export interface Recorded {
  readonly answer: ApiAnswer;
  readonly statements: readonly string[];
}

export interface TestApi {
  readonly store: Store;
  /** Asks through the whole pipeline, HTTP included, without a socket. */
  ask(query: string, variables?: Record<string, unknown>): Promise<ApiAnswer>;
  /** The same of a server that has read nothing yet, with the SQL statements that it took. */
  record(query: string, variables?: Record<string, unknown>): Promise<Recorded>;
  /** The same of the server that answered the questions before. */
  recordWarm(query: string, variables?: Record<string, unknown>): Promise<Recorded>;
  close(): Promise<void>;
}

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
function apiOver(store: Store, statements: string[]): TestApi {
  const logger = pino({ level: "error" });
  const warm = createGraphql(store, logger);
  const cold = createGraphql(store, logger, () => ({
    ...createContext(store),
    loaders: createLoaders(store.prisma),
  }));
  const askOf = async (yoga: typeof warm, query: string, variables?: Record<string, unknown>) => {
    const response = await yoga.fetch("http://localhost/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = await response.json();
    return { status: response.status, data, errors };
  };
  const recordOf = async (yoga: typeof warm, query: string, variables?: Record<string, unknown>) => {
    statements.length = 0;
    const answer = await askOf(yoga, query, variables);
    return { answer, statements: [...statements] };
  };
  return {
    store,
    ask: (query, variables) => askOf(warm, query, variables),
    record: (query, variables) => recordOf(cold, query, variables),
    recordWarm: (query, variables) => recordOf(warm, query, variables),
    close: () => store.close(),
  };
}
