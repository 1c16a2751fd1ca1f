import type { PrismaClient, Teaches } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** Which resources teach skills, by the id of the skill. */
export function teachesBySkillLoader(prisma: PrismaClient): ListLoader<number, Teaches> {
  return listLoader(
    (ids) => prisma.teaches.findMany({ where: { skillId: { in: [...ids] } }, orderBy: { id: "asc" } }),
    (row) => row.skillId,
    same,
  );
}

/** Which skills resources teach, by the id of the resource. */
export function teachesByResourceLoader(prisma: PrismaClient): ListLoader<number, Teaches> {
  return listLoader(
    (ids) => prisma.teaches.findMany({ where: { resourceId: { in: [...ids] } }, orderBy: { id: "asc" } }),
    (row) => row.resourceId,
    same,
  );
}
