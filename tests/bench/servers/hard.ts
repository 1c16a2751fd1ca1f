import pino from "pino";
import { startServer } from "../../../src/http/server.ts";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { IN_MEMORY } from "../../../src/store/clients.ts";
import { openStore } from "../../../src/store/store.ts";
import { hardFile } from "../../support/hard-file.ts";
import { hardGraphs } from "../../support/hard-graphs.ts";
import { serveUntilStopped } from "./lifetime.ts";

/** The server as it ships, over the hard synthetic graphs. */
const store = await openStore({ dataDir: IN_MEMORY });
await store.write(toRows(graphFile.parse(hardFile(hardGraphs()))), "bench");
const server = await startServer(store, pino({ level: "warn" }), { host: "127.0.0.1", port: 0 });

serveUntilStopped(`${server.url}/graphql`, async () => {
  await server.close();
  await store.close();
});
