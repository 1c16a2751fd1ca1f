import { IDEMPOTENCY_HOURS } from "../../store/limits.ts";
import { entityDigest } from "../../store/rows/entity-digest.ts";
import type { Once } from "../../store/rows/idempotency.ts";
import type { WriteOutcome } from "../../store/rows/write-graph.ts";
import { isStorable } from "../../store/storable-text.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { fault } from "../core/errors.ts";
import { MAX_KEY_LENGTH } from "../limits.ts";
import { writeBy } from "./write-errors.ts";

/** The arguments of every mutation. */
export const ONCE_ARGUMENTS = builder.args((t) => ({
  dryRun: t.boolean({
    required: true,
    defaultValue: false,
    description: "Do and check everything, and leave no trace.",
  }),
  idempotencyKey: t.string({
    description: `Any text of at most ${MAX_KEY_LENGTH} letters that names this write, such as a new UUID. Sent again with the same key and arguments in the next ${IDEMPOTENCY_HOURS} hours, to any server, nothing is written again and the answer says what was written the first time. With the same key and anything else it is refused with KeyReusedError. What was refused may be sent again with its key. Not asked of a dry run.`,
  }),
}));

export interface OnceArguments {
  readonly dryRun: boolean;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Does a write, or tells what it did when the same was asked for with the same key. Whether it was is asked before, since
 * what the write looks at first is not what it was, and again under the lock, for those who ask at the same moment.
 */
export async function doneOnce(
  context: Context,
  mutation: string,
  args: OnceArguments,
  write: (once: Once | undefined) => Promise<WriteOutcome>,
): Promise<WriteOutcome> {
  const { idempotencyKey: key, dryRun, ...others } = args;
  if (key == null || dryRun) return write(undefined);
  if (key === "" || key.length > MAX_KEY_LENGTH || !isStorable(key))
    throw fault("idempotencyKey", `1 to ${MAX_KEY_LENGTH} letters that can be stored`, key);
  // What others call their writes is their own.
  const own = JSON.stringify([context.viewer.name, key]);
  const once = { key: own, request: entityDigest({ mutation, others }) };
  const first = () =>
    writeBy(context, async (store) => {
      const outcome = await store.firstOutcome(once);
      // Another server may have written it: the answer is read from a graph that holds it.
      if (outcome !== undefined) await store.refresh();
      return outcome;
    });
  const before = await first();
  if (before !== undefined) return before;
  try {
    const outcome = await write(once);
    return outcome.isReplay ? ((await first()) ?? outcome) : outcome;
  } catch (error) {
    // Whoever sent the same at the same moment may have been faster.
    const meanwhile = await first();
    if (meanwhile === undefined) throw error;
    return meanwhile;
  }
}
