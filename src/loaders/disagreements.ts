import type { PrismaClient } from "../store/generated/client/client.ts";
import type { Subject } from "./citations.ts";

/** One field of one row of which differing values are claimed. */
export interface DisputedField {
  readonly subject: Subject;
  readonly field: string;
}

/**
 * The fields of which differing values are claimed, ordered by kind, id and field. One SQL statement that
 * returns just these, O(claims log claims).
 */
export async function disputedFields(prisma: PrismaClient): Promise<DisputedField[]> {
  const fields = await prisma.$queryRaw<{ kind: Subject["kind"]; id: number; field: string }[]>`
    SELECT "subjectKind"::text AS "kind", "subjectId" AS "id", "field" FROM "Claim"
    GROUP BY "subjectKind", "subjectId", "field" HAVING count(DISTINCT "value") > 1`;
  // Sorted here: databases differ in how they order texts.
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
