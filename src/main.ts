import { pathToFileURL } from "node:url";
import { pino } from "pino";
import { type Config, readConfig } from "./config.ts";
import { startServer } from "./http/server.ts";
import { seedIfEmpty } from "./seeding/seed.ts";
import { openStore } from "./store/store.ts";

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

/** Runs `serve` as a process: says where, stops on SIGINT and SIGTERM, exits 1 with one line on a fault. */
export async function main(): Promise<void> {
  try {
    const service = await serve(readConfig());
    process.stdout.write(`Skills graph: ${service.url} (playground), ${service.url}/graphql (API)\n`);
    let stopping = false;
    const stop = () => {
      if (stopping) return;
      stopping = true;
      service.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  } catch (error) {
    process.stderr.write(`${describeFault(error)}\n`);
    process.exit(1);
  }
}

function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "EADDRINUSE")
    return "PORT_IN_USE: the port is taken by another process; set PORT to a free one.";
  if ("code" in error && typeof error.code === "string") return `${error.code}: ${error.message}`;
  return error.stack ?? error.message;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
