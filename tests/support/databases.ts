import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, onTestFinished, TestRunner } from "vitest";
import { type Database, openPostgresql } from "../../src/store/database/clients.ts";
import { unpackTar } from "../../src/store/database/tar.ts";
import { emptyTemplate } from "../../src/store/database/templates.ts";
import { openStore, type Store, type StoreOptions } from "../../src/store/store.ts";
import { DatabasePool, emptyDatabases, type OpenOptions, openEmpty, truncate } from "./database-pool.ts";
import { newPostgresqlDatabase } from "./postgresql.ts";

/** How to open a database. */
export type DatabaseOptions = Pick<StoreOptions, "databaseUrl" | "dataDir">;

export interface TestDatabases {
  /** Opens a store on an empty database; it is closed when the test, or the suite where a hook opened it, ends. */
  open(options?: OpenOptions): Promise<Store>;
  /** Opens a new, empty database, for tests that change more than rows; they close it. */
  openDatabase(): Promise<Database>;
  /** Two stores on one empty database as two processes have them; one store twice where only one can have it. */
  openTwice(): Promise<readonly [Store, Store]>;
  /** Makes a new, empty database that the test opens itself, as often as it likes. */
  create(): Promise<DatabaseOptions>;
}

/** Runs a suite on the embedded database and on a PostgreSQL server. */
export function describeOnBothDatabases(
  name: string,
  suite: (open: TestDatabases["open"], databases: TestDatabases) => void,
): void {
  describe(`${name} (embedded)`, () => {
    const folders: string[] = [];
    // Hooks run last to first: the stores are closed by then.
    afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
    const close = closing();
    const open: TestDatabases["open"] = async (options) => close(await emptyDatabases.open(options));
    suite(open, {
      open,
      openDatabase: () => openEmpty(),
      openTwice: async () => {
        const store = await open();
        return [store, store];
      },
      create: async () => {
        const dataDir = await newDataDir();
        folders.push(dataDir);
        return { dataDir };
      },
    });
  });

  describe(`${name} (PostgreSQL)`, () => {
    const close = closing();
    const open: TestDatabases["open"] = async (options) => close(await serverDatabases.open(options));
    suite(open, {
      open,
      openDatabase: () => openMigrated(),
      openTwice: async () => {
        const databaseUrl = await newPostgresqlDatabase("migrated");
        return [
          close(await openStore({ databaseUrl, dataDir: "" })),
          close(await openStore({ databaseUrl, dataDir: "" })),
        ];
      },
      create: async () => ({ databaseUrl: await newPostgresqlDatabase("migrated"), dataDir: "" }),
    });
  });
}

/** Opens a new database on the PostgreSQL server that has our tables and no rows. */
async function openMigrated(onQuery?: (sql: string) => void): Promise<Database> {
  return openPostgresql(await newPostgresqlDatabase("migrated"), { onQuery });
}

const serverDatabases = new DatabasePool(openMigrated, truncate);

/** Closes stores when the test that opened them ends, or the suite where a hook did. */
function closing(): (store: Store) => Store {
  const ofHooks: Store[] = [];
  afterAll(async () => {
    for (const store of ofHooks) await store.close();
  });
  return (store) => {
    if (TestRunner.getCurrentTest() === undefined) ofHooks.push(store);
    else onTestFinished(() => store.close());
    return store;
  };
}

/** Makes a new data folder with an empty database. */
export async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "skills-graph-data-"));
  unpackTar(await emptyTemplate(), join(folder, "database"));
  return folder;
}
