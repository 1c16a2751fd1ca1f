import { hash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What a request brings as `Authorization: Bearer …`; other schemes, URLs and cookies give no rights. */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
}

/** Whether a request brings a token. How long that takes says nothing about the token. */
export function bearsToken(request: IncomingMessage, token: string): boolean {
  const given = bearerOf(request);
  return given !== undefined && isSame(given, token);
}

export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return hash("sha256", text, "buffer");
}
