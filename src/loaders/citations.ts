import type { Basis, Citation, PrismaClient, SubjectKind } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader } from "./batch.ts";

/** A row that documents can support. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: number;
}

/** Names a subject among all subjects. */
export function subjectKey(subject: Subject): string {
  return `${subject.kind}:${subject.id}`;
}

/** Subjects as a condition on the columns `subjectKind` and `subjectId`: one term for each kind. */
export function whereSubjects(subjects: readonly Subject[]) {
  const ids = new Map<SubjectKind, number[]>();
  for (const { kind, id } of subjects) {
    const list = ids.get(kind);
    if (list === undefined) ids.set(kind, [id]);
    else list.push(id);
  }
  return { OR: [...ids].map(([subjectKind, list]) => ({ subjectKind, subjectId: { in: list } })) };
}

const STRONGEST_FIRST: readonly Basis[] = ["EXPLICIT", "IMPLIED", "ORDERING"];

/** The strongest basis of some; `EDITORIAL` where there is none. */
export function strongestBasis(bases: readonly Basis[]): Basis {
  return STRONGEST_FIRST.find((basis) => bases.includes(basis)) ?? "EDITORIAL";
}

/** The citations of any rows, by subject, in the order of documents and lines. */
export function citationLoader(prisma: PrismaClient): ListLoader<Subject, Citation> {
  return listLoader(
    (subjects) =>
      prisma.citation.findMany({
        where: whereSubjects(subjects),
        orderBy: [{ documentId: "asc" }, { line: "asc" }, { id: "asc" }],
      }),
    (row) => subjectKey({ kind: row.subjectKind, id: row.subjectId }),
    subjectKey,
  );
}
