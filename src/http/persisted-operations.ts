import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { MAX_REGISTERED_OPERATION_BYTES, MAX_REGISTERED_OPERATIONS_BYTES } from "./limits.ts";

const PREFIX = "sha256:";

const shipped = z.record(z.string().startsWith(PREFIX), z.string());

/** The id of an operation: `sha256:` and the hash of its text in hexadecimal. */
export function documentId(text: string): string {
  return PREFIX + createHash("sha256").update(text).digest("hex");
}

/**
 * Operations that a client names by the hash of their text instead of sending it: those shipped in
 * `schema/persisted-operations.json`, and those that clients have registered since the start by sending text and
 * hash together (automatic persisted queries). The latter are forgotten least recently used first.
 */
export class PersistedOperations {
  readonly #shipped: ReadonlyMap<string, string>;
  readonly #registered = new LRUCache<string, string>({
    maxSize: MAX_REGISTERED_OPERATIONS_BYTES,
    maxEntrySize: MAX_REGISTERED_OPERATION_BYTES,
    sizeCalculation: (text, id) => 2 * (text.length + id.length),
  });

  constructor(operations: ReadonlyMap<string, string>) {
    this.#shipped = operations;
  }

  /** The text of an operation by its id, with or without the `sha256:` before the hash. */
  get(id: string): string | undefined {
    const whole = id.startsWith(PREFIX) ? id : PREFIX + id;
    return this.#shipped.get(whole) ?? this.#registered.get(whole);
  }

  /** Keeps a text under its hash. False, and nothing kept, when the hash is another text's. */
  register(hash: string, text: string): boolean {
    const id = documentId(text);
    if (id !== PREFIX + hash) return false;
    if (!this.#shipped.has(id)) this.#registered.set(id, text);
    return true;
  }
}

/** Reads the shipped operations. Throws when the file is not a map from ids to texts. */
export function readPersistedOperations(): PersistedOperations {
  const file = new URL("../../schema/persisted-operations.json", import.meta.url);
  return new PersistedOperations(
    new Map(Object.entries(shipped.parse(JSON.parse(readFileSync(file, "utf8"))))),
  );
}
