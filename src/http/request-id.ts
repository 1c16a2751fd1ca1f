import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

const NAME = "x-request-id";

/** What may be one that a client or a proxy has given: nothing that is more than a name in a log or a header. */
const SANE = /^[\w.:-]{1,64}$/;

/** Keeps the id that a request came with, where it is sane, and gives it one otherwise. */
export function identify(request: IncomingMessage): void {
  const given = request.headers[NAME];
  if (typeof given !== "string" || !SANE.test(given)) request.headers[NAME] = randomUUID();
}

/** The id of a request, by which its answer and the log speak of it. */
export function requestIdOf({ headers }: IncomingMessage): string {
  return String(headers[NAME]);
}

/** The header that tells it, in flat form. */
export function requestIdHeader(request: IncomingMessage): [name: string, value: string] {
  return [NAME, requestIdOf(request)];
}
