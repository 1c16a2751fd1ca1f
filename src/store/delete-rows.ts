import { Prisma } from "./generated/client/client.ts";
import { CHILD_TABLES, ENTITY_TABLES, type EntityKind } from "./tables.ts";

/**
 * Deletes everything that belongs to entities, and leaves the entities: their children, claims, and the
 * citations of all of these. At most three statements per kind of row.
 */
export async function deleteBelongings(
  transaction: Prisma.TransactionClient,
  kind: EntityKind,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  const among = Prisma.sql`= ANY(${[...ids]}::int[])`;
  const subject = Prisma.sql`"subjectKind" = ${kind}::"SubjectKind" AND "subjectId" ${among}`;
  await transaction.$executeRaw`
    DELETE FROM "Citation" WHERE "subjectKind" = 'CLAIM'
      AND "subjectId" IN (SELECT "id" FROM "Claim" WHERE ${subject})`;
  await transaction.$executeRaw`DELETE FROM "Claim" WHERE ${subject}`;
  await transaction.$executeRaw`DELETE FROM "Citation" WHERE ${subject}`;
  for (const child of CHILD_TABLES[kind]) {
    const table = Prisma.raw(`"${child.table}"`);
    const belongs = child.belongsTo(among);
    if (child.kind !== undefined)
      await transaction.$executeRaw`
        DELETE FROM "Citation" WHERE "subjectKind" = ${child.kind}::"SubjectKind"
          AND "subjectId" IN (SELECT "id" FROM ${table} WHERE ${belongs})`;
    await transaction.$executeRaw`DELETE FROM ${table} WHERE ${belongs}`;
  }
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
