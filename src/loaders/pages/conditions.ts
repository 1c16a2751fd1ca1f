import type { PrismaClient, SubjectKind } from "../../store/generated/client/client.ts";

/** A text that occurs in a column, letter case aside; `%` and `_` stand for themselves. */
export function containing(text: string) {
  return { contains: text.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
}

/** A value among some, where any are given. */
export function among<Value>(values: readonly Value[] | undefined): { in: Value[] } | undefined {
  return values === undefined ? undefined : { in: [...values] };
}

/** The ids of the rows of one kind that a document supports, as a condition; one SQL statement. */
export async function citedBy(
  prisma: PrismaClient,
  kind: SubjectKind,
  document: string | undefined,
): Promise<{ in: number[] } | undefined> {
  if (document === undefined) return undefined;
  const cited = await prisma.citation.findMany({
    where: { subjectKind: kind, document: { slug: document } },
    select: { subjectId: true },
    distinct: ["subjectId"],
  });
  return { in: cited.map((row) => row.subjectId) };
}
