import { z } from "zod";
import { createApiKey, listApiKeys, revokeApiKey } from "../store/rows/api-keys.ts";
import { CommandFault } from "./command-fault.ts";
import { storeCommand } from "./store-command.ts";

/** `key create`, `key list` and `key revoke`: the keys of programs that may write. */

/** The scopes that a key may have. Learners have tokens: a key is nobody's own. */
export const KEY_SCOPES = ["graph:write", "graph:admin"] as const;

const name = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?$/, "expected a name of lower-case letters, digits, - and .");

export const createKey = storeCommand(
  z.strictObject({ name, scope: z.array(z.enum(KEY_SCOPES)).min(1), expiresIn: z.number().optional() }),
  async ({ prisma }, { name, scope, expiresIn }, { stdout, stderr }) => {
    const expiresAt = expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1_000);
    const key = await createApiKey(prisma, { name, scopes: scope, expiresAt });
    if (key === undefined)
      throw new CommandFault(
        `expected a name that no key has or had, got "${name}": the change log tells keys apart by it`,
      );
    // The key alone on standard output, for `KEY=$(…)`.
    stdout.write(`${key}\n`);
    stderr.write("Keep it now: nobody can read it again.\n");
  },
);

export const listKeys = storeCommand(z.strictObject({}), async ({ prisma }, _args, { stdout }) => {
  const keys = await listApiKeys(prisma);
  if (keys.length === 0) stdout.write("There are no keys.\n");
  for (const { name, scopes, createdAt, expiresAt, revokedAt } of keys) {
    const told = [name, scopes.join(" "), `made ${dayOf(createdAt)}`];
    if (expiresAt !== null)
      told.push(`${expiresAt.getTime() <= Date.now() ? "expired" : "until"} ${dayOf(expiresAt)}`);
    if (revokedAt !== null) told.push(`revoked ${dayOf(revokedAt)}`);
    stdout.write(`${told.join("  ")}\n`);
  }
});

export const revokeKey = storeCommand(z.strictObject({ name }), async ({ prisma }, { name }, { stdout }) => {
  if (!(await revokeApiKey(prisma, name)))
    throw new CommandFault(`expected the name of a key, got "${name}": \`key list\` has them`);
  stdout.write(`The key ${name} is of no use any more.\n`);
});

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
