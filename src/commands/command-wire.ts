import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/**
 * What a command and the server that carries it out say to one another: JSON, a line each. The command sends one
 * request, the server frames: what it prints, and in the end that it is done or what went wrong.
 */

/** A longer request is refused: all that a command line can hold fits. */
export const MAX_REQUEST_LENGTH = 4_000_000;

/** How long a command may take to send its request, which it does at once. */
export const REQUEST_TIMEOUT_MS = 5_000;

/** Commands at once: each may read the whole graph into memory. */
export const MAX_COMMANDS = 16;

/** How long a stop waits for commands under way, in milliseconds, before nobody hears of them any longer. */
export const COMMANDS_GRACE_MS = 5_000;

/** The version of the program, read when it starts: one that is installed later is another's. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "package.json"), "utf8"))).version;

export const commandRequest = z.object({
  version: z.string(),
  command: z.string(),
  /** What the command itself parses. */
  args: z.unknown(),
  /** Where the command was called. */
  folder: z.string(),
});
export type CommandRequest = z.infer<typeof commandRequest>;

/** 1, 2: for standard output or standard error, and how it is written here. 0: the end, with the fault if there was one. */
export const commandFrame = z.union([
  z.tuple([z.literal([1, 2]), z.string(), z.enum(["utf8", "base64"])]),
  z.tuple([z.literal(0), z.string().nullable()]),
]);
export type CommandFrame = z.infer<typeof commandFrame>;

/** The file in the folder of commands, beside the lock of a data folder, that says where its server listens. */
export const ADDRESS_FILE = "address";

export function lineOf(message: CommandRequest | CommandFrame): string {
  return `${JSON.stringify(message)}\n`;
}
