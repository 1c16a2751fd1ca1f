import type { PrismaClient, Responsibility, ResponsibilitySkill } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** The responsibilities of roles, by the id of the role, in their order. */
export function responsibilityLoader(prisma: PrismaClient): ListLoader<number, Responsibility> {
  return listLoader(
    (ids) =>
      prisma.responsibility.findMany({ where: { roleId: { in: [...ids] } }, orderBy: { position: "asc" } }),
    (row) => row.roleId,
    same,
  );
}

/** The skills that responsibilities call for, by the id of the responsibility, in the author's order. */
export function responsibilitySkillLoader(prisma: PrismaClient): ListLoader<number, ResponsibilitySkill> {
  return listLoader(
    (ids) =>
      prisma.responsibilitySkill.findMany({
        where: { responsibilityId: { in: [...ids] } },
        orderBy: { ordinal: "asc" },
      }),
    (row) => row.responsibilityId,
    same,
  );
}
