import { LRUCache } from "lru-cache";
import type { RowReader } from "../store/store.ts";
import type { Page } from "./pages/page.ts";

/** A place in the change log: revisions in their order, the changes of each in theirs. */
export interface LogPlace {
  readonly revision: number;
  readonly ordinal: number;
}

/** A stretch of the log: what came after one revision, up to another. */
export interface LogStretch {
  readonly since: number;
  readonly upTo: number;
}

interface LogRequest extends LogStretch {
  readonly after: LogPlace | undefined;
  readonly before: LogPlace | undefined;
  readonly size: number;
  /** Take the last entries instead of the first. */
  readonly fromEnd: boolean;
}

/** A revision, as the log has it. */
export type LoggedRevision = Awaited<ReturnType<ReturnType<typeof changeLog>["revisions"]>>[number];

export type LogEntry = Awaited<ReturnType<ReturnType<typeof changeLog>["load"]>>["rows"][number];

/** Revisions of one page: each becomes an event, and the next page is read when those are sent. */
const REVISIONS_PAGE = 100;
/** Stretches of revisions that are kept: all who follow the graph ask for the same one at the same moment. */
const KEPT_STRETCHES = 20;

/** The pages of the change log, oldest first, each one statement by the key of the table, wherever it begins. */
export function changeLog(prisma: RowReader) {
  const between = ({ since, upTo }: LogStretch) => ({ revision: { gt: since, lte: upTo } });
  const past = (comparison: "gt" | "lt", { revision, ordinal }: LogPlace) => ({
    OR: [{ revision: { [comparison]: revision } }, { revision, ordinal: { [comparison]: ordinal } }],
  });
  const read = (where: object, direction: "asc" | "desc", take: number) =>
    prisma.change.findMany({
      where,
      orderBy: [{ revision: direction }, { ordinal: direction }],
      take,
      omit: { before: true },
      include: { of: true },
    });
  const readRevisions = ({ since, upTo }: LogStretch) =>
    prisma.revision.findMany({
      where: { number: { gt: since, lte: upTo } },
      orderBy: { number: "asc" },
      take: REVISIONS_PAGE,
    });
  const stretches = new LRUCache<string, ReturnType<typeof readRevisions>>({ max: KEPT_STRETCHES });
  return {
    /** The first revisions of a stretch, oldest first, at least one where it has any. */
    revisions(stretch: LogStretch) {
      const key = `${stretch.since} ${stretch.upTo}`;
      let reading = stretches.get(key);
      if (reading === undefined) {
        reading = readRevisions(stretch);
        stretches.set(key, reading);
        reading.catch(() => stretches.delete(key));
      }
      return reading;
    },
    async load({ after, before, size, fromEnd, ...stretch }: LogRequest) {
      const conditions: object[] = [between(stretch)];
      if (after !== undefined) conditions.push(past("gt", after));
      if (before !== undefined) conditions.push(past("lt", before));
      // One more than asked for shows whether the log goes on.
      const entries = await read({ AND: conditions }, fromEnd ? "desc" : "asc", size + 1);
      const rows = entries.slice(0, size);
      return { rows: fromEnd ? rows.reverse() : rows, more: entries.length > size } satisfies Page<unknown>;
    },
    count: (stretch: LogStretch) => prisma.change.count({ where: between(stretch) }),
  };
}
