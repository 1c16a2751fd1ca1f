import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { readConfig } from "../../../src/config.ts";
import { serveUntilStopped } from "./lifetime.ts";

/**
 * The server as it ships, built as `npm start` builds it, on an embedded database with the shipped seeds, or with the
 * graph files of the folder that `GRAPH` names. Whoever has `API_TOKEN`, if there is one, may write.
 */
execFileSync(process.execPath, ["src/build.mjs"]);
const built = new URL("../../../.build/main.js", import.meta.url).href;
const { serve }: typeof import("../../../src/main.ts") = await import(built);
const dataDir = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
const service = await serve(
  // All load comes from one client.
  readConfig({
    ...{ PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "warn", RATE_LIMIT: "off" },
    API_TOKEN: process.env.API_TOKEN,
  }),
  pino({ level: "warn" }),
  process.env.GRAPH,
);

serveUntilStopped(`${service.url}/graphql`, async () => {
  await service.close();
  rmSync(dataDir, { recursive: true, force: true });
});
