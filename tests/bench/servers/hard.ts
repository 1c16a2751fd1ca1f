import { execFileSync } from "node:child_process";
import pino from "pino";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { hardFile } from "../../support/hard-file.ts";
import { hardGraphs } from "../../support/hard-graphs.ts";
import { serveUntilStopped } from "./lifetime.ts";

/** The server as it ships, built as `npm start` builds it, over the hard synthetic graphs. */
execFileSync(process.execPath, ["src/build.mjs"]);
const built = (file: string) => import(new URL(`../../../.build/${file}.js`, import.meta.url).href);
const { openStore }: typeof import("../../../src/store/store.ts") = await built("store/store");
const { startServer }: typeof import("../../../src/http/server.ts") = await built("http/server");
const store = await openStore({ dataDir: "memory://" });
await store.write(toRows(graphFile.parse(hardFile(hardGraphs()))), "bench");
const server = await startServer(store, pino({ level: "warn" }), { host: "127.0.0.1", port: 0 });

serveUntilStopped(`${server.url}/graphql`, async () => {
  await server.close();
  await store.close();
});
