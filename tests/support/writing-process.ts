import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { openStore } from "../../src/store/store.ts";
import { version } from "./versions.ts";

/** A process that writes one version of two skills after the other, when it is told to begin, and tells when each was committed. */
const PAUSE_MS = 20;

const [databaseUrl, writes] = process.argv.slice(2);
const store = await openStore({ databaseUrl, dataDir: "" });
process.send?.("ready");
await once(process, "message");
for (let number = 1; number <= Number(writes); number++) {
  const { revision } = await store.write(version(number), "test");
  process.send?.({ revision, at: Date.now() });
  await setTimeout(PAUSE_MS);
}
await store.close();
process.disconnect();
