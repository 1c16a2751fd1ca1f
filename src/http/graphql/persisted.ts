import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { MAX_REGISTERED_LENGTH, MAX_REGISTERED_OPERATIONS_BYTES } from "../limits.ts";
import { badRequest, hashOf, type OperationRequest } from "./request.ts";

const PREFIX = "sha256:";

const shippedFile = z.record(z.string().startsWith(PREFIX), z.string());

/** The SHA-256 of a text in hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The id of an operation: `sha256:` and the hash of its text. */
export function documentId(text: string): string {
  return PREFIX + sha256(text);
}

/** An id without the `sha256:` that may come before a hash. */
function bare(id: string): string {
  return id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id;
}

/**
 * Operations that a client names instead of sending them: those shipped in `schema/persisted-operations.json`, those of
 * the operator's files, and those that clients have registered since the start by sending text and hash together
 * (automatic persisted queries). Of the registered ones, the least recently used are forgotten first.
 */
export class PersistedOperations {
  readonly #given: ReadonlyMap<string, string>;
  readonly #registered = new LRUCache<string, string>({
    maxSize: MAX_REGISTERED_OPERATIONS_BYTES,
    sizeCalculation: (text, id) => 2 * (text.length + id.length),
  });

  /** Takes the operations that are never forgotten, by id. */
  constructor(operations: Iterable<readonly [id: string, text: string]>) {
    this.#given = new Map(Array.from(operations, ([id, text]) => [bare(id), text]));
  }

  /** The text of an operation by its id, with or without `sha256:` before a hash. */
  get(id: string): string | undefined {
    const key = bare(id);
    return this.#given.get(key) ?? this.#registered.get(key);
  }

  /**
   * The text of the operation that a request sends, or names by its id or hash. A text that comes with its hash is
   * registered under it. Throws a `GraphQLError` when there is no text, the hash is another text's, or the text is too
   * long to be registered.
   */
  textOf({ query, documentId, extensions }: OperationRequest): string {
    const hash = hashOf(extensions);
    if (query) {
      if (hash !== undefined) this.#register(hash, query);
      return query;
    }
    const id = documentId ?? hash;
    if (id === undefined) throw badRequest("Must provide query string.");
    const text = this.get(id);
    if (text !== undefined) return text;
    // Somebody may register it in the next moment.
    const headers = { "cache-control": "no-store" };
    throw badRequest("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND", { status: 404, headers });
  }

  #register(hash: string, text: string): void {
    if (sha256(text) !== hash) throw badRequest("PersistedQueryMismatch", "PERSISTED_QUERY_MISMATCH");
    if (text.length > MAX_REGISTERED_LENGTH)
      throw badRequest(
        `Expected an operation to register of at most ${MAX_REGISTERED_LENGTH} characters, got ${text.length}.`,
      );
    if (!this.#given.has(hash)) this.#registered.set(hash, text);
  }
}

/** The shipped operations and the operator's own. Throws when the file of the shipped ones is not a map of texts by id. */
export function persistedOperations(own: ReadonlyMap<string, string>): PersistedOperations {
  const file = new URL("../../../schema/persisted-operations.json", import.meta.url);
  const shipped = shippedFile.parse(JSON.parse(readFileSync(file, "utf8")));
  return new PersistedOperations([...own, ...Object.entries(shipped)]);
}
