import type { Practises, PrismaClient } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** Which projects practise skills, by the id of the skill. */
export function practisesBySkillLoader(prisma: PrismaClient): ListLoader<number, Practises> {
  return listLoader(
    (ids) => prisma.practises.findMany({ where: { skillId: { in: [...ids] } }, orderBy: { id: "asc" } }),
    (row) => row.skillId,
    same,
  );
}

/** Which skills projects practise, by the id of the project. */
export function practisesByProjectLoader(prisma: PrismaClient): ListLoader<number, Practises> {
  return listLoader(
    (ids) => prisma.practises.findMany({ where: { projectId: { in: [...ids] } }, orderBy: { id: "asc" } }),
    (row) => row.projectId,
    same,
  );
}
