import type { PrismaClient, Relation } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** The relations that begin at skills, by the id of the first skill. */
export function relationLoader(prisma: PrismaClient): ListLoader<number, Relation> {
  return listLoader(
    (ids) => prisma.relation.findMany({ where: { fromId: { in: [...ids] } }, orderBy: { id: "asc" } }),
    (row) => row.fromId,
    same,
  );
}

/** The relations that end at skills, by the id of the second skill. */
export function reverseRelationLoader(prisma: PrismaClient): ListLoader<number, Relation> {
  return listLoader(
    (ids) => prisma.relation.findMany({ where: { toId: { in: [...ids] } }, orderBy: { id: "asc" } }),
    (row) => row.toId,
    same,
  );
}
