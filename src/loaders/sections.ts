import type { PrismaClient, Section } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** The sections of documents, by the id of the document, in the order of lines. */
export function sectionLoader(prisma: PrismaClient): ListLoader<number, Section> {
  return listLoader(
    (ids) => prisma.section.findMany({ where: { documentId: { in: [...ids] } }, orderBy: { line: "asc" } }),
    (row) => row.documentId,
    same,
  );
}
