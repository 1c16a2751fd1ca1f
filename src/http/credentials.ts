import { hash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { GraphQLError } from "graphql";

/** Whether a request brings the token. How long that takes says nothing about the token. */
export function bearsToken({ headers }: IncomingMessage, token: string): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return hash("sha256", text, "buffer");
}

/** Decides who may write: whoever brings the token of the server, and nobody where it has none. */
export class Writers {
  readonly #token: string | undefined;

  constructor(token: string | undefined) {
    this.#token = token;
  }

  /** Throws a `GraphQLError` unless the request may write: status 403 where nobody may, otherwise 401. */
  admit(request: IncomingMessage): void {
    if (this.#token === undefined)
      throw refusal(403, "FORBIDDEN", "This server takes no mutations: it was started without an API_TOKEN.");
    if (bearsToken(request, this.#token)) return;
    const came = request.headers.authorization === undefined ? "no such header" : "another one";
    throw refusal(
      401,
      "UNAUTHENTICATED",
      `Expected the header Authorization: Bearer with the server's API_TOKEN, got ${came}.`,
      { "www-authenticate": 'Bearer realm="mutations"' },
    );
  }
}

function refusal(status: number, code: string, message: string, headers = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status, headers } } });
}
