import { Prisma } from "../generated/client/client.ts";
import type { SubjectKind } from "../generated/client/enums.ts";
import { CHILD_TABLES, ENTITY_TABLES, type EntityKind } from "./tables.ts";

/**
 * Deletes everything that belongs to entities, and leaves the entities: their children, claims, and the
 * citations of all of these. One statement, whose parts all see the rows as they were before it: a write of one
 * entity waits for as few answers of the database as it can.
 */
export async function deleteBelongings(
  transaction: Prisma.TransactionClient,
  kind: EntityKind,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  const among = Prisma.sql`= ANY(${[...ids]}::int[])`;
  const subject = Prisma.sql`"subjectKind" = ${kind}::"SubjectKind" AND "subjectId" ${among}`;
  const citationsOf = (of: SubjectKind, rows: Prisma.Sql) =>
    Prisma.sql`DELETE FROM "Citation" WHERE "subjectKind" = ${of}::"SubjectKind" AND "subjectId" IN (${rows})`;
  const deletes = [
    citationsOf("CLAIM", Prisma.sql`SELECT "id" FROM "Claim" WHERE ${subject}`),
    Prisma.sql`DELETE FROM "Claim" WHERE ${subject}`,
    Prisma.sql`DELETE FROM "Citation" WHERE ${subject}`,
  ];
  for (const { table, kind: cited, belongsTo } of CHILD_TABLES[kind]) {
    const rows = Prisma.sql`FROM ${Prisma.raw(`"${table}"`)} WHERE ${belongsTo(among)}`;
    if (cited !== undefined) deletes.push(citationsOf(cited, Prisma.sql`SELECT "id" ${rows}`));
    deletes.push(Prisma.sql`DELETE ${rows}`);
  }
  const parts = deletes.map((part, nth) => Prisma.sql`${Prisma.raw(`part${nth}`)} AS (${part})`);
  await transaction.$executeRaw`WITH ${Prisma.join(parts)} SELECT`;
}

/** Deletes entities that nothing belongs to and nothing refers to. */
export async function deleteEntities(
  transaction: Prisma.TransactionClient,
  kind: EntityKind,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  const table = Prisma.raw(`"${ENTITY_TABLES[kind]}"`);
  await transaction.$executeRaw`DELETE FROM ${table} WHERE "id" = ANY(${[...ids]}::int[])`;
}
