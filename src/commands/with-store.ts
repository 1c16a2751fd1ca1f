import { readConfig } from "../config.ts";
import { openStore, type Store } from "../store/store.ts";

/** Opens the configured database for one piece of work and closes it again, even if the work fails. */
export async function withStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  return withStoreOf(undefined, work);
}

/** The same where an empty database is to hold the shipped graph. */
export async function withSeededStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  const { shippedTemplate } = await import("../seeding/shipped-template.ts");
  const { seedIfEmpty } = await import("../seeding/seed.ts");
  return withStoreOf(shippedTemplate, async (store) => {
    await seedIfEmpty(store);
    return work(store);
  });
}

async function withStoreOf<Result>(
  template: (() => Promise<Uint8Array>) | undefined,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl, dataDir } = readConfig();
  const log = (message: string) => process.stderr.write(`${message}\n`);
  const store = await openStore({ databaseUrl, dataDir, log, ...(template && { template }) });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
