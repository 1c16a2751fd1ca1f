import type { StoreCommand } from "./store-command.ts";

/** The commands on the stored graph by name. Each is loaded when it runs. */
export const STORE_COMMANDS = {
  migrate: async () => (await import("./migrate.ts")).migrate,
  seed: async () => (await import("./import.ts")).seedAgain,
  import: async () => (await import("./import.ts")).importFiles,
  export: async () => (await import("./export.ts")).exportGraph,
  "key create": async () => (await import("./key.ts")).createKey,
  "key list": async () => (await import("./key.ts")).listKeys,
  "key revoke": async () => (await import("./key.ts")).revokeKey,
  path: async () => (await import("./path.ts")).path,
} satisfies Record<string, () => Promise<StoreCommand>>;

export type StoreCommandName = keyof typeof STORE_COMMANDS;

export function isStoreCommand(name: string): name is StoreCommandName {
  return Object.hasOwn(STORE_COMMANDS, name);
}
