import { inspect } from "node:util";
import { isDiskFull } from "../store/unavailable.ts";
import { visible } from "../words/visible.ts";

/** A mistake in how a command was called. Its message is printed to standard error without a stack. */
export class CommandFault extends Error {
  override readonly name = "CommandFault";
}

/** What a failed command prints: of an expected error the code and the message, of a bug the stack. */
export function describeFault(error: unknown): string {
  return visible(describe(error));
}

function describe(error: unknown): string {
  if (isDiskFull(error))
    return "error: DISK_FULL: the disk of the database is full, and what was to be written is not. Make room, and try again.";
  if (!(error instanceof Error)) return `error: ${inspect(error)}`;
  if (error instanceof CommandFault) return `error: ${error.message}`;
  // Errors of the store, the configuration and the system have a code; bugs have none.
  if ("code" in error && typeof error.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(error.code))
    return `error: ${error.code}: ${error.message}`;
  return `error: ${error.stack ?? error.message}`;
}
