import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe } from "vitest";
import { openStore, type Store, type StoreOptions } from "../../src/store/store.ts";
import { newDataDir } from "./embedded-template.ts";
import { type PostgresqlServer, startPostgresql } from "./postgresql-server.ts";

/** How to open a database. */
export type DatabaseOptions = Pick<StoreOptions, "databaseUrl" | "dataDir">;

export interface TestDatabases {
  /** Opens a store on a new, empty database; it is closed after the suite unless the test closes it. */
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
    const databases = closedAfterSuite(async () => {
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
    const databases = closedAfterSuite(async () => {
      if (server === undefined) throw new Error("expected open() to be called within a test or a hook");
      count += 1;
      return { databaseUrl: await server.createDatabase(`test_${count}`, "migrated"), dataDir: "" };
    });
    suite(databases.open, databases);
  });
}

function closedAfterSuite(create: TestDatabases["create"]): TestDatabases {
  const open = new Set<Store>();
  afterAll(async () => {
    for (const store of open) await store.close();
  });
  return {
    create,
    open: async (options = {}) => {
      const store = await openStore({ ...(await create()), ...options });
      const tracked: Store = {
        ...store,
        close: async () => {
          open.delete(tracked);
          await store.close();
        },
      };
      open.add(tracked);
      return tracked;
    },
  };
}
