import type { RowReader } from "../store/store.ts";

/** How many rows of one sort two documents support. */
export interface Overlap {
  readonly both: number;
  readonly either: number;
}

/** What two documents support, by their ids. */
export interface DocumentPair {
  readonly first: number;
  readonly second: number;
  /** Rows of any kind. */
  readonly rows: Overlap;
  readonly skills: Overlap;
  /** Prerequisites and groups of requirements. */
  readonly prerequisites: Overlap;
}

/**
 * The pairs of documents that support a row both, those with the most such rows first. One SQL statement,
 * O(citations + pairs of citations of one row).
 */
export async function documentAgreement(prisma: RowReader, atMost: number): Promise<DocumentPair[]> {
  const read = await prisma.$queryRaw<Record<string, number>[]>`
    WITH "support" AS (SELECT DISTINCT "subjectKind", "subjectId", "documentId" FROM "Citation"),
    "own" AS (
      SELECT "documentId", count(*) AS "rows",
        count(*) FILTER (WHERE "subjectKind" = 'SKILL') AS "skills",
        count(*) FILTER (WHERE "subjectKind" = 'REQUIREMENT') AS "prerequisites"
      FROM "support" GROUP BY "documentId"
    ), "pairs" AS (
      SELECT a."documentId" AS "first", b."documentId" AS "second", count(*) AS "rows",
        count(*) FILTER (WHERE "subjectKind" = 'SKILL') AS "skills",
        count(*) FILTER (WHERE "subjectKind" = 'REQUIREMENT') AS "prerequisites"
      FROM "support" a JOIN "support" b USING ("subjectKind", "subjectId")
      WHERE a."documentId" < b."documentId" GROUP BY a."documentId", b."documentId"
    )
    SELECT p."first", p."second", p."rows"::int, p."skills"::int, p."prerequisites"::int,
      (a."rows" + b."rows" - p."rows")::int AS "eitherRows",
      (a."skills" + b."skills" - p."skills")::int AS "eitherSkills",
      (a."prerequisites" + b."prerequisites" - p."prerequisites")::int AS "eitherPrerequisites"
    FROM "pairs" p JOIN "own" a ON a."documentId" = p."first" JOIN "own" b ON b."documentId" = p."second"
    ORDER BY p."rows" DESC, p."first", p."second" LIMIT ${atMost}`;
  return read.map((row) => ({
    first: row.first!,
    second: row.second!,
    rows: { both: row.rows!, either: row.eitherRows! },
    skills: { both: row.skills!, either: row.eitherSkills! },
    prerequisites: { both: row.prerequisites!, either: row.eitherPrerequisites! },
  }));
}
