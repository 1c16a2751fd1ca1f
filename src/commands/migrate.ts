import { withStore } from "./with-store.ts";

/** `migrate`: opening the store applies the missing migrations and logs each of them. */
export function migrateCommand(): Promise<void> {
  return withStore(async (store) => {
    const { revision } = store.snapshot();
    process.stdout.write(`The ${store.kind} database is up to date; the graph is at revision ${revision}.\n`);
  });
}
