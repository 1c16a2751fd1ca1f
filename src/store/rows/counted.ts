import { hash } from "node:crypto";
import type { Prisma, PrismaClient } from "../generated/client/client.ts";
import { oneByOne } from "../one-by-one.ts";

/** Locks that owners share: the first is that of the graph. Two owners with the same one wait for each other, that is all. */
const FIRST_LOCK = 2;
const LOCKS = 1_000;

/**
 * Does work in a transaction that no other work of the same owner runs beside, in any process: so what it counts is still true
 * when it writes. It waits in its own process before it takes a connection, lest who sends much at once takes all of them.
 */
export function counted<Result>(
  prisma: PrismaClient,
  owner: string,
  work: (transaction: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  const id = FIRST_LOCK + (hash("sha256", owner, "buffer").readUInt32BE() % LOCKS);
  return oneByOne(prisma, owner, () =>
    prisma.$transaction(async (transaction) => {
      // The lock of a row, since not every database has others.
      await transaction.$executeRaw`
        INSERT INTO "WriteLock" ("id") VALUES (${id}) ON CONFLICT ("id") DO UPDATE SET "id" = EXCLUDED."id"`;
      return work(transaction);
    }),
  );
}
