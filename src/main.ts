import { pino } from "pino";
import type { Config } from "./config.ts";
import { openStore } from "./store/store.ts";
import { closeWorkers } from "./workers/ask.ts";

export interface Service {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Opens the database, brings it up to date, fills an empty one with the shipped seeds, and serves.
 * What was opened is closed again when a later step fails.
 *
 * The modules of the API, more than half of all, load while the embedded database is compiled on another thread;
 * those that read seeds only when they are needed.
 */
export async function serve(config: Config): Promise<Service> {
  const logger = pino({ level: config.logLevel });
  const opening = openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
  const loading = import("./http/server.ts");
  // Should both fail, the database's fault is the one to tell.
  loading.catch(() => {});
  const store = await opening;
  try {
    if (store.snapshot().revision === 0) await (await import("./seeding/seed.ts")).seedIfEmpty(store);
    const { startServer } = await loading;
    const server = await startServer(store, logger, config);
    const close = async () => {
      await server.close();
      await closeWorkers();
      await store.close();
    };
    const { revision, skills } = store.snapshot();
    logger.info({ url: server.url, revision, skills: skills.slugs.length, database: store.kind }, "serving");
    return { url: server.url, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}
