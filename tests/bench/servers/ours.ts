import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../../../src/main.ts";

/** The server as it ships, on an embedded database with the shipped seeds. */
const dataDir = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
const service = await serve({
  host: "127.0.0.1",
  port: 0,
  dataDir,
  databaseUrl: undefined,
  logLevel: "warn",
});
process.send!(`${service.url}/graphql`);
process.on("SIGTERM", () => {
  void service.close().finally(() => {
    rmSync(dataDir, { recursive: true, force: true });
    process.exit(0);
  });
});
