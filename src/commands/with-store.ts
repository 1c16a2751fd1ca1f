import { readConfig } from "../config.ts";
import { openStore, type Store } from "../store/store.ts";

/** Opens the configured database for one piece of work and closes it again, even if the work fails. */
export async function withStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  const { databaseUrl, dataDir } = readConfig();
  const log = (message: string) => process.stderr.write(`${message}\n`);
  const store = await openStore({ databaseUrl, dataDir, log });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
