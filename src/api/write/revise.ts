import { liftStatementLimit } from "../../store/database/statement-limits.ts";
import { oneByOne } from "../../store/one-by-one.ts";
import type { Deletions } from "../../store/rows/changes.ts";
import type { GraphRows } from "../../store/rows/graph-rows.ts";
import type { Once } from "../../store/rows/idempotency.ts";
import type { Decision } from "../../store/rows/proposals.ts";
import type { WriteOutcome } from "../../store/rows/write-graph.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { isStorable } from "../../store/storable-text.ts";
import type { RowReader } from "../../store/store.ts";
import { GraphWriteError } from "../../store/store-errors.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { ConflictError, fault } from "../core/errors.ts";
import { MAX_REASON_LENGTH } from "../limits.ts";
import { API_SOURCE } from "./graph-write.ts";
import { doneOnce, ONCE_ARGUMENTS, type OnceArguments } from "./once.ts";
import { writeBy } from "./write-errors.ts";

/** How often changes are made again because somebody else wrote between reading and writing. */
const MAX_ATTEMPTS = 5;

/** The arguments that mutations of rows have in common. */
export const WRITE_ARGUMENTS = builder.args((t) => ({
  ...ONCE_ARGUMENTS,
  reason: t.string({
    description: `Why, for the change log: at most ${MAX_REASON_LENGTH} letters.`,
  }),
}));

/** Their values. */
export interface WriteArguments extends OnceArguments {
  readonly reason?: string | null | undefined;
  readonly expectedRevision?: number | null | undefined;
  /** The proposal that is accepted by the write. */
  readonly accepts?: Decision;
}

/** Rows to write and entities to delete, made of the graph at one revision. */
export interface Edited {
  readonly rows: GraphRows;
  readonly deleted?: Deletions;
}

/** Reads stored rows. */
export type ReadStored = <Result>(read: (reader: RowReader) => Promise<Result>) => Promise<Result>;

/**
 * Writes what `edit` makes of the newest graph. The rows that it reads are of the revision of the snapshot, or the write
 * is refused under its lock, because somebody else has written; then everything is done again, a few times. Throws what
 * `edit` throws, ValidationError, UnlearnableError, ConflictError and KeyReusedError.
 */
export async function revise(
  context: Context,
  mutation: string,
  args: WriteArguments,
  edit: (snapshot: GraphSnapshot, read: ReadStored) => Promise<Edited>,
): Promise<WriteOutcome> {
  const { reason } = args;
  if (reason != null && (reason.length > MAX_REASON_LENGTH || !isStorable(reason)))
    throw fault("reason", `at most ${MAX_REASON_LENGTH} letters that can be stored`, reason);
  const attempts = async (once: Once | undefined) => {
    for (let attempt = 1; ; attempt++) {
      // Other servers may have written, and changes are made to the newest graph.
      await writeBy(context, (store) => store.refresh());
      try {
        return await attemptTo(context, args, once, edit);
      } catch (error) {
        const isOver = args.expectedRevision != null || attempt >= MAX_ATTEMPTS;
        if (isOver || !(error instanceof ConflictError) || error.versions !== undefined) throw error;
      }
    }
  };
  // Revisions of one process would otherwise make one another begin again, the more the more there are: of 32 clients of two
  // servers one would be done in a second.
  return doneOnce(context, mutation, args, (once) =>
    writeBy(context, (store) => oneByOne(store, "revisions", () => attempts(once))),
  );
}

function attemptTo(
  context: Context,
  { reason, dryRun, expectedRevision, accepts }: WriteArguments,
  once: Once | undefined,
  edit: (snapshot: GraphSnapshot, read: ReadStored) => Promise<Edited>,
): Promise<WriteOutcome> {
  const { snapshot } = context;
  const { revision } = snapshot;
  return writeBy(context, async (store) => {
    if (expectedRevision != null && expectedRevision !== revision)
      throw new GraphWriteError(
        "CONFLICT",
        `expected the graph at revision ${expectedRevision}, it is at ${revision}: read it again and repeat the change.`,
      );
    const { rows, deleted } = await edit(snapshot, (read) =>
      store.readAtOneRevision(async (_at, reader) => {
        await liftStatementLimit(reader);
        return read(reader);
      }),
    );
    return store.write(rows, API_SOURCE, {
      ...{ expectedRevision: revision, dryRun, author: context.viewer.name },
      ...(deleted !== undefined && { deleted }),
      ...(reason != null && { reason }),
      ...(once !== undefined && { once }),
      ...(accepts !== undefined && { accepts }),
    });
  });
}
