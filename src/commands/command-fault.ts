/** A fault of whoever called the command: the message goes to standard error as it is, without a stack. */
export class CommandFault extends Error {
  override readonly name = "CommandFault";
}

/** What a command that has failed says: the code and the message of a known fault, the stack of a bug. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return `error: ${String(error)}`;
  if (error instanceof CommandFault) return `error: ${error.message}`;
  // The errors of the store, the configuration and the system carry a code; a bug does not.
  if ("code" in error && typeof error.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(error.code))
    return `error: ${error.code}: ${error.message}`;
  return `error: ${error.stack ?? error.message}`;
}
