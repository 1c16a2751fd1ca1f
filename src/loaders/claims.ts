import type { Claim, PrismaClient } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader } from "./batch.ts";
import { type Subject, subjectKey, whereSubjects } from "./citations.ts";

/** What documents claim about rows, by subject. */
export function claimLoader(prisma: PrismaClient): ListLoader<Subject, Claim> {
  return listLoader(
    (subjects) => prisma.claim.findMany({ where: whereSubjects(subjects), orderBy: { id: "asc" } }),
    (row) => subjectKey({ kind: row.subjectKind, id: row.subjectId }),
    subjectKey,
  );
}
