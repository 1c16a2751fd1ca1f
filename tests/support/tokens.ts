import type { Scope } from "../../src/api/viewer.ts";
import { signToken } from "../../src/http/access/web-tokens.ts";

/** What the servers of tests sign tokens with. */
export const TOKEN_SECRET = "a-secret-of-the-tests-of-40-letters-long";

/** The headers of somebody with a token that the servers of tests believe. */
export async function bearing(
  subject: string,
  ...scopes: readonly Scope[]
): Promise<{ authorization: string }> {
  const token = await signToken(TOKEN_SECRET, {}, { subject, scopes, seconds: 600 });
  return { authorization: `Bearer ${token}` };
}
