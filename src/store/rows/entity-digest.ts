import { createHash } from "node:crypto";

/**
 * The fingerprint of an entity and everything that belongs to it: SHA-256 of its JSON, with the keys of
 * objects in order, in hex. O(size of the entity).
 */
export function entityDigest(entity: object): string {
  return createHash("sha256").update(JSON.stringify(entity, inKeyOrder)).digest("hex");
}

/** The fingerprint of an entity that is a row already, with the digest of what it was. */
export function contentDigest(row: object): string {
  return entityDigest({ ...row, digest: undefined, origin: undefined });
}

/** Has `JSON.stringify` write the keys of an object in the order of the alphabet. */
function inKeyOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
