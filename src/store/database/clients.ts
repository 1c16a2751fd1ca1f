import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaClient } from "../generated/client/client.ts";
import { StoreError } from "../store-errors.ts";
import { embeddedAdapter } from "./embedded-adapter.ts";

/** The `dataDir` that keeps the embedded database in memory only, for tests. */
export const IN_MEMORY = "memory://";

/** How many connections to a PostgreSQL server one process opens at most: a default server allows 100. */
const MAX_CONNECTIONS = 10;
/** A server that does not take a connection within this time counts as unreachable. */
const CONNECT_TIMEOUT_MS = 10_000;

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
  close(): Promise<void>;
}

type OnQuery = ((sql: string) => void) | undefined;

function client(adapter: SqlDriverAdapterFactory, onQuery: OnQuery): PrismaClient {
  if (onQuery === undefined) return new PrismaClient({ adapter });
  const prisma = new PrismaClient({ adapter, log: [{ emit: "event", level: "query" }] });
  prisma.$on("query", (event) => onQuery(event.query));
  return prisma;
}

/**
 * Opens the embedded database below `dataDir`, making it when there is none. The caller holds the lock. Throws
 * `StoreError` with `DATABASE_UNREADABLE`.
 */
export async function openEmbedded(dataDir: string, onQuery?: OnQuery): Promise<Database> {
  const folder = dataDir === IN_MEMORY ? IN_MEMORY : join(dataDir, "database");
  const whenMade = folder === IN_MEMORY ? undefined : beginEmbedded(folder);
  const pglite = await PGlite.create(folder).catch((error: unknown) => {
    throw new StoreError(
      "DATABASE_UNREADABLE",
      `the database in ${folder} cannot be opened: ${error instanceof Error ? error.message : error}. Restore the folder from a backup, or choose another DATA_DIR.`,
      { cause: error },
    );
  });
  whenMade?.();
  return embeddedDatabase(pglite, onQuery);
}

/** The database of an embedded engine that is open; closing the database closes the engine. */
export function embeddedDatabase(pglite: PGlite, onQuery?: OnQuery): Database {
  const factory = embeddedAdapter(pglite);
  const prisma = client(factory, onQuery);
  return {
    kind: "embedded",
    prisma,
    // PGlite has one session; nothing else uses it while the store opens.
    openSession: async () => ({
      adapter: await factory.connect(),
      run: async (script) => {
        await pglite.exec(script);
      },
      end: async () => {},
    }),
    close: async () => {
      await prisma.$disconnect();
      await pglite.close();
    },
  };
}

/**
 * Marks a folder in which a database is about to be made, and returns what takes the mark away. A start that is
 * killed meanwhile leaves the mark, and the next one begins anew: nothing that is half made passes for a database.
 * Where there is one already nothing happens.
 */
function beginEmbedded(folder: string): (() => void) | undefined {
  const mark = `${folder}.unfinished`;
  if (existsSync(mark)) rmSync(folder, { recursive: true, force: true });
  else if (existsSync(folder)) return undefined;
  mkdirSync(folder, { recursive: true });
  writeFileSync(mark, "A database is being made beside this file. If none is, the next start begins anew.\n");
  return () => rmSync(mark);
}

/**
 * Connects to a PostgreSQL server. As in other tools of the kind, `?schema=` in the URL names the schema the
 * tables live in, which is made when there is none. Throws `StoreError` with `DATABASE_UNREACHABLE`.
 */
export async function openPostgresql(databaseUrl: string, onQuery?: OnQuery): Promise<Database> {
  const url = new URL(databaseUrl);
  const schema = url.searchParams.get("schema") ?? undefined;
  url.searchParams.delete("schema");
  const config = {
    connectionString: url.href,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...(schema === undefined ? {} : { options: `-c search_path=${escapeOption(quote(schema))}` }),
  };
  const options = schema === undefined ? {} : { schema };
  const prisma = client(new PrismaPg({ ...config, max: MAX_CONNECTIONS }, options), onQuery);
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
  return {
    kind: "postgresql",
    prisma,
    openSession: async () => {
      // A pool of one that never drops its connection while idle is a session.
      const adapter = await new PrismaPg({ ...config, max: 1, idleTimeoutMillis: 0 }, options).connect();
      const session = adapter.underlyingDriver();
      return {
        adapter,
        run: async (script) => {
          await session.query(script);
        },
        end: () => adapter.dispose(),
      };
    },
    close: () => prisma.$disconnect(),
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
