import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, onTestFinished, TestRunner } from "vitest";
import { openPostgresql } from "../../src/store/database/clients.ts";
import type { Store, StoreOptions } from "../../src/store/store.ts";
import { DatabasePool, emptyDatabases, type OpenOptions, truncate } from "./database-pool.ts";
import { newPostgresqlDatabase } from "./postgresql.ts";
import { openTemplate } from "./templates.ts";

/** How to open a database. */
export type DatabaseOptions = Pick<StoreOptions, "databaseUrl" | "dataDir">;

export interface TestDatabases {
  /** Opens a store on an empty database; it is closed when the test, or the suite where a hook opened it, ends. */
  open(options?: OpenOptions): Promise<Store>;
  /** Makes a new, empty database that the test opens itself, as often as it likes. */
  create(): Promise<DatabaseOptions>;
}

/** Empty databases on the PostgreSQL server of the run. */
const serverDatabases = new DatabasePool(
  async (onQuery) => openPostgresql(await newPostgresqlDatabase("migrated"), onQuery),
  truncate,
);

/** Runs a suite on the embedded database and on a PostgreSQL server. */
export function describeOnBothDatabases(
  name: string,
  suite: (open: TestDatabases["open"], databases: TestDatabases) => void,
): void {
  describe(`${name} (embedded)`, () => {
    const folders: string[] = [];
    // Hooks run last to first: the stores are closed by then.
    afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
    const open = closingAfterwards(emptyDatabases);
    const create = async () => {
      const dataDir = await newDataDir();
      folders.push(dataDir);
      return { dataDir };
    };
    suite(open, { open, create });
  });
  describe(`${name} (PostgreSQL)`, () => {
    const open = closingAfterwards(serverDatabases);
    const create = async () => ({ databaseUrl: await newPostgresqlDatabase("migrated"), dataDir: "" });
    suite(open, { open, create });
  });
}

function closingAfterwards(pool: DatabasePool): TestDatabases["open"] {
  const ofHooks: Store[] = [];
  afterAll(async () => {
    for (const store of ofHooks) await store.close();
  });
  return async (options) => {
    const store = await pool.open(options);
    if (TestRunner.getCurrentTest() === undefined) ofHooks.push(store);
    else onTestFinished(() => store.close());
    return store;
  };
}

/** Makes a new data folder with an empty database. */
export async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "skills-graph-data-"));
  await (await openTemplate("empty", join(folder, "database"))).close();
  return folder;
}
