import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { secretOf } from "./http/access/secret-file.ts";
import type { TokenSettings } from "./http/access/web-tokens.ts";
import type { Front } from "./http/front.ts";
import { readOperationFiles } from "./http/graphql/operation-files.ts";
import { DATABASE_RETRY_MS } from "./http/limits.ts";
import { shippedTemplate } from "./seeding/shipped-template.ts";
import { emptyTemplate } from "./store/database/templates.ts";
import { STATEMENT_TIMEOUT_MS } from "./store/limits.ts";
import { openStore, type Store } from "./store/store.ts";
import { isUnavailable } from "./store/unavailable.ts";
import { closeWorkers } from "./workers/ask.ts";

export interface Service {
  readonly url: string;
  /** Absent where a PostgreSQL server was not there at the start. */
  readonly store?: Store;
  close(): Promise<void>;
}

/**
 * Opens the database, applies missing migrations, imports the shipped graph into an empty database, and serves.
 * When a step fails, what was opened before is closed again. Throws OperationFileError before opening anything.
 *
 * A PostgreSQL server that does not answer is waited for: whoever starts both at once need not order them, and who
 * watches learns from `/ready` what is missing. One that refuses, because of the password or of its tables, is a fault.
 *
 * The API is more than half of all modules; it loads while the embedded database is compiled on another thread.
 * The modules that read graph files load only if there is something to import.
 *
 * With `graph`, a graph file or a folder of them, the database holds and serves just that graph. Throws a GraphError
 * with all faults when it has some.
 */
export async function serve(config: Config, logger: Logger, graph?: string): Promise<Service> {
  const operations = readOperationFiles(config.persistedOperations);
  const opening = openFilled(config, logger, graph);
  const loading = import("./http/server.ts");
  // If both fail, the error of the database is the one to report.
  loading.catch(() => {});
  const serveOn = async (store: Store, front?: Front): Promise<Service> => {
    try {
      const { startServer } = await loading;
      const server = await startServer(store, logger, {
        ...config,
        tokens: tokensOf(config),
        operations,
        front,
        refuseWhenBehind: true,
      });
      const { revision, skills } = store.snapshot();
      logger.info(
        {
          url: server.url,
          metrics: server.metricsUrl,
          revision,
          skills: skills.slugs.length,
          database: store.kind,
        },
        "serving",
      );
      const close = async () => {
        await server.close();
        await closeWorkers();
        await store.close();
      };
      return { url: server.url, store, close };
    } catch (error) {
      await store.close();
      throw error;
    }
  };
  try {
    return await serveOn(await opening);
  } catch (error) {
    if (config.databaseUrl === undefined || !isUnavailable(error)) throw error;
    const { openFront } = await import("./http/front.ts");
    const front = await openFront(config);
    const reason = error instanceof Error ? error.message : String(error);
    logger.warn({ url: front.url, reason }, "waiting for the database");
    return serveLater(front, async () => serveOn(await openFilled(config, logger, graph), front), logger);
  }
}

/** Which tokens are believed. The embedded database has a secret beside it, so that nothing has to be configured. */
function tokensOf({ databaseUrl, dataDir, tokens }: Config): TokenSettings {
  if (tokens.secret !== undefined || databaseUrl !== undefined) return tokens;
  return { ...tokens, secret: secretOf(dataDir) };
}

/** Opens the database and imports what it lacks. */
async function openFilled(
  { databaseUrl, databaseFeatures, dataDir }: Config,
  logger: Logger,
  graph: string | undefined,
): Promise<Store> {
  const store = await openStore({
    ...{ databaseUrl, databaseFeatures, dataDir, statementTimeoutMs: STATEMENT_TIMEOUT_MS },
    template: graph === undefined ? shippedTemplate : emptyTemplate,
    log: (message) => logger.warn(message),
  });
  try {
    if (graph !== undefined) await (await import("./seeding/own-graph.ts")).holdOnly(store, graph);
    else if (store.snapshot().revision === 0) await (await import("./seeding/seed.ts")).seedIfEmpty(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Tries to begin until that succeeds or the service is closed. */
function serveLater(front: Front, begin: () => Promise<Service>, logger: Logger): Service {
  const closing = new AbortController();
  const trying = (async () => {
    for (;;) {
      await sleep(DATABASE_RETRY_MS, undefined, { signal: closing.signal }).catch(() => {});
      if (closing.signal.aborted) return undefined;
      try {
        return await begin();
      } catch (error) {
        logger.warn(
          { reason: error instanceof Error ? error.message : error },
          "still waiting for the database",
        );
      }
    }
  })();
  const close = async () => {
    closing.abort();
    await front.stop();
    await (await trying)?.close();
  };
  return { url: front.url, close };
}
