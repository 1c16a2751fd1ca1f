import { join } from "node:path";
import { IN_MEMORY, openEmbedded } from "../store/database/clients.ts";
import { emptyTemplate, template, WRITING_CODE } from "../store/database/templates.ts";

/**
 * An embedded database that holds the shipped graph, made once for each state of the seeds and of the code that reads
 * them. Throws an Error that lists all findings when the shipped graph has faults.
 */
export function shippedTemplate(
  seeds: string = join(import.meta.dirname, "..", "..", "seeds"),
  cache?: string,
): Promise<Uint8Array> {
  const make = async () => {
    // Loaded only now, because most starts make no template.
    const [{ seedIfEmpty }, { openStoreOn }] = await Promise.all([
      import("./seed.ts"),
      import("../store/store.ts"),
    ]);
    const database = await openEmbedded(IN_MEMORY, { template: emptyTemplate });
    await seedIfEmpty(await openStoreOn(database), seeds);
    return database;
  };
  return template("shipped", [seeds, ...WRITING_CODE], make, cache);
}
