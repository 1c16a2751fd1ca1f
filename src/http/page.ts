import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Headers of every answer of the server, in the flat form that `writeHead` takes: pages of any origin may ask, since
 * cookies give no rights here, and may read the headers that they need; no browser may take an answer for another type than it says.
 */
export const COMMON_HEADERS: readonly string[] = [
  "access-control-allow-origin",
  "*",
  "access-control-expose-headers",
  "ETag, Retry-After",
  "x-content-type-options",
  "nosniff",
];

/** Puts them into an answer that somebody else writes. */
export function setCommonHeaders(response: ServerResponse): void {
  for (let at = 0; at < COMMON_HEADERS.length; at += 2)
    response.setHeader(COMMON_HEADERS[at]!, COMMON_HEADERS[at + 1]!);
}

/** How long a browser may remember the answer to a preflight, in seconds: Chromium's limit. */
const PREFLIGHT_MAX_AGE_SECONDS = 7_200;

/** What the server sends beside answers to GraphQL. */
export interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  /** Further headers, in flat form. */
  readonly headers?: readonly string[];
}

export function jsonPage(status: number, value: unknown, headers?: readonly string[]): Page {
  return { status, type: "application/json; charset=utf-8", body: `${JSON.stringify(value)}\n`, headers };
}

export function sendPage(request: IncomingMessage, response: ServerResponse, page: Page): void {
  const headers = ["content-type", page.type, ...(page.headers ?? []), ...COMMON_HEADERS];
  // A 304 has no length: it would be taken for the length of what the client has.
  if (page.status !== 304) headers.push("content-length", String(Buffer.byteLength(page.body)));
  response.writeHead(page.status, headers);
  response.end(request.method === "HEAD" ? undefined : page.body);
}

/** Answers the question that a browser asks before a request of another origin: may it? It may. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const wanted = request.headers["access-control-request-headers"];
  response.writeHead(204, [
    ...["access-control-allow-methods", "GET, HEAD, POST"],
    ...(wanted === undefined ? [] : ["access-control-allow-headers", wanted]),
    ...["access-control-max-age", String(PREFLIGHT_MAX_AGE_SECONDS)],
    ...["vary", "Access-Control-Request-Headers", "content-length", "0"],
    ...COMMON_HEADERS,
  ]);
  response.end();
}
