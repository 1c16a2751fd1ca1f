import type { PrismaClient, Skill } from "../store/generated/client/client.ts";
import { type RowLoader, rowLoader, same } from "./batch.ts";

/** The columns of skills, by id. */
export function skillLoader(prisma: PrismaClient): RowLoader<number, Skill> {
  return rowLoader(
    (ids) => prisma.skill.findMany({ where: { id: { in: [...ids] } } }),
    (row) => row.id,
    same,
  );
}
