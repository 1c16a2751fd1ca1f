import type { PrismaClient, SkillAlias } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** The aliases of skills, by the id of the skill, in the author's order. */
export function skillAliasLoader(prisma: PrismaClient): ListLoader<number, SkillAlias> {
  return listLoader(
    (ids) =>
      prisma.skillAlias.findMany({ where: { skillId: { in: [...ids] } }, orderBy: { ordinal: "asc" } }),
    (row) => row.skillId,
    same,
  );
}
