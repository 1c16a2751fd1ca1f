import { withStore } from "./with-store.ts";

/** `migrate`: opening the store applies what is missing, and says so line by line. */
export function migrateCommand(): Promise<void> {
  return withStore(async (store) => {
    const { revision } = store.snapshot();
    process.stdout.write(`The ${store.kind} database is up to date; the graph is at revision ${revision}.\n`);
  });
}
