import { type HistoryFault, MAX_HISTORY_ENTRIES } from "../../store/rows/read-history.ts";
import { fault, type ValidationError } from "./errors.ts";

/** Why a history is not known, as the fault of the argument that it begins at. */
export function untold({ why }: HistoryFault, argument: string, revision: number): ValidationError {
  return "tooLong" in why
    ? fault(
        argument,
        `a revision that at most ${MAX_HISTORY_ENTRIES} entries of the log came after`,
        revision,
      )
    : fault(
        argument,
        `a revision after which the log has kept all, which it did not of ${why.notKeptBy}, of too many entities or by an older program`,
        revision,
      );
}
