import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { requestIdHeader } from "./request-id.ts";

/**
 * Headers of every answer of the server, in the flat form that `writeHead` takes. Pages of any origin may ask, since
 * cookies give no rights here, and may read the headers that they need. No browser may take an answer for another type
 * than it says, or tell others where its visitor came from. That connections are encrypted, and how long that holds, is
 * said by whatever encrypts them.
 */
const EVERY_ANSWER: readonly string[] = [
  ...["access-control-allow-origin", "*"],
  ...["access-control-expose-headers", "ETag, Retry-After, X-Request-Id"],
  ...["cross-origin-resource-policy", "cross-origin"],
  ...["referrer-policy", "no-referrer"],
  ...["x-content-type-options", "nosniff"],
  ...["x-dns-prefetch-control", "off"],
  ...["x-permitted-cross-domain-policies", "none"],
];

const policy = (value: string): string[] => ["content-security-policy", value];

/** Headers of what is data: shown as a page by itself, it loads nothing, runs nothing and is in no frame. */
export const DATA_HEADERS: readonly string[] = [
  ...EVERY_ANSWER,
  ...policy("default-src 'none'; frame-ancestors 'none'"),
];

/** Puts them, and the id of a request, into its answer that somebody else writes. */
export function setDataHeaders(request: IncomingMessage, response: ServerResponse): void {
  const headers = [...DATA_HEADERS, ...requestIdHeader(request)];
  for (let at = 0; at < headers.length; at += 2) response.setHeader(headers[at]!, headers[at + 1]!);
}

/** How long a browser may remember the answer to a preflight, in seconds: Chromium's limit. */
const PREFLIGHT_MAX_AGE_SECONDS = 7_200;

/** A body that is made while it is sent, as fast as it is read. */
export interface StreamedBody {
  /** How many bytes it has, if that is known before, or has at most. */
  readonly length: number;
  readonly isExact: boolean;
  readonly open: () => Readable;
}

/** What the server sends beside answers to GraphQL. */
export interface Page<Body = string | Buffer> {
  readonly status: number;
  readonly type: string;
  readonly body: Body;
  /** Further headers, in flat form. */
  readonly headers?: readonly string[];
  /** The content security policy of a page that is more than data. */
  readonly policy?: string;
}

/** A page whose body may be made while it is sent. */
export type SentPage = Page<string | Buffer | StreamedBody>;

export function jsonPage(status: number, value: unknown, headers?: readonly string[]): Page {
  return { status, type: "application/json; charset=utf-8", body: `${JSON.stringify(value)}\n`, headers };
}

/** Headers of what was sent to somebody with credentials: nobody on the way may keep it for others. */
function forOne(headers: readonly string[]): string[] {
  const kept = headers.filter((_, at) => headers[at - (at % 2)] !== "cache-control");
  return [...kept, "cache-control", "private, no-store"];
}

/** Sends a page. Returns the bytes that its body has at most. */
export function sendPage(request: IncomingMessage, response: ServerResponse, page: SentPage): number {
  const common = page.policy === undefined ? DATA_HEADERS : [...EVERY_ANSWER, ...policy(page.policy)];
  const headers = [
    "content-type",
    page.type,
    ...(request.headers.authorization === undefined ? (page.headers ?? []) : forOne(page.headers ?? [])),
    ...common,
    ...requestIdHeader(request),
  ];
  const { body } = page;
  const isStreamed = typeof body === "object" && "open" in body;
  const length = isStreamed ? body.length : Buffer.byteLength(body);
  // A 304 has no length: it would be taken for the length of what the client has.
  if (page.status !== 304 && (!isStreamed || body.isExact)) headers.push("content-length", String(length));
  response.writeHead(page.status, headers);
  if (request.method === "HEAD") response.end();
  else if (!isStreamed) response.end(body);
  // A client that leaves ends the stream; a fault of the stream ends the connection, since the status has been sent.
  else pipeline(body.open(), response, () => {});
  return request.method === "HEAD" ? 0 : length;
}

/** Answers the question that a browser asks before a request of another origin: may it? It may. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const wanted = request.headers["access-control-request-headers"];
  response.writeHead(204, [
    ...["access-control-allow-methods", "GET, HEAD, POST"],
    ...(wanted === undefined ? [] : ["access-control-allow-headers", wanted]),
    ...["access-control-max-age", String(PREFLIGHT_MAX_AGE_SECONDS)],
    ...["vary", "Access-Control-Request-Headers", "content-length", "0"],
    ...DATA_HEADERS,
    ...requestIdHeader(request),
  ]);
  response.end();
}
