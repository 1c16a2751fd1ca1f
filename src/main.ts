import { pino } from "pino";
import type { Config } from "./config.ts";
import { startServer } from "./http/server.ts";
import { seedIfEmpty } from "./seeding/seed.ts";
import { openStore } from "./store/store.ts";
import { closeWorkers } from "./workers/ask.ts";

export interface Service {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Opens the database, brings it up to date, fills an empty one with the shipped seeds, and serves.
 * What was opened is closed again when a later step fails.
 */
export async function serve(config: Config): Promise<Service> {
  const logger = pino({ level: config.logLevel });
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
  try {
    await seedIfEmpty(store);
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
