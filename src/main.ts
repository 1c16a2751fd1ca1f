import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { readOperationFiles } from "./http/graphql/operation-files.ts";
import { shippedTemplate } from "./seeding/shipped-template.ts";
import { emptyTemplate } from "./store/database/templates.ts";
import { STATEMENT_TIMEOUT_MS } from "./store/limits.ts";
import { openStore, type Store } from "./store/store.ts";
import { closeWorkers } from "./workers/ask.ts";

export interface Service {
  readonly url: string;
  readonly store: Store;
  close(): Promise<void>;
}

/**
 * Opens the database, applies missing migrations, imports the shipped graph into an empty database, and serves.
 * When a step fails, what was opened before is closed again. Throws OperationFileError before opening anything.
 *
 * The API is more than half of all modules; it loads while the embedded database is compiled on another thread.
 * The modules that read graph files load only if there is something to import.
 *
 * With `graph`, a graph file or a folder of them, the database holds and serves just that graph. Throws a GraphError
 * with all faults when it has some.
 */
export async function serve(config: Config, logger: Logger, graph?: string): Promise<Service> {
  const operations = readOperationFiles(config.persistedOperations);
  const { databaseUrl, dataDir } = config;
  const template = graph === undefined ? shippedTemplate : emptyTemplate;
  const log = (message: string) => logger.warn(message);
  const opening = openStore({
    databaseUrl,
    dataDir,
    template,
    log,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  const loading = import("./http/server.ts");
  // If both fail, the error of the database is the one to report.
  loading.catch(() => {});
  const store = await opening;
  try {
    if (graph !== undefined) await (await import("./seeding/own-graph.ts")).holdOnly(store, graph);
    else if (store.snapshot().revision === 0) await (await import("./seeding/seed.ts")).seedIfEmpty(store);
    const { startServer } = await loading;
    const server = await startServer(store, logger, { ...config, operations });
    const close = async () => {
      await server.close();
      await closeWorkers();
      await store.close();
    };
    const { revision, skills } = store.snapshot();
    logger.info({ url: server.url, revision, skills: skills.slugs.length, database: store.kind }, "serving");
    return { url: server.url, store, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}
