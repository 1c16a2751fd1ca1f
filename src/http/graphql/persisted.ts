import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { MAX_REGISTERED_LENGTH } from "../limits.ts";
import { RegisteredOperations } from "./registered-operations.ts";
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
 * (automatic persisted queries).
 */
export class PersistedOperations {
  readonly #given: ReadonlyMap<string, string>;
  /** The texts of the given ones, where no others are answered. */
  readonly #only: ReadonlySet<string> | undefined;
  readonly #registered = new RegisteredOperations();

  /** Takes the operations that are never forgotten, by id. With `isOnly`, no others are answered. */
  constructor(operations: Iterable<readonly [id: string, text: string]>, isOnly = false) {
    this.#given = new Map(Array.from(operations, ([id, text]) => [bare(id), text]));
    if (isOnly) this.#only = new Set(this.#given.values());
  }

  /** The text of an operation by its id, with or without `sha256:` before a hash. */
  get(id: string): string | undefined {
    const key = bare(id);
    return this.#given.get(key) ?? this.#registered.get(key);
  }

  /**
   * The text of the operation that a request sends, or names by its id or hash. A text that comes with its hash is
   * registered under it for the client that sends it. Throws a `GraphQLError` when there is no text, the hash is another
   * text's, the text is too long to be registered, or it is none of those that are answered.
   */
  textOf({ query, documentId, extensions }: OperationRequest, client: string): string {
    const hash = hashOf(extensions);
    if (query) {
      if (this.#only?.has(query) === false)
        throw badRequest(
          "Expected the id of a persisted operation, got a text: this server answers no others.",
          "PERSISTED_OPERATIONS_ONLY",
        );
      if (hash !== undefined) this.#register(client, hash, query);
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

  #register(client: string, hash: string, text: string): void {
    if (sha256(text) !== hash) throw badRequest("PersistedQueryMismatch", "PERSISTED_QUERY_MISMATCH");
    if (text.length > MAX_REGISTERED_LENGTH)
      throw badRequest(
        `Expected an operation to register of at most ${MAX_REGISTERED_LENGTH} characters, got ${text.length}.`,
      );
    if (!this.#given.has(hash)) this.#registered.set(client, hash, text);
  }
}

/** The shipped operations by id. Throws when their file is not a map of texts by id. */
export function shippedOperations(): ReadonlyMap<string, string> {
  const file = new URL("../../../schema/persisted-operations.json", import.meta.url);
  return new Map(Object.entries(shippedFile.parse(JSON.parse(readFileSync(file, "utf8")))));
}

/** The shipped operations and the operator's own. */
export function persistedOperations(own: ReadonlyMap<string, string>, isOnly?: boolean): PersistedOperations {
  return new PersistedOperations([...own, ...shippedOperations()], isOnly);
}
