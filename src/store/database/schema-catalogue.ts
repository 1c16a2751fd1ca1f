import { Prisma, type PrismaClient } from "../generated/client/client.ts";

/** Our tables, as an SQL array; whatever else lives in the schema is not our business. */
const TABLES = `ARRAY[${Object.keys(Prisma.ModelName).map((name) => `'${name}'`)}]`;

/**
 * What our tables consist of, one line per column, index, constraint and enum: what tells within milliseconds
 * that nobody touched them since the last migration. Names and types only, so that it reads the same after an
 * upgrade of the server.
 */
const CATALOGUE = `(
  WITH ours AS (
    SELECT oid, relname FROM pg_catalog.pg_class
    WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relkind = 'r' AND relname = ANY(${TABLES})
  ), columns AS (
    SELECT relname, attname, atttypid, attnotnull, attcollation FROM ours
      JOIN pg_catalog.pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped
  )
  SELECT string_agg(line, E'\\n' ORDER BY line COLLATE "C") FROM (
    SELECT concat_ws(' ', 'column', relname || '.' || attname, typname, collname,
        CASE WHEN attnotnull THEN 'not null' END) AS line
      FROM columns JOIN pg_catalog.pg_type ON pg_type.oid = atttypid
        LEFT JOIN pg_catalog.pg_collation ON pg_collation.oid = attcollation
    UNION ALL
    SELECT concat('index ', indexes.relname, ' on ', ours.relname, CASE WHEN indisunique THEN ' unique' END,
        ' (', (SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_catalog.pg_attribute
          WHERE attrelid = indexrelid), ')')
      FROM ours JOIN pg_catalog.pg_index ON indrelid = ours.oid
        JOIN pg_catalog.pg_class AS indexes ON indexes.oid = indexrelid
    UNION ALL
    SELECT concat_ws(' ', 'constraint', conname, 'on', relname)
      FROM ours JOIN pg_catalog.pg_constraint ON conrelid = ours.oid AND contype IN ('p', 'u', 'f', 'c')
    UNION ALL
    SELECT concat('enum ', typname, ': ', string_agg(enumlabel, ', ' ORDER BY enumsortorder))
      FROM pg_catalog.pg_enum JOIN pg_catalog.pg_type ON pg_type.oid = enumtypid
      WHERE enumtypid IN (SELECT atttypid FROM columns) GROUP BY typname
  ) AS lines
)`;

interface Catalogues {
  /** As of the last migration; null when it was not recorded. */
  readonly recorded: string | null;
  /** Null when there are no tables. */
  readonly current: string | null;
}

/**
 * A script that records what the tables consist of now, as the comment of the table that holds the history of
 * migrations; to be run in the transaction that changes them.
 */
export const RECORD_CATALOGUE = `DO $$ BEGIN
  EXECUTE format('COMMENT ON TABLE "_prisma_migrations" IS %L', ${CATALOGUE});
END $$`;

/**
 * What was changed in our tables since the catalogue was recorded, one line each; nothing where it never was.
 * One statement.
 */
export async function changesByHand(prisma: PrismaClient): Promise<readonly string[]> {
  const [row] = await prisma.$queryRawUnsafe<Catalogues[]>(
    `SELECT obj_description(to_regclass('_prisma_migrations'), 'pg_class') AS "recorded", ${CATALOGUE} AS "current"`,
  );
  if (row === undefined || row.recorded === null || row.recorded === row.current) return [];
  const then = new Set(row.recorded.split("\n"));
  const now = new Set(row.current?.split("\n"));
  return [
    ...[...then].filter((line) => !now.has(line)).map((line) => `missing: ${line}`),
    ...[...now].filter((line) => !then.has(line)).map((line) => `unexpected: ${line}`),
  ];
}
