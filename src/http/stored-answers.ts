import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import {
  MAX_AGE_SECONDS,
  MAX_STORED_ANSWER_BYTES,
  MAX_STORED_BYTES,
  STALE_WHILE_REVALIDATE_SECONDS,
} from "./limits.ts";

/** An answer as it goes over the wire. */
export interface StoredAnswer {
  readonly body: Buffer;
  readonly etag: string;
  /** The headers of a 200, in the flat form that `writeHead` takes without copying. */
  readonly headers: string[];
  /** The headers of a 304. */
  readonly notModifiedHeaders: string[];
}

/**
 * The answers of one revision, kept as bytes under the request they answer. Asking at another revision
 * forgets them all: a write invalidates by moving the revision, nothing has to be told. Bounded by
 * `MAX_STORED_BYTES`, least recently used first out. O(1) for each call.
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

/** Makes an answer ready to be sent: a strong ETag of revision and content, and the headers caches read. */
export function toStoredAnswer(revision: number, mediaType: string, text: string): StoredAnswer {
  const body = Buffer.from(text);
  const etag = `"${revision}-${hash("sha256", body, "base64url").slice(0, 22)}"`;
  const caching = [
    "etag",
    etag,
    "cache-control",
    `public, max-age=${MAX_AGE_SECONDS}, stale-while-revalidate=${STALE_WHILE_REVALIDATE_SECONDS}`,
    "vary",
    "Accept, Authorization, Cookie",
    "access-control-allow-origin",
    "*",
  ];
  return {
    body,
    etag,
    headers: [
      "content-type",
      `${mediaType}; charset=utf-8`,
      "content-length",
      String(body.length),
      ...caching,
    ],
    notModifiedHeaders: caching,
  };
}

/** Whether an `If-None-Match` header names this ETag (weak comparison, RFC 9110 §13.1.2). */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
