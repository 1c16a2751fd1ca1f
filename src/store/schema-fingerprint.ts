import { Prisma, type PrismaClient } from "./generated/client/client.ts";

/**
 * A digest of columns with their collations, of indexes, constraints and enums in the current schema: what tells within milliseconds
 * that nobody touched the tables since the last migration. Names and types only, so that it reads the same
 * after an upgrade of the server.
 */
const CURRENT = Prisma.sql`(
  SELECT md5(string_agg(line, E'\n' ORDER BY line COLLATE "C")) FROM (
    SELECT concat_ws(' ', 'column', relname, attname, typname, collname, attnotnull) AS line
      FROM pg_catalog.pg_attribute
        JOIN pg_catalog.pg_class ON pg_class.oid = attrelid
        JOIN pg_catalog.pg_type ON pg_type.oid = atttypid
        LEFT JOIN pg_catalog.pg_collation ON pg_collation.oid = attcollation
      WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i') AND attnum > 0
        AND NOT attisdropped
    UNION ALL
    SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, contype)
      FROM pg_catalog.pg_constraint
      WHERE connamespace = current_schema()::regnamespace AND contype IN ('p', 'u', 'f', 'c')
    UNION ALL
    SELECT concat_ws(' ', 'enum', typname, enumsortorder, enumlabel)
      FROM pg_catalog.pg_enum JOIN pg_catalog.pg_type ON pg_type.oid = enumtypid
      WHERE typnamespace = current_schema()::regnamespace
  ) AS lines
)`;

interface Fingerprints {
  /** As of the last migration; null when it was never recorded. */
  readonly recorded: string | null;
  readonly current: string;
}

/** Reads both fingerprints. One statement. */
export async function readFingerprint(prisma: PrismaClient): Promise<Fingerprints> {
  const [row] = await prisma.$queryRaw<Fingerprints[]>`
    SELECT obj_description(to_regclass('_prisma_migrations'), 'pg_class') AS "recorded", ${CURRENT} AS "current"`;
  return row ?? { recorded: null, current: "" };
}

/** Records the current fingerprint, as the comment of the table that holds the history of migrations. */
export async function writeFingerprint(prisma: PrismaClient): Promise<void> {
  const { current } = await readFingerprint(prisma);
  // A comment takes no parameters; the fingerprint is 32 hexadecimal digits.
  await prisma.$executeRawUnsafe(`COMMENT ON TABLE "_prisma_migrations" IS '${current}'`);
}
