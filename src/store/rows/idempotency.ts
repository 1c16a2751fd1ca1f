import { z } from "zod";
import { Prisma } from "../generated/client/client.ts";
import { Operation } from "../generated/client/enums.ts";
import { IDEMPOTENCY_HOURS } from "../limits.ts";
import type { Reader } from "../snapshot/build-snapshot.ts";
import { GraphWriteError } from "../store-errors.ts";
import { ENTITY_KINDS, perKind } from "./entities.ts";
import type { WriteOutcome } from "./write-graph.ts";

/** A write that is to be done once, however often it is asked for. */
export interface Once {
  /** What the client calls it. */
  readonly key: string;
  /** A fingerprint of what is asked for. */
  readonly request: string;
}

const counts = z.object({
  created: z.number(),
  updated: z.number(),
  deleted: z.number(),
  unchanged: z.number(),
});
const ofKind = z.enum(ENTITY_KINDS);
const kept = counts.extend({
  revision: z.number(),
  changes: z.array(z.object({ kind: ofKind, slug: z.string(), operation: z.enum(Operation) })),
  byKind: z.object(perKind(() => counts)),
});

/** Keys that are older are forgotten. */
const FORGOTTEN = Prisma.sql`"createdAt" < now() AT TIME ZONE 'UTC' - ${IDEMPOTENCY_HOURS} * interval '1 hour'`;

/**
 * What was written when a write was first asked for; undefined where it was not, or is forgotten. One statement. Throws
 * `GraphWriteError` with `KEY_REUSED` where the key was used for something else.
 */
export async function readFirstOutcome(
  reader: Reader,
  { key, request }: Once,
): Promise<WriteOutcome | undefined> {
  const [found] = await reader.$queryRaw<{ request: string; outcome: unknown }[]>`
    SELECT "request", "outcome" FROM "IdempotencyKey" WHERE "key" = ${key} AND NOT (${FORGOTTEN})`;
  if (found === undefined) return undefined;
  if (found.request !== request)
    throw new GraphWriteError(
      "KEY_REUSED",
      `expected an idempotency key that was not used for anything else in the last ${IDEMPOTENCY_HOURS} hours, got one of another mutation or of other arguments: take a new key for each write.`,
    );
  return { ...kept.parse(found.outcome), isReplay: true };
}

/** Remembers what was written, in the transaction that writes it, and forgets keys that are old. One statement. */
export async function keepOutcome(
  transaction: Prisma.TransactionClient,
  { key, request }: Once,
  { isReplay: _, ...outcome }: WriteOutcome,
): Promise<void> {
  await transaction.$executeRaw`
    WITH forgotten AS (DELETE FROM "IdempotencyKey" WHERE ${FORGOTTEN} AND "key" <> ${key})
    INSERT INTO "IdempotencyKey" ("key", "request", "outcome", "createdAt")
    VALUES (${key}, ${request}, ${JSON.stringify(outcome)}::jsonb, now() AT TIME ZONE 'UTC')
    ON CONFLICT ("key") DO UPDATE SET "request" = EXCLUDED."request", "outcome" = EXCLUDED."outcome",
      "createdAt" = EXCLUDED."createdAt"`;
}
