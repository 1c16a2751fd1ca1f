import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";

/** How many keys of one relation are kept: all rows of a catalogue of that size, some megabytes. */
const MAX_KEPT_KEYS = 20_000;

/** How many keys go into one statement: PostgreSQL takes 32,767 parameters. */
const MAX_KEYS_PER_STATEMENT = 30_000;

/**
 * Where a loader keeps what it has loaded, least recently used first out: loaders outlive their request, so
 * what they keep is bounded. (Sized by entries rather than `max`, which would allocate all places at once.)
 */
export function boundedCache<Key extends string | number, Loaded>(): LRUCache<Key, Promise<Loaded>> {
  return new LRUCache({ maxSize: MAX_KEPT_KEYS, sizeCalculation: () => 1 });
}

/** Loads the row of a key, or `undefined` where there is none. */
export type RowLoader<Key, Row> = DataLoader<Key, Row | undefined, string | number>;
/** Loads the rows of a key, in the order they were found. */
export type ListLoader<Key, Row> = DataLoader<Key, readonly Row[], string | number>;

/**
 * A loader of at most one row for each key. All keys asked for in one turn are found by one call of `find`,
 * which may return the rows in any order. `hash` names a key that is not a string or number.
 */
export function rowLoader<Key, Row>(
  find: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string | number,
  hash: (key: Key) => string | number,
): RowLoader<Key, Row> {
  return new DataLoader(
    async (keys) => {
      const rows = new Map((await find(keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(hash(key)));
    },
    { cacheKeyFn: hash, cacheMap: boundedCache(), maxBatchSize: MAX_KEYS_PER_STATEMENT },
  );
}

/** A loader of all rows for each key; `find` decides their order. See `rowLoader`. */
export function listLoader<Key, Row>(
  find: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string | number,
  hash: (key: Key) => string | number,
): ListLoader<Key, Row> {
  return new DataLoader(
    async (keys) => {
      const lists = new Map<string | number, Row[]>();
      for (const row of await find(keys)) {
        const list = lists.get(keyOf(row));
        if (list === undefined) lists.set(keyOf(row), [row]);
        else list.push(row);
      }
      return keys.map((key) => lists.get(hash(key)) ?? []);
    },
    { cacheKeyFn: hash, cacheMap: boundedCache(), maxBatchSize: MAX_KEYS_PER_STATEMENT },
  );
}

/** The hash of a key that is its own. */
export function same<Key extends string | number>(key: Key): Key {
  return key;
}
