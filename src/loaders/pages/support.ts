import type { Basis, PrismaClient, SubjectKind } from "../../store/generated/client/client.ts";
import { strongestBasis } from "../citations.ts";

/** What documents say of the rows to list; all conditions must hold. */
export interface SupportFilter {
  /** Supported by the document of this slug. */
  readonly citedBy?: string;
  /** Supported by each of the documents of these slugs. */
  readonly citedByAll?: readonly string[];
  /** Supported by at least so many documents. */
  readonly minAgreement?: number;
  /** The strongest support is one of these; `EDITORIAL` where there is none. */
  readonly bases?: readonly Basis[];
}

type IdCondition = { readonly id: { in: number[] } | { notIn: number[] } };

/**
 * Conditions on the ids of the rows of one kind, to be joined by AND. One SQL statement for the documents
 * named, one for the number of documents and one for the basis, where a filter asks for them: citations name
 * their rows by kind and id, so the database cannot join them by a relation.
 */
export async function supportedRows(
  prisma: PrismaClient,
  kind: SubjectKind,
  { citedBy, citedByAll = [], minAgreement, bases }: SupportFilter,
): Promise<IdCondition[]> {
  const named = new Set(citedBy === undefined ? citedByAll : [citedBy, ...citedByAll]);
  return Promise.all([
    ...(named.size === 0 ? [] : [supportedBy(prisma, kind, [...named], named.size)]),
    ...(minAgreement === undefined || minAgreement < 1
      ? []
      : [supportedBy(prisma, kind, undefined, minAgreement)]),
    ...(bases === undefined ? [] : [ofBases(prisma, kind, new Set(bases))]),
  ]);
}

/** The rows that at least so many of the documents support; `undefined`: of all documents. */
async function supportedBy(
  prisma: PrismaClient,
  kind: SubjectKind,
  documents: string[] | undefined,
  atLeast: number,
): Promise<IdCondition> {
  const found = await prisma.citation.groupBy({
    by: ["subjectId", "documentId"],
    where: { subjectKind: kind, document: documents && { slug: { in: documents } } },
  });
  const counts = new Map<number, number>();
  for (const { subjectId } of found) counts.set(subjectId, (counts.get(subjectId) ?? 0) + 1);
  return { id: { in: [...counts].filter(([, count]) => count >= atLeast).map(([id]) => id) } };
}

async function ofBases(
  prisma: PrismaClient,
  kind: SubjectKind,
  wanted: ReadonlySet<Basis>,
): Promise<IdCondition> {
  const found = await prisma.citation.groupBy({
    by: ["subjectId", "basis"],
    where: { subjectKind: kind },
  });
  const strongest = new Map<number, Basis>();
  for (const { subjectId, basis } of found)
    strongest.set(subjectId, strongestBasis([basis, strongest.get(subjectId) ?? "EDITORIAL"]));
  const ids = (among: boolean) =>
    [...strongest].filter(([, basis]) => wanted.has(basis) === among).map(([id]) => id);
  // Rows without citations are editorial, and only the table itself knows them.
  return wanted.has("EDITORIAL") ? { id: { notIn: ids(false) } } : { id: { in: ids(true) } };
}
