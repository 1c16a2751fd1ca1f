import { z } from "zod";
import { storeCommand } from "./store-command.ts";

/** `migrate`: opening the store applies the missing migrations and logs each of them. */
export const migrate = storeCommand(z.strictObject({}), async (store, _args, { stdout }) => {
  const { revision } = store.snapshot();
  stdout.write(`The ${store.kind} database is up to date; the graph is at revision ${revision}.\n`);
});
