import DataLoader from "dataloader";
import { type Basis, type Citation, Prisma, type SubjectKind } from "../store/generated/client/client.ts";
import type { RowReader } from "../store/store.ts";
import type { Page } from "./pages/page.ts";
import { boundedCache } from "./rows.ts";

/** The citations of a document to list; all conditions must hold. */
export interface CitationFilter {
  readonly document: number;
  /** The first and the last line, both included. */
  readonly fromLine?: number;
  readonly toLine?: number;
  /** The citation supports a row of one of these kinds. */
  readonly kinds?: readonly SubjectKind[];
  readonly bases?: readonly Basis[];
}

/** The place of a citation in a document: its line, then its id. */
export interface CitationPlace {
  readonly line: number;
  readonly id: number;
}

export interface CitationPageRequest {
  readonly filter: CitationFilter;
  /** Only citations after this place. */
  readonly after: CitationPlace | undefined;
  /** Only citations before this place. */
  readonly before: CitationPlace | undefined;
  /** Take the last ones instead of the first. */
  readonly fromEnd: boolean;
  readonly size: number;
}

/**
 * Pages of citations in the order of lines. All pages that are asked for in one turn of the event loop take one SQL
 * statement, which reads of each page one row more than it shows.
 */
export function citationPageLoader(
  prisma: RowReader,
): DataLoader<CitationPageRequest, Page<Citation>, string> {
  return new DataLoader(
    async (requests) => {
      const asked = requests.map(({ filter, after, before, fromEnd, size }) => ({
        ...filter,
        ...(after && { afterLine: after.line, afterId: after.id }),
        ...(before && { beforeLine: before.line, beforeId: before.id }),
        direction: fromEnd ? -1 : 1,
        size,
      }));
      const pages: Citation[][] = requests.map(() => []);
      const rows = await prisma.$queryRaw<{ page: number; citation: Citation }[]>`
        SELECT "page", to_json("found") AS "citation" FROM ${tableOf(asked)} CROSS JOIN LATERAL (
          SELECT * FROM "Citation" WHERE ${PASSES}
            AND ("afterId" IS NULL OR ("line", "id") > ("afterLine", "afterId"))
            AND ("beforeId" IS NULL OR ("line", "id") < ("beforeLine", "beforeId"))
          ORDER BY "line" * "direction", "id" * "direction" LIMIT "size" + 1
        ) AS "found" ORDER BY "page", "found"."line", "found"."id"`;
      for (const { page, citation } of rows) pages[page]!.push(citation);
      return requests.map(({ fromEnd, size }, page) => {
        const read = pages[page]!;
        const more = read.length > size;
        return { rows: fromEnd && more ? read.slice(1) : read.slice(0, size), more };
      });
    },
    { cacheKeyFn: (request) => JSON.stringify(request), cacheMap: boundedCache() },
  );
}

/** How many citations pass a filter. All filters of one turn of the event loop take one SQL statement. */
export function citationCountLoader(prisma: RowReader): DataLoader<CitationFilter, number, string> {
  return new DataLoader(
    async (filters) => {
      const counts = await prisma.$queryRaw<{ count: number }[]>`
        SELECT (SELECT count(*)::int FROM "Citation" WHERE ${PASSES}) AS "count"
        FROM ${tableOf(filters)} ORDER BY "page"`;
      return counts.map(({ count }) => count);
    },
    { cacheKeyFn: (filter) => JSON.stringify(filter), cacheMap: boundedCache() },
  );
}

/** What is asked for, as a table with a row for each page. */
function tableOf(asked: readonly object[]): Prisma.Sql {
  const rows = JSON.stringify(asked.map((one, page) => ({ page, ...one })));
  return Prisma.sql`json_to_recordset(${rows}::json) AS "asked" ("page" int, "document" int, "fromLine" int,
    "toLine" int, "kinds" text[], "bases" text[], "afterLine" int, "afterId" int, "beforeLine" int, "beforeId" int,
    "direction" int, "size" int)`;
}

/** Whether a citation passes the filter of a row of that table. */
const PASSES = Prisma.sql`"documentId" = "document"
  AND ("fromLine" IS NULL OR "line" >= "fromLine") AND ("toLine" IS NULL OR "line" <= "toLine")
  AND ("kinds" IS NULL OR "subjectKind"::text = ANY ("kinds")) AND ("bases" IS NULL OR "basis"::text = ANY ("bases"))`;
