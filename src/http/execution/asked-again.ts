import { LRUCache } from "lru-cache";

/** The part of the room that is for what was asked once. */
const SHARE_OF_NEW = 0.25;

/** How long after the first time somebody asks again, in milliseconds: one request may look several times. */
const AGAIN_AFTER_MS = 1_000;

interface Entry<Value> {
  readonly value: Value;
  /** When it was asked first. */
  readonly since: number;
}

export interface AskedAgainOptions<Key, Value> {
  /** How large all values may be together. What is larger than a quarter of it is not kept. */
  readonly maxSize: number;
  readonly sizeOf: (value: Value, key: Key) => number;
  /** Told of each value that is kept no more. */
  readonly onForgotten: (value: Value) => void;
}

/**
 * A cache that keeps most of its room for what was asked again: who asks for something else each time fills a quarter,
 * and pushes out nothing that others ask for. In both parts the least recently used go first. O(1) for each call.
 */
export class AskedAgain<Key extends {}, Value> {
  readonly #new: LRUCache<Key, Entry<Value>>;
  readonly #again: LRUCache<Key, Entry<Value>>;

  constructor({ maxSize, sizeOf, onForgotten }: AskedAgainOptions<Key, Value>) {
    const part = (share: number) =>
      new LRUCache<Key, Entry<Value>>({
        maxSize: maxSize * share,
        sizeCalculation: ({ value }, key) => sizeOf(value, key),
        // What is deleted here moves to the other part.
        dispose: ({ value }, _key, reason) => reason === "evict" && onForgotten(value),
      });
    this.#new = part(SHARE_OF_NEW);
    this.#again = part(1 - SHARE_OF_NEW);
  }

  has(key: Key): boolean {
    return this.#again.has(key) || this.#new.has(key);
  }

  get(key: Key): Value | undefined {
    const again = this.#again.get(key);
    if (again !== undefined) return again.value;
    const entry = this.#new.get(key);
    if (entry !== undefined && performance.now() - entry.since >= AGAIN_AFTER_MS) {
      this.#new.delete(key);
      this.#again.set(key, entry);
    }
    return entry?.value;
  }

  /** Keeps a value under a key that has none. */
  set(key: Key, value: Value): void {
    this.#new.set(key, { value, since: performance.now() });
  }
}
