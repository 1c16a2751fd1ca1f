import type { Writable } from "node:stream";
import type { z } from "zod";
import type { Store } from "../store/store.ts";
import { CommandFault } from "./command-fault.ts";

/** Where a command was called: in this process, or in another that a server does it for. */
export interface Terminal {
  readonly stdout: Writable;
  /** Once it cannot be written to, nobody waits for the command any longer. */
  readonly stderr: Writable;
  /** The folder in which relative paths begin. */
  readonly folder: string;
}

/** A command on the stored graph. A server that holds the data folder does it for others, on its own store. */
export interface StoreCommand {
  /** Throws a `CommandFault` when the arguments, which come from the command line, are not those of the command. */
  run(store: Store, args: unknown, terminal: Terminal): Promise<void>;
}

/** A command whose arguments follow a schema. Schemas are strict: a server that is older must not pass over an option. */
export function storeCommand<Args>(
  schema: z.ZodType<Args>,
  run: (store: Store, args: Args, terminal: Terminal) => Promise<void>,
): StoreCommand {
  return {
    run: (store, given, terminal) => {
      const { success, data, error } = schema.safeParse(given);
      if (!success) throw new CommandFault(error.issues.map(({ message }) => message).join("; "));
      return run(store, data, terminal);
    },
  };
}
