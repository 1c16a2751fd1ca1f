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

export type LogEntry = Awaited<ReturnType<ReturnType<typeof changeLog>["load"]>>["rows"][number];

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
      include: { of: true },
    });
  return {
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
