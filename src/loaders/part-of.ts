import type { PartOf, PrismaClient } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** What skills are part of, by the id of the part. */
export function wholeLoader(prisma: PrismaClient): ListLoader<number, PartOf> {
  return listLoader(
    (ids) => prisma.partOf.findMany({ where: { partId: { in: [...ids] } }, orderBy: { id: "asc" } }),
    (row) => row.partId,
    same,
  );
}

/** The parts of skills, by the id of the whole. */
export function partLoader(prisma: PrismaClient): ListLoader<number, PartOf> {
  return listLoader(
    (ids) => prisma.partOf.findMany({ where: { wholeId: { in: [...ids] } }, orderBy: { id: "asc" } }),
    (row) => row.wholeId,
    same,
  );
}
