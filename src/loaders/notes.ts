import type { Note, PrismaClient } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** The notes on skills, by the id of the skill, in the author's order. */
export function noteLoader(prisma: PrismaClient): ListLoader<number, Note> {
  return listLoader(
    (ids) => prisma.note.findMany({ where: { skillId: { in: [...ids] } }, orderBy: { ordinal: "asc" } }),
    (row) => row.skillId,
    same,
  );
}
