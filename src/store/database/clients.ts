import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaClient } from "../generated/client/client.ts";
import { CLOSE_TIMEOUT_MS, CONNECT_TIMEOUT_MS, KEEP_ALIVE_MS, MAX_CONNECTIONS } from "../limits.ts";
import { StoreError } from "../store-errors.ts";
import { within } from "../within.ts";
import { checkRoom } from "./disk-room.ts";
import { embeddedAdapter } from "./embedded-adapter.ts";
import { limitStatements } from "./statement-limits.ts";
import { unpackTar } from "./tar.ts";
import type { Template } from "./templates.ts";

// PGlite and Prisma's query compiler are WebAssembly. V8's baseline compiler is enough for them: to optimise most of both
// while the store opens costs 100 MB for the life of the process and 1.5 s of processor, and a request that reads rows
// takes as long without. Flags are those of the process: the exact solver asks for its optimised code again.
for (const flag of ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]) setFlagsFromString(flag);

/** The `dataDir` that keeps the embedded database in memory only, for tests. */
export const IN_MEMORY = "memory://";

/**
 * One connection that runs scripts of many statements, as migrations need it: all statements, those of the
 * scripts included, go through the same session, so that BEGIN and COMMIT mean what they say.
 */
export interface Session {
  readonly adapter: SqlDriverAdapter;
  run(script: string): Promise<void>;
  end(): Promise<void>;
}

export interface Database {
  readonly kind: "embedded" | "postgresql";
  readonly prisma: PrismaClient;
  openSession(): Promise<Session>;
  /** Whether other processes may write as well. */
  readonly isShared: boolean;
  /** Throws where there is no room for so many entities to write; see `checkRoom`. Absent where the database sees to that. */
  readonly checkRoom?: (entities: number) => void;
  /** What the database can do of what not every one that speaks PostgreSQL's protocol can. */
  readonly features: DatabaseFeatures;
  /**
   * Calls back with each message of a channel, until the connection is lost, which is told, too. Returns what stops
   * it. Absent where nothing can be heard of other processes.
   */
  readonly listen?: (
    channel: string,
    onNotified: (message: string) => void,
    onLost: () => void,
  ) => Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/**
 * `full`: advisory locks, LISTEN and NOTIFY, as PostgreSQL has them. `minimal`: none of these; writers lock a row, and other
 * processes' writes are found by asking.
 */
export type DatabaseFeatures = "full" | "minimal";

type OnQuery = ((sql: string) => void) | undefined;

function client(adapter: SqlDriverAdapterFactory, onQuery: OnQuery): PrismaClient {
  if (onQuery === undefined) return new PrismaClient({ adapter });
  const prisma = new PrismaClient({ adapter, log: [{ emit: "event", level: "query" }] });
  prisma.$on("query", (event) => onQuery(event.query));
  return prisma;
}

export interface EmbeddedDatabase extends Database {
  /** Runs a script of one or more statements. */
  run(script: string): Promise<void>;
  /** The whole database as a tar archive, which a template can give to a new one. */
  dump(): Promise<Uint8Array>;
}

/**
 * How the embedded PostgreSQL is started. Its buffers are a part of WebAssembly's memory, which the process has to hold
 * in full: of 128 MB, its default, nothing is gained over the cache of the operating system.
 */
const START_PARAMETERS = [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"];

/**
 * Opens the embedded database below `dataDir`. Where there is none, one is made from the template, and a start that is
 * killed meanwhile leaves none; without a template it is empty. The caller holds the lock. Throws `StoreError` with
 * `DATABASE_UNREADABLE`.
 */
export async function openEmbedded(
  dataDir: string,
  options: { readonly onQuery?: OnQuery; readonly template?: Template } = {},
): Promise<EmbeddedDatabase> {
  const { onQuery, template } = options;
  if (dataDir === IN_MEMORY) {
    const contents = await template?.();
    const loadDataDir = contents && { loadDataDir: new Blob([new Uint8Array(contents)]) };
    return embeddedDatabase(
      await PGlite.create({ dataDir: IN_MEMORY, startParams: START_PARAMETERS, ...loadDataDir }),
      onQuery,
    );
  }
  const folder = join(dataDir, "database");
  if (isNew(folder)) {
    if (template !== undefined) {
      const draft = `${folder}.unfinished`;
      rmSync(draft, { recursive: true, force: true });
      unpackTar(await template(), draft);
      renameSync(draft, folder);
    }
  } else if (!existsSync(join(folder, "PG_VERSION")))
    throw unreadable(folder, "expected a database, found files without a PG_VERSION");
  const pglite = await PGlite.create(folder, { startParams: START_PARAMETERS }).catch((error: unknown) => {
    throw unreadable(folder, error instanceof Error ? error.message : String(error), error);
  });
  return { ...embeddedDatabase(pglite, onQuery), checkRoom: (entities) => checkRoom(folder, entities) };
}

/** Whether there is no such folder, or nothing in it. */
function isNew(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

function unreadable(folder: string, why: string, cause?: unknown): StoreError {
  return new StoreError(
    "DATABASE_UNREADABLE",
    `the database in ${folder} cannot be opened: ${why}. Restore the folder from a backup, or choose another DATA_DIR.`,
    { cause },
  );
}

function embeddedDatabase(pglite: PGlite, onQuery: OnQuery): EmbeddedDatabase {
  const factory = embeddedAdapter(pglite);
  const prisma = client(factory, onQuery);
  const run = async (script: string) => {
    await pglite.exec(script);
  };
  return {
    kind: "embedded",
    isShared: false,
    features: "full",
    prisma,
    run,
    dump: async () => new Uint8Array(await (await pglite.dumpDataDir("none")).arrayBuffer()),
    // PGlite has one session; nothing else uses it while the store opens.
    openSession: async () => ({ adapter: await factory.connect(), run, end: async () => {} }),
    close: async () => {
      await prisma.$disconnect();
      await pglite.close();
    },
  };
}

/**
 * Connects to a PostgreSQL server. As in other tools of the kind, `?schema=` in the URL names the schema the
 * tables live in, which is made when there is none. With `statementTimeoutMs`, statements outside of transactions may
 * take no longer. Throws `StoreError` with `DATABASE_UNREACHABLE`.
 */
export async function openPostgresql(
  databaseUrl: string,
  {
    onQuery,
    statementTimeoutMs,
    features = "full",
  }: {
    readonly onQuery?: OnQuery;
    readonly statementTimeoutMs?: number;
    readonly features?: DatabaseFeatures;
  } = {},
): Promise<Database> {
  const url = new URL(databaseUrl);
  const schema = url.searchParams.get("schema") ?? undefined;
  url.searchParams.delete("schema");
  const config = {
    connectionString: url.href,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    ...(schema === undefined ? {} : { options: `-c search_path=${escapeOption(quote(schema))}` }),
  };
  const options = schema === undefined ? {} : { schema };
  const pool = { ...config, max: MAX_CONNECTIONS };
  const prisma = client(
    statementTimeoutMs === undefined
      ? new PrismaPg(pool, options)
      : limitStatements(pool, options, statementTimeoutMs),
    onQuery,
  );
  try {
    await makeSchema(prisma, schema);
  } catch (error) {
    await prisma.$disconnect();
    const message = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    throw new StoreError(
      "DATABASE_UNREACHABLE",
      `cannot use the database ${url.pathname.slice(1)} on ${url.host} as ${url.username}: ${message} Check DATABASE_URL, and that the server runs.`,
      { cause: error },
    );
  }
  // A pool of one that never drops its connection while idle is a session.
  const openAdapter = () => new PrismaPg({ ...config, max: 1, idleTimeoutMillis: 0 }, options).connect();
  const listen: Database["listen"] = async (channel, onNotified, onLost) => {
    const adapter = await openAdapter();
    const connection = await adapter.underlyingDriver().connect();
    let isOpen = true;
    const stop = async () => {
      if (!isOpen) return;
      isOpen = false;
      connection.release(true);
      await within(CLOSE_TIMEOUT_MS, adapter.dispose());
    };
    connection.on("notification", ({ payload = "" }) => onNotified(payload));
    // More than once, and after it was stopped as well: an error that nobody hears ends the process.
    connection.on("error", () => {
      if (isOpen) onLost();
      void stop();
    });
    await connection.query(`LISTEN ${quote(channel)}`);
    return stop;
  };
  return {
    kind: "postgresql",
    isShared: true,
    features,
    ...(features === "full" && { listen }),
    prisma,
    openSession: async () => {
      const adapter = await openAdapter();
      const session = adapter.underlyingDriver();
      return {
        adapter,
        run: async (script) => {
          await session.query(script);
        },
        end: () => adapter.dispose(),
      };
    },
    close: async () => {
      await within(CLOSE_TIMEOUT_MS, prisma.$disconnect());
    },
  };
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Spaces separate the options of a connection; a backslash keeps what follows it. */
const escapeOption = (value: string): string => value.replaceAll(/[\\\s]/g, "\\$&");

async function makeSchema(prisma: PrismaClient, schema: string | undefined): Promise<void> {
  const [found] = await prisma.$queryRaw<
    { exists: boolean }[]
  >`SELECT current_schema() IS NOT NULL AS "exists"`;
  if (found?.exists !== true && schema !== undefined)
    await prisma.$executeRawUnsafe(`CREATE SCHEMA IF NOT EXISTS ${quote(schema)}`);
}
