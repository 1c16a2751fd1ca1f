import type { CitationFilter, CitationPlace } from "../../loaders/citation-pages.ts";
import type { Context } from "../context.ts";
import { type PageArguments, pageSize, toConnection } from "../core/connection.ts";
import { brokenCursor, packCursor, unpackCursor } from "../core/cursor.ts";

const ORDER = "LINE";
const MAX_INT = 2 ** 31 - 1;

/**
 * A page of the citations of a document, in the order of lines. One SQL statement for all documents and
 * sections that are asked for in one turn, and one more when `totalCount` is selected. Throws BAD_USER_INPUT
 * as `resolvePage` does.
 */
export async function citationPage({ loaders }: Context, args: PageArguments, filter: CitationFilter) {
  const { after, before } = args;
  const page = await loaders.citationPages.load({
    filter,
    after: after == null ? undefined : place(after, "after"),
    before: before == null ? undefined : place(before, "before"),
    ...pageSize(args),
  });
  return toConnection(args, page, {
    cursorOf: ({ line, id }) => packCursor([ORDER, line, id]),
    toNode: (row) => row,
    totalCount: () => loaders.citationCounts.load(filter),
  });
}

function place(cursor: string, argument: string): CitationPlace {
  const [order, line, id, ...rest] = unpackCursor(cursor);
  if (order !== ORDER || !isCount(line) || !isCount(id) || rest.length > 0)
    throw brokenCursor(cursor, argument);
  return { line, id };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_INT;
}
