import pino from "pino";
import { type RunningServer, startServer } from "../../src/http/server.ts";
import { openStore, type Store, type StoreOptions } from "../../src/store/store.ts";
import { API_TOKEN, WRITING } from "./api.ts";
import { type Answer, ask } from "./http.ts";
import { newPostgresqlDatabase } from "./postgresql.ts";

export interface ServerOnStore {
  readonly store: Store;
  readonly server: RunningServer;
  /** Asks the server over HTTP, with the token that gives the right to write. */
  write(query: string, variables?: Record<string, unknown>): Promise<Answer>;
}

export interface TwoServers {
  readonly both: readonly [ServerOnStore, ServerOnStore];
  close(): Promise<void>;
}

/** Two servers on one PostgreSQL, each with connections and a snapshot of its own, as two processes have them. */
export async function twoServers(
  options: Pick<StoreOptions, "databaseFeatures" | "onQuery"> = {},
): Promise<TwoServers> {
  const databaseUrl = await newPostgresqlDatabase("migrated");
  const open = async (): Promise<ServerOnStore> => {
    const store = await openStore({ databaseUrl, dataDir: "", ...options });
    const address = { host: "127.0.0.1", port: 0, apiToken: API_TOKEN };
    const server = await startServer(store, pino({ level: "silent" }), address);
    const write = (query: string, variables?: Record<string, unknown>) =>
      ask(server.url, query, variables, WRITING);
    return { store, server, write };
  };
  const both = [await open(), await open()] as const;
  const close = async () => {
    for (const { store, server } of both) {
      await server.close();
      await store.close();
    }
  };
  return { both, close };
}
