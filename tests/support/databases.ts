import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, onTestFinished, TestRunner } from "vitest";
import { Prisma } from "../../src/store/generated/client/client.ts";
import { openStore, type Store, type StoreOptions } from "../../src/store/store.ts";
import { newDataDir } from "./embedded-template.ts";
import { type PostgresqlServer, startPostgresql } from "./postgresql-server.ts";

/** How to open a database. */
export type DatabaseOptions = Pick<StoreOptions, "databaseUrl" | "dataDir">;

export interface TestDatabases {
  /** Opens a store on an empty database; it is closed when the test, or the suite where a hook opened it, ends. */
  open(options?: Pick<StoreOptions, "onQuery" | "log">): Promise<Store>;
  /** Makes a new, empty database that the test opens itself, as often as it likes. */
  create(): Promise<DatabaseOptions>;
}

/** Runs a suite on the embedded database and on a PostgreSQL server, which runs as long as the test file does. */
export function describeOnBothDatabases(
  name: string,
  suite: (open: TestDatabases["open"], databases: TestDatabases) => void,
): void {
  describe(`${name} (embedded)`, () => {
    const folders: string[] = [];
    // Hooks run last to first: the stores are closed by then.
    afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
    const databases = tidied(async () => {
      const dataDir = await newDataDir();
      folders.push(dataDir);
      return { dataDir };
    });
    suite(databases.open, databases);
  });

  describe(`${name} (PostgreSQL)`, () => {
    let server: PostgresqlServer | undefined;
    let count = 0;
    beforeAll(async () => {
      server = await startPostgresql();
      const url = await server.createDatabase("migrated");
      await (await openStore({ databaseUrl: url, dataDir: "" })).close();
    });
    afterAll(() => server?.stop());
    const databases = tidied(async () => {
      if (server === undefined) throw new Error("expected open() to be called within a test or a hook");
      count += 1;
      return { databaseUrl: await server.createDatabase(`test_${count}`, "migrated"), dataDir: "" };
    });
    suite(databases.open, databases);
  });
}

const TABLES = Object.keys(Prisma.ModelName).map((name) => `"${name}"`);

/** Stores opened in a test give their database back, emptied, to the tests that follow: copying one is slow. */
function tidied(create: TestDatabases["create"]): TestDatabases {
  const free: DatabaseOptions[] = [];
  const open = new Set<Store>();
  const finish = async (store: Store, database: DatabaseOptions) => {
    if (!open.has(store)) return;
    await store.prisma.$executeRawUnsafe(`TRUNCATE ${TABLES.join(", ")}`);
    await store.close();
    free.push(database);
  };
  afterAll(async () => {
    for (const store of open) await store.close();
  });
  return {
    create,
    open: async (options = {}) => {
      const database = free.pop() ?? (await create());
      const store = await openStore({ ...database, ...options });
      const tracked: Store = {
        ...store,
        close: async () => {
          open.delete(tracked);
          await store.close();
        },
      };
      open.add(tracked);
      if (TestRunner.getCurrentTest() !== undefined) onTestFinished(() => finish(tracked, database));
      return tracked;
    },
  };
}
