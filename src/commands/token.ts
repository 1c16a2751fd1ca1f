import type { Scope } from "../api/viewer.ts";
import { readConfig } from "../config.ts";
import { secretOf } from "../http/access/secret-file.ts";
import { signToken } from "../http/access/web-tokens.ts";
import { CommandFault } from "./command-fault.ts";

export interface TokenOptions {
  readonly sub: string;
  readonly scope: readonly Scope[];
  /** In seconds. */
  readonly expiresIn: number;
}

/**
 * `token`: prints a JSON Web Token that the server of the same settings believes. It is signed with JWT_SECRET or, for the
 * embedded database, with the secret in the data folder, which is made when there is none.
 */
export async function tokenCommand({ sub, scope, expiresIn }: TokenOptions): Promise<void> {
  const { databaseUrl, dataDir, tokens } = readConfig();
  if (tokens.secret === undefined && databaseUrl !== undefined)
    throw new CommandFault(
      "expected JWT_SECRET to be set, as it is for the servers on this database: there is no data folder to keep one in",
    );
  const secret = tokens.secret ?? secretOf(dataDir);
  const token = await signToken(secret, tokens, { subject: sub, scopes: scope, seconds: expiresIn });
  process.stdout.write(`${token}\n`);
}
