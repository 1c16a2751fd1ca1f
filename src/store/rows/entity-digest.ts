import { hash } from "node:crypto";

/**
 * The fingerprint of an entity and everything that belongs to it: SHA-256 of its JSON, with the keys of
 * objects in order, in hex. O(size of the entity).
 */
export function entityDigest(entity: object): string {
  return hash("sha256", JSON.stringify(inKeyOrder(entity)), "hex");
}

/** The fingerprint of an entity that is a row already, with the digest of what it was. */
export function contentDigest(row: object): string {
  return entityDigest({ ...row, digest: undefined, origin: undefined });
}

/** A copy with the keys of objects in the order of the alphabet; what says itself how it is written in JSON is kept. */
function inKeyOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  if (Array.isArray(value)) return value.map(inKeyOrder);
  const ordered: Record<string, unknown> = Object.create(null);
  const own: Readonly<Record<string, unknown>> = { ...value };
  for (const key of Object.keys(own).sort()) ordered[key] = inKeyOrder(own[key]);
  return ordered;
}
