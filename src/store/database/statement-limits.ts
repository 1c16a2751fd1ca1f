import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { PoolConfig, QueryConfig } from "pg";
import type { Prisma } from "../generated/client/client.ts";
import { SILENCE_MS } from "../limits.ts";

/**
 * A pool whose statements outside of transactions have a time limit. The server keeps it, which ends the statement and
 * keeps the connection. When the server says nothing, the connection is closed, and the next statement opens another.
 */
export function limitStatements(
  config: PoolConfig,
  options: ConstructorParameters<typeof PrismaPg>[1],
  timeoutMs: number,
): SqlDriverAdapterFactory {
  // Not a parameter of the connection, which poolers such as PgBouncer refuse.
  const limit = `SET statement_timeout = ${timeoutMs}`;
  const factory = new PrismaPg({ ...config, onConnect: (client) => client.query(limit) }, options);
  const { provider, adapterName } = factory;
  return {
    provider,
    adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      const pool = adapter.underlyingDriver();
      const query = pool.query.bind(pool);
      const limited = { query_timeout: timeoutMs + SILENCE_MS };
      Object.assign(pool, { query: (statement: QueryConfig) => query(Object.assign(statement, limited)) });
      return adapter;
    },
  };
}

/** Lifts the limit in a transaction, which has one as a whole. The first thing in it. */
export async function liftStatementLimit(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`SET LOCAL statement_timeout = 0`;
}
