import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../../../src/main.ts";
import { serveUntilStopped } from "./lifetime.ts";

/** The server as it ships, on an embedded database with the shipped seeds. */
const dataDir = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
const service = await serve({
  host: "127.0.0.1",
  port: 0,
  dataDir,
  databaseUrl: undefined,
  logLevel: "warn",
});

serveUntilStopped(`${service.url}/graphql`, async () => {
  await service.close();
  rmSync(dataDir, { recursive: true, force: true });
});
