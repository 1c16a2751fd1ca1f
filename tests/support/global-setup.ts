import { once } from "node:events";
import { createServer } from "node:http";
import type { TestProject } from "vitest/node";
import { emptyTemplate } from "../../src/store/database/templates.ts";
import { buildSource } from "./built.ts";
import { type PostgresqlServer, startPostgresql } from "./postgresql-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the workers of a run learn the URL of its PostgreSQL server. */
    readonly postgresql: string;
  }
}

/**
 * What a run makes once. The PostgreSQL server starts when a test first asks for it: most runs are of a few files
 * that need none.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  buildSource();
  project.onTestsRerun(buildSource);
  await emptyTemplate();
  let starting: Promise<PostgresqlServer> | undefined;
  const listener = createServer((_, response) => {
    starting ??= startMigrated();
    starting.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("expected a port");
  project.provide("postgresql", `http://127.0.0.1:${address.port}`);
  return async () => {
    listener.closeAllConnections();
    listener.close();
    await (await starting)?.stop();
  };
}

/** Starts a server with a database that has our tables and no rows. */
async function startMigrated(): Promise<PostgresqlServer> {
  const server = await startPostgresql();
  const { openStore } = await import("../../src/store/store.ts");
  const store = await openStore({ databaseUrl: await server.createDatabase("migrated"), dataDir: "" });
  await store.close();
  return server;
}
