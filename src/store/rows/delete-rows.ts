import { Prisma } from "../generated/client/client.ts";
import type { SubjectKind } from "../generated/client/enums.ts";
import { ENTITIES, type EntityKind, type Lists, listsOf, type TableName } from "./entities.ts";

/** A condition on the ids of rows. */
type Among = Prisma.Sql;

/**
 * Deletes everything that belongs to entities, and leaves the entities: their lists, claims, and the citations of
 * all of these. One statement, whose parts all see the rows as they were before it: a write of one entity waits
 * for as few answers of the database as it can.
 */
export async function deleteBelongings(
  transaction: Prisma.TransactionClient,
  kind: EntityKind,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  const among = Prisma.sql`= ANY(${[...ids]}::int[])`;
  const claims = ofSubjects(kind, among);
  const deletes = [
    ...deletesOf("Claim", claims, "CLAIM"),
    Prisma.sql`DELETE FROM "Citation" WHERE ${ofSubjects(kind, among)}`,
    ...deletesOfLists(listsOf(kind), among),
  ];
  const parts = deletes.map((part, nth) => Prisma.sql`${Prisma.raw(`part${nth}`)} AS (${part})`);
  await transaction.$executeRaw`WITH ${Prisma.join(parts)} SELECT`;
}

function deletesOfLists(lists: Lists, among: Among): Prisma.Sql[] {
  return Object.values(lists).flatMap(({ table, owner, cited, lists: below = {} }) => {
    const rows = Prisma.sql`${Prisma.raw(`"${owner}"`)} ${among}`;
    // What belongs to these rows goes with them, but for citations.
    const citing = Object.fromEntries(Object.entries(below).filter(([, list]) => list.cited !== undefined));
    const ids = Prisma.sql`IN (SELECT "id" FROM ${Prisma.raw(`"${table}"`)} WHERE ${rows})`;
    return [...deletesOfLists(citing, ids), ...deletesOf(table, rows, cited)];
  });
}

/** Deletes rows with their citations. */
function deletesOf(table: TableName, rows: Prisma.Sql, cited: SubjectKind | undefined): Prisma.Sql[] {
  const from = Prisma.sql`FROM ${Prisma.raw(`"${table}"`)} WHERE ${rows}`;
  const deletion = Prisma.sql`DELETE ${from}`;
  if (cited === undefined) return [deletion];
  const citations = ofSubjects(cited, Prisma.sql`IN (SELECT "id" ${from})`);
  return [Prisma.sql`DELETE FROM "Citation" WHERE ${citations}`, deletion];
}

/** Citations or claims of subjects. */
function ofSubjects(kind: SubjectKind, among: Among): Prisma.Sql {
  return Prisma.sql`"subjectKind" = ${kind}::"SubjectKind" AND "subjectId" ${among}`;
}

/** Deletes entities that nothing belongs to and nothing refers to. */
export async function deleteEntities(
  transaction: Prisma.TransactionClient,
  kind: EntityKind,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  const table = Prisma.raw(`"${ENTITIES[kind].table}"`);
  await transaction.$executeRaw`DELETE FROM ${table} WHERE "id" = ANY(${[...ids]}::int[])`;
}
