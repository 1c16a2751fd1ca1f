import type { Basis, Citation, Claim, PrismaClient, SubjectKind } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader } from "./rows.ts";

/** A row that documents can support. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: number;
}

/** A subject as one string. */
export function subjectKey(subject: Subject): string {
  return `${subject.kind}:${subject.id}`;
}

const subjectOf = (row: { readonly subjectKind: SubjectKind; readonly subjectId: number }): string =>
  subjectKey({ kind: row.subjectKind, id: row.subjectId });

/** A condition on the columns `subjectKind` and `subjectId`: one term for each kind. */
function whereSubjects(subjects: readonly Subject[]) {
  const ids = new Map<SubjectKind, number[]>();
  for (const { kind, id } of subjects) {
    const list = ids.get(kind);
    if (list === undefined) ids.set(kind, [id]);
    else list.push(id);
  }
  return { OR: [...ids].map(([subjectKind, list]) => ({ subjectKind, subjectId: { in: list } })) };
}

const STRONGEST_FIRST: readonly Basis[] = ["EXPLICIT", "IMPLIED", "ORDERING"];

/** The strongest of several bases; `EDITORIAL` where there is none. */
export function strongestBasis(bases: readonly Basis[]): Basis {
  return STRONGEST_FIRST.find((basis) => bases.includes(basis)) ?? "EDITORIAL";
}

/** The citations of rows of any kind, by subject, in the order of documents and lines. */
export function citationLoader(prisma: PrismaClient): ListLoader<Subject, Citation> {
  return listLoader(
    (subjects) =>
      prisma.citation.findMany({
        where: whereSubjects(subjects),
        orderBy: [{ documentId: "asc" }, { line: "asc" }, { id: "asc" }],
      }),
    subjectOf,
    subjectKey,
  );
}

/** What documents claim about rows, by subject. */
export function claimLoader(prisma: PrismaClient): ListLoader<Subject, Claim> {
  return listLoader(
    (subjects) => prisma.claim.findMany({ where: whereSubjects(subjects), orderBy: { id: "asc" } }),
    subjectOf,
    subjectKey,
  );
}

/** A field of a row for which documents claim different values. */
export interface DisputedField {
  readonly subject: Subject;
  readonly field: string;
}

/**
 * The fields for which documents claim different values, ordered by kind, id and field. One SQL statement that
 * returns only these; O(claims log claims).
 */
export async function disputedFields(prisma: PrismaClient): Promise<DisputedField[]> {
  const fields = await prisma.$queryRaw<{ kind: SubjectKind; id: number; field: string }[]>`
    SELECT "subjectKind"::text AS "kind", "subjectId" AS "id", "field" FROM "Claim"
    GROUP BY "subjectKind", "subjectId", "field" HAVING count(DISTINCT "value") > 1`;
  // Sorted here, because databases differ in how they order text.
  return fields
    .map(({ kind, id, field }) => ({ subject: { kind, id }, field }))
    .sort(
      (a, b) =>
        compare(a.subject.kind, b.subject.kind) || a.subject.id - b.subject.id || compare(a.field, b.field),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
