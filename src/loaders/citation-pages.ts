import DataLoader from "dataloader";
import type { Basis, Citation, Prisma, PrismaClient, SubjectKind } from "../store/generated/client/client.ts";
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

type Cited = Pick<Citation, "documentId" | "line" | "subjectKind" | "basis">;

/**
 * Pages of citations in the order of lines. All pages that are asked for in one turn of the event loop take one SQL
 * statement. A single page is limited by the database; of several, the statement reads all citations that any of
 * them could show.
 */
export function citationPageLoader(
  prisma: PrismaClient,
): DataLoader<CitationPageRequest, Page<Citation>, string> {
  return new DataLoader(
    async (requests) => {
      const [first] = requests;
      const alone = requests.length === 1 ? first : undefined;
      const direction = alone?.fromEnd === true ? "desc" : "asc";
      const rows = await prisma.citation.findMany({
        where: { OR: requests.map(wherePage) },
        orderBy: [{ line: direction }, { id: direction }],
        take: alone === undefined ? undefined : alone.size + 1,
      });
      if (direction === "desc") rows.reverse();
      return requests.map((request) => pageOf(rows, request));
    },
    { cacheKeyFn: (request) => JSON.stringify(request), cacheMap: boundedCache() },
  );
}

/** How many citations pass a filter. All filters of one turn of the event loop take one SQL statement. */
export function citationCountLoader(prisma: PrismaClient): DataLoader<CitationFilter, number, string> {
  return new DataLoader(
    async (filters) => {
      const groups = await prisma.citation.groupBy({
        by: ["documentId", "line", "subjectKind", "basis"],
        where: { OR: filters.map(whereFilter) },
        _count: { _all: true },
      });
      return filters.map((filter) =>
        groups.reduce((sum, group) => sum + (passes(filter, group) ? group._count._all : 0), 0),
      );
    },
    { cacheKeyFn: (filter) => JSON.stringify(filter), cacheMap: boundedCache() },
  );
}

function whereFilter({
  document,
  fromLine,
  toLine,
  kinds,
  bases,
}: CitationFilter): Prisma.CitationWhereInput {
  return {
    documentId: document,
    line: { gte: fromLine, lte: toLine },
    subjectKind: kinds && { in: [...kinds] },
    basis: bases && { in: [...bases] },
  };
}

function passes({ document, fromLine, toLine, kinds, bases }: CitationFilter, row: Cited): boolean {
  return (
    row.documentId === document &&
    row.line >= (fromLine ?? 0) &&
    row.line <= (toLine ?? Number.POSITIVE_INFINITY) &&
    (kinds?.includes(row.subjectKind) ?? true) &&
    (bases?.includes(row.basis) ?? true)
  );
}

function wherePage({ filter, after, before }: CitationPageRequest): Prisma.CitationWhereInput {
  return {
    AND: [
      whereFilter(filter),
      after === undefined
        ? {}
        : { OR: [{ line: { gt: after.line } }, { line: after.line, id: { gt: after.id } }] },
      before === undefined
        ? {}
        : { OR: [{ line: { lt: before.line } }, { line: before.line, id: { lt: before.id } }] },
    ],
  };
}

function pageOf(
  rows: readonly Citation[],
  { filter, after, before, fromEnd, size }: CitationPageRequest,
): Page<Citation> {
  const matching = rows.filter(
    (row) =>
      passes(filter, row) &&
      (after === undefined || inOrder(after, row)) &&
      (before === undefined || inOrder(row, before)),
  );
  const start = fromEnd ? Math.max(0, matching.length - size) : 0;
  return { rows: matching.slice(start, start + size), more: matching.length > size };
}

/** Whether one place comes strictly before the other. */
function inOrder(one: CitationPlace, other: CitationPlace): boolean {
  return one.line < other.line || (one.line === other.line && one.id < other.id);
}
