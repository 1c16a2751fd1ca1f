import type { IncomingMessage } from "node:http";
import { badRequest } from "./graphql/request.ts";

/** A name or address, with a port or without. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d*)?$/i;

/** Whether links and URLs can be made of what a client calls this host. */
export function isHost(host: string): boolean {
  return HOST.test(host) && URL.canParse(`http://${host}`);
}

/** The last host that passed: nearly all requests name the same, and parsing it is a twentieth of a stored answer's work. */
let lastHost: string | undefined;

/** Throws a `GraphQLError`, status 400, where the header `Host` names none. HTTP 1.0 allows to leave it out. */
export function expectHost({ headers: { host } }: IncomingMessage): void {
  if (host === undefined || host === lastHost) return;
  if (!isHost(host))
    throw badRequest("Expected a name or address in the header Host, with a port or without.");
  lastHost = host;
}
