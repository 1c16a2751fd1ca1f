/**
 * The Relay id of an entity: its type and slug. Slugs, not row numbers, so that an id means the same in every
 * database that the same files were imported into. Other types have what finds their objects in place of the slug.
 */
export function encodeGlobalId(type: string, slug: string): string {
  return Buffer.from(`${type}:${slug}`, "utf8").toString("base64");
}

/** The name of the type in a Relay id, and what follows; `undefined` for what `encodeGlobalId` does not make. */
export function decodeGlobalId(id: string): { readonly type: string; readonly rest: string } | undefined {
  const decoded = Buffer.from(id, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  const type = decoded.slice(0, Math.max(colon, 0));
  const rest = decoded.slice(colon + 1);
  return rest !== "" && encodeGlobalId(type, rest) === id ? { type, rest } : undefined;
}
