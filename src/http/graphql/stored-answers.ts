import { promisify } from "node:util";
import { brotliCompress, constants, crc32, gzip } from "node:zlib";
import { LRUCache } from "lru-cache";
import type { AskedOperation } from "../answered.ts";
import {
  MAX_AGE_SECONDS,
  MAX_STORED_ANSWER_BYTES,
  MAX_STORED_BYTES,
  MIN_COMPRESSED_BYTES,
  STALE_WHILE_REVALIDATE_SECONDS,
} from "../limits.ts";
import { DATA_HEADERS } from "../page.ts";
import type { Encoding } from "./media-types.ts";

/** An answer as it goes over the wire. Headers are in the flat form that `writeHead` takes without copying them. */
export interface Answer {
  /** Unknown where none was read. */
  readonly operation: AskedOperation | undefined;
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** An answer that everybody may get. */
export interface StoredAnswer extends Answer {
  readonly etag: string;
  /** The headers of a 304. */
  readonly notModifiedHeaders: readonly string[];
}

/**
 * The answers of one revision, kept as bytes under the request they answer. Asking at another revision forgets them all:
 * a write invalidates them by moving the revision, and nothing has to be told. Bounded by `MAX_STORED_BYTES`; the least
 * recently used go first. O(1) for each call.
 */
export class StoredAnswers {
  #revision = -1;
  readonly #answers = new LRUCache<string, StoredAnswer>({
    maxSize: MAX_STORED_BYTES,
    maxEntrySize: MAX_STORED_ANSWER_BYTES,
    // The key counts too, and so does what V8 keeps around both.
    sizeCalculation: ({ body }, key) => body.length + key.length * 2 + 500,
  });

  get(revision: number, key: string): StoredAnswer | undefined {
    if (revision !== this.#revision) return undefined;
    return this.#answers.get(key);
  }

  set(revision: number, key: string, answer: StoredAnswer): void {
    // An answer that was computed before a write must not push out those after it.
    if (revision < this.#revision) return;
    if (revision > this.#revision) this.#answers.clear();
    this.#revision = revision;
    this.#answers.set(key, answer);
  }
}

/** The headers of an answer that nobody on the way may keep. */
export const NOT_STORED: readonly string[] = ["cache-control", "no-store"];

/** The same of an answer that is for whoever asked, and nobody else. */
export const FOR_ONE: readonly [name: string, value: string] = ["cache-control", "private, no-store"];

/** An answer for one request alone. */
export function plainAnswer(
  operation: AskedOperation | undefined,
  status: number,
  mediaType: string,
  content: string | Buffer,
  headers: readonly string[] = [],
): Answer {
  const body = typeof content === "string" ? Buffer.from(content) : content;
  const all = [...headersOf(mediaType, body), ...headers, ...DATA_HEADERS];
  return { operation, status, headers: all, body };
}

/** An answer to be sent again. */
export function storedAnswer(
  operation: AskedOperation | undefined,
  revision: number,
  mediaType: string,
  { body, encoding }: { readonly body: Buffer; readonly encoding?: Encoding },
): StoredAnswer {
  const { etag, headers: caching } = cachingOf(revision, body);
  const notModifiedHeaders = [...caching, ...DATA_HEADERS];
  const headers = [...headersOf(mediaType, body), ...notModifiedHeaders];
  if (encoding !== undefined) headers.push("content-encoding", encoding);
  return { operation, status: 200, headers, body, etag, notModifiedHeaders };
}

interface Caching {
  readonly etag: string;
  readonly headers: string[];
}

/**
 * A strong ETag of revision and content, and the headers that caches read, in flat form. One server gives the same bytes to
 * the same question at a revision, so a checksum is enough to tell it from servers of another graph or release. A SHA-256 takes
 * eight times as long, more than the path of some questions.
 */
export function cachingOf(revision: number, body: Buffer): Caching {
  return cachingBy(revision, `${body.length.toString(36)}-${crc32(body).toString(36)}`);
}

/** The same by a digest of the content, before it was compressed where an encoding is given. */
export function cachingBy(revision: number, digest: string, encoding?: Encoding): Caching {
  const etag = `"${revision}-${digest.slice(0, 22)}${encoding === undefined ? "" : `-${encoding}`}"`;
  const maxAge = `max-age=${MAX_AGE_SECONDS}, stale-while-revalidate=${STALE_WHILE_REVALIDATE_SECONDS}`;
  const vary = "Accept, Accept-Encoding, Authorization, X-Min-Revision";
  return { etag, headers: ["etag", etag, "cache-control", `public, ${maxAge}`, "vary", vary] };
}

function headersOf(mediaType: string, body: Buffer): string[] {
  return ["content-type", `${mediaType}; charset=utf-8`, "content-length", String(body.length)];
}

/** Whether an `If-None-Match` header names this ETag (weak comparison, RFC 9110 §13.1.2). */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}

/** How an answer may be compressed. */
const COMPRESSORS: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  // Quality 5 takes about as long as gzip and is smaller; the default, 11, takes fifty times as long.
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => promisify(gzip)(body),
};

/** Compresses on another thread. Short bodies stay as they are, and so `encoding` is then absent. */
export async function compress(
  body: Buffer,
  encoding: Encoding,
): Promise<{ readonly body: Buffer; readonly encoding?: Encoding }> {
  if (body.length < MIN_COMPRESSED_BYTES) return { body };
  return { body: await COMPRESSORS[encoding](body), encoding };
}
