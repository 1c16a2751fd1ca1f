import type { PGlite } from "@electric-sql/pglite";
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";

/**
 * Prisma's adapter of the embedded database, which also reports a commit that fails: the published one resolves
 * then as if all were well, and a write would be acknowledged that is not there.
 */
export function embeddedAdapter(pglite: PGlite): SqlDriverAdapterFactory {
  // There is one session, so one transaction at a time: what failed last is what was just committed.
  let failure: { readonly error: unknown } | undefined;
  const transaction = pglite.transaction.bind(pglite);
  pglite.transaction = <Result>(run: Parameters<typeof transaction<Result>>[0]) => {
    failure = undefined;
    const done = transaction(run);
    done.catch((error: unknown) => {
      failure = { error };
    });
    return done;
  };
  const factory = new PrismaPGlite(pglite);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      const start: SqlDriverAdapter["startTransaction"] = adapter.startTransaction.bind(adapter);
      adapter.startTransaction = async (isolationLevel) => {
        const transaction = await start(isolationLevel);
        const commit = transaction.commit.bind(transaction);
        transaction.commit = async () => {
          await commit();
          if (failure !== undefined) throw failure.error;
        };
        return transaction;
      };
      return adapter;
    },
  };
}
