import { Basis, Prisma } from "../../store/generated/client/client.ts";
import type { RowReader } from "../../store/store.ts";

/** Conditions on how documents support the rows to list; all must hold. */
export interface SupportFilter {
  /** Supported by the document of this slug. */
  readonly citedBy?: string;
  /** Supported by at least one of the documents of these slugs. */
  readonly documents?: readonly string[];
  /** Supported by each of the documents of these slugs. */
  readonly citedByAll?: readonly string[];
  /** Supported by at least this number of documents. */
  readonly minAgreement?: number;
  /** The strongest basis is one of these; it is `EDITORIAL` where there is no citation. */
  readonly bases?: readonly Basis[];
}

/** The tables whose pages have such a filter, by the kind by which citations name their rows. */
const TABLES = {
  SKILL: "Skill",
  RESOURCE: "Resource",
  PROJECT: "Project",
  ROLE: "Role",
  ROADMAP: "Roadmap",
  NOTE: "Note",
} as const;
type PagedKind = keyof typeof TABLES;

export type IdCondition = { readonly id?: { readonly in: number[] } | { readonly notIn: number[] } };

/** A statement takes 32,767 parameters; those above this are for the other conditions of a page. */
export const MAX_IDS = 32_000;

/**
 * A condition on the ids of the rows of one kind, by one SQL statement. Citations name their rows by kind and id, so
 * Prisma cannot join them by a relation. If more than 32,000 rows match, the condition excludes the others instead.
 * Throws an Error if there are more than 32,000 of both.
 */
export async function supportedRows(
  prisma: RowReader,
  kind: PagedKind,
  { citedBy, documents, citedByAll = [], minAgreement = 0, bases }: SupportFilter,
): Promise<IdCondition> {
  const named = [...new Set(citedBy === undefined ? citedByAll : [citedBy, ...citedByAll])];
  if (named.length === 0 && documents === undefined && minAgreement < 1 && bases === undefined) return {};
  const anyOf = documents === undefined ? null : [...documents];
  // The values of the type "Basis" are declared from the strongest to the weakest.
  const [found] = await prisma.$queryRaw<{ matching: number[] | null; others: number[] | null }[]>`
    WITH "support" AS (
      SELECT "subjectId" AS "id", min("basis") AS "strongest", count(DISTINCT "documentId") AS "documents",
        count(DISTINCT "documentId") FILTER (WHERE "slug" = ANY (${named}::text[])) AS "named",
        bool_or("slug" = ANY (${anyOf}::text[])) AS "any"
      FROM "Citation" JOIN "Document" ON "Document"."id" = "documentId"
      WHERE "subjectKind"::text = ${kind} GROUP BY "subjectId"
    ), "judged" AS (
      SELECT "id", coalesce("named", 0) >= ${named.length} AND coalesce("documents", 0) >= ${minAgreement}
        AND (${anyOf}::text[] IS NULL OR coalesce("any", false))
        AND coalesce("strongest", 'EDITORIAL')::text = ANY (${bases ?? Object.values(Basis)}::text[]) AS "matches"
      FROM ${Prisma.raw(`"${TABLES[kind]}"`)} LEFT JOIN "support" USING ("id")
    )
    SELECT json_agg("id") FILTER (WHERE "matches") AS "matching",
      json_agg("id") FILTER (WHERE NOT "matches") AS "others" FROM "judged"`;
  return amongIds(found);
}

/**
 * The rows with the matching ids, or those without the others, whichever are few enough for a statement. Throws an
 * Error if neither are.
 */
export function amongIds(
  found: { readonly matching: number[] | null; readonly others: number[] | null } | undefined,
): IdCondition {
  const { matching, others } = { matching: found?.matching ?? [], others: found?.others ?? [] };
  if (matching.length <= MAX_IDS) return { id: { in: matching } };
  if (others.length <= MAX_IDS) return { id: { notIn: others } };
  throw new Error(`expected at most ${MAX_IDS} rows that match or do not, got ${others.length}`);
}
