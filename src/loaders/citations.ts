import type { Basis, Citation, Claim, Prisma, SubjectKind } from "../store/generated/client/client.ts";
import type { RowReader } from "../store/store.ts";
import { type ListLoader, listLoader } from "./rows.ts";

/** A row that documents can support. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: number;
}

/** A subject as one string. */
function subjectKey({ kind, id }: Subject): string {
  return `${kind}:${id}`;
}

/** The rows that name a subject, by it. Their condition has one term for each kind. */
function listBySubject<Row extends { readonly subjectKind: SubjectKind; readonly subjectId: number }>(
  find: (where: { OR: { subjectKind: SubjectKind; subjectId: { in: number[] } }[] }) => Promise<Row[]>,
): ListLoader<Subject, Row> {
  return listLoader(
    (subjects) => {
      const kinds = [...new Set(subjects.map(({ kind }) => kind))];
      const idsOf = (kind: SubjectKind) => subjects.filter((one) => one.kind === kind).map(({ id }) => id);
      return find({
        OR: kinds.map((subjectKind) => ({ subjectKind, subjectId: { in: idsOf(subjectKind) } })),
      });
    },
    (row) => subjectKey({ kind: row.subjectKind, id: row.subjectId }),
    subjectKey,
  );
}

const STRONGEST_FIRST: readonly Basis[] = ["EXPLICIT", "IMPLIED", "ORDERING"];

/** The strongest of several bases; `EDITORIAL` where there is none. */
export function strongestBasis(bases: readonly Basis[]): Basis {
  return STRONGEST_FIRST.find((basis) => bases.includes(basis)) ?? "EDITORIAL";
}

/** The citations of rows of any kind, by subject, in the order of documents and lines. */
export function citationLoader({ citation }: RowReader): ListLoader<Subject, Citation> {
  const orderBy: Prisma.CitationOrderByWithRelationInput[] = [
    { documentId: "asc" },
    { line: "asc" },
    { id: "asc" },
  ];
  return listBySubject((where) => citation.findMany({ where, orderBy }));
}

/** What documents claim about rows, by subject. */
export function claimLoader({ claim }: RowReader): ListLoader<Subject, Claim> {
  return listBySubject((where) => claim.findMany({ where, orderBy: { id: "asc" } }));
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
export async function disputedFields(prisma: RowReader): Promise<DisputedField[]> {
  // Databases differ in how they order text, unless they are told.
  const fields = await prisma.$queryRaw<{ kind: SubjectKind; id: number; field: string }[]>`
    SELECT "subjectKind"::text AS "kind", "subjectId" AS "id", "field" FROM "Claim"
    GROUP BY "subjectKind", "subjectId", "field" HAVING count(DISTINCT "value") > 1
    ORDER BY "subjectKind"::text COLLATE "C", "subjectId", "field" COLLATE "C"`;
  return fields.map(({ kind, id, field }) => ({ subject: { kind, id }, field }));
}
