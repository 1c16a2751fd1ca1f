import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The file in a data folder with the secret that tokens are signed with where none was configured. */
const NAME = "token-secret";

/** Readable and writable by its owner alone. */
const OWNER_ONLY = 0o600;

/** A file with the secret that others can read, or that holds none. */
export class SecretFileError extends Error {
  override readonly name = "SecretFileError";
  readonly code = "SECRET_UNUSABLE";
}

/**
 * The secret of a data folder, made when it is first asked for. Of two processes that ask first at the same moment, one
 * makes it and the other reads it. Throws a `SecretFileError` where others than its owner can read it.
 */
export function secretOf(dataDir: string): string {
  const path = join(dataDir, NAME);
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, `${randomBytes(32).toString("base64url")}\n`, { flag: "wx", mode: OWNER_ONLY });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  // Windows has no such modes.
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0)
    throw new SecretFileError(
      `expected ${path} to be readable by its owner alone, got others too: run chmod 600, or delete it to have another one made.`,
    );
  const secret = readFileSync(path, "utf8").trim();
  if (!/^[\w-]{43}$/.test(secret))
    throw new SecretFileError(
      `expected a secret in ${path}, got something else: delete it to have another one made.`,
    );
  return secret;
}
