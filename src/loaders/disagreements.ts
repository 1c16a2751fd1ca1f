import type { PrismaClient } from "../store/generated/client/client.ts";
import { type Subject, subjectKey } from "./citations.ts";

/** One field of one row of which differing values are claimed. */
export interface DisputedField {
  readonly subject: Subject;
  readonly field: string;
}

/**
 * The fields of which differing values are claimed, ordered by kind, id and field. One SQL statement,
 * O(claims log claims).
 */
export async function disputedFields(prisma: PrismaClient): Promise<DisputedField[]> {
  const claimed = await prisma.claim.groupBy({
    by: ["subjectKind", "subjectId", "field", "value"],
  });
  const fields = new Map<string, DisputedField & { values: number }>();
  for (const { subjectKind, subjectId, field } of claimed) {
    const subject = { kind: subjectKind, id: subjectId };
    const key = `${subjectKey(subject)}:${field}`;
    const known = fields.get(key);
    if (known === undefined) fields.set(key, { subject, field, values: 1 });
    else known.values += 1;
  }
  // Sorted here: databases differ in how they order texts.
  return [...fields.values()]
    .filter(({ values }) => values > 1)
    .sort(
      (a, b) =>
        compare(a.subject.kind, b.subject.kind) || a.subject.id - b.subject.id || compare(a.field, b.field),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
