import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { MAX_REGISTERED_OPERATION_BYTES, MAX_REGISTERED_OPERATIONS_BYTES } from "../limits.ts";

const PREFIX = "sha256:";

const shipped = z.record(z.string().startsWith(PREFIX), z.string());

/** The SHA-256 of a text in hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The id of an operation: `sha256:` and the hash of its text. */
export function documentId(text: string): string {
  return PREFIX + sha256(text);
}

/**
 * Operations that a client names by the hash of their text instead of sending them: those shipped in
 * `schema/persisted-operations.json`, and those that clients have registered since the start by sending text and
 * hash together (automatic persisted queries). Of the registered ones, the least recently used are forgotten first.
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

  /** Registers a text under its hash, which the caller has checked. */
  set(hash: string, text: string): void {
    if (!this.#shipped.has(PREFIX + hash)) this.#registered.set(PREFIX + hash, text);
  }
}

/** Reads the shipped operations. Throws when the file is not a map from ids to texts. */
export function readPersistedOperations(): PersistedOperations {
  const file = new URL("../../../schema/persisted-operations.json", import.meta.url);
  return new PersistedOperations(
    new Map(Object.entries(shipped.parse(JSON.parse(readFileSync(file, "utf8"))))),
  );
}
