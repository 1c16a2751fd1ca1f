import { PGlite } from "@electric-sql/pglite";
import { seedIfEmpty } from "../../src/seeding/seed.ts";
import { embeddedDatabase } from "../../src/store/database/clients.ts";
import { openStoreOn } from "../../src/store/store.ts";
import { openTemplate, type Template } from "./templates.ts";

/** Makes what a template holds, and dumps it. */
export async function makeTemplate(template: Template): Promise<Uint8Array> {
  const pglite = template === "empty" ? await PGlite.create() : await openTemplate("empty");
  const store = await openStoreOn(embeddedDatabase(pglite));
  if (template === "shipped") await seedIfEmpty(store);
  const dump = await pglite.dumpDataDir("none");
  await store.close();
  return new Uint8Array(await dump.arrayBuffer());
}
