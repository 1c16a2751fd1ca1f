import type { OptionalSkill, PrismaClient } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** The skills that help in roles, by the id of the role. */
export function optionalSkillsByRoleLoader(prisma: PrismaClient): ListLoader<number, OptionalSkill> {
  return listLoader(
    (ids) => prisma.optionalSkill.findMany({ where: { roleId: { in: [...ids] } }, orderBy: { id: "asc" } }),
    (row) => row.roleId,
    same,
  );
}

/** The roles that skills help in, by the id of the skill. */
export function optionalSkillsBySkillLoader(prisma: PrismaClient): ListLoader<number, OptionalSkill> {
  return listLoader(
    (ids) => prisma.optionalSkill.findMany({ where: { skillId: { in: [...ids] } }, orderBy: { id: "asc" } }),
    (row) => row.skillId,
    same,
  );
}
