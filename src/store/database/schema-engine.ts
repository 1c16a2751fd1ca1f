import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { Session } from "./clients.ts";

let loading: Promise<void> | undefined;

/** Instantiates Prisma's schema engine, once per process: Node does not import WebAssembly by itself yet. */
function loadEngine(): Promise<void> {
  loading ??= (async () => {
    const script = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const bytes = await readFile(join(dirname(script), "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...bindings } });
    bindings.__wbg_set_wasm(instance.exports);
    const start = instance.exports.__wbindgen_start;
    if (typeof start !== "function") throw new Error("expected the schema engine to export __wbindgen_start");
    start();
  })();
  return loading;
}

/**
 * Prisma's schema engine on one session, whose scripts run whole: the drivers' own way to run a script splits
 * it at every semicolon (PostgreSQL) or does not wait for its end (PGlite).
 */
export async function openSchemaEngine(session: Session, schema: string): Promise<bindings.SchemaEngine> {
  await loadEngine();
  const { adapter } = session;
  const whole: SqlDriverAdapter = {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    executeScript: (script) => session.run(script),
    startTransaction: (isolation) => adapter.startTransaction(isolation),
    getConnectionInfo: () => adapter.getConnectionInfo?.() ?? { supportsRelationJoins: false },
    dispose: async () => {},
  };
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connect: async () => whole,
    connectToShadowDb: () => Promise.reject(new Error("the store compares live databases only")),
  });
  return bindings.SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, () => {}, factory);
}
