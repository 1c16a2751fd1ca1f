import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { type EntityType, encodeGlobalId } from "./entity.ts";
import { isOwnerType, ownerOfSlug } from "./handle.ts";

export const Node = builder.nodeInterfaceRef();

/** The parent object of an entity, carrying the name of its type for interfaces and unions. */
export type Entity = object & { readonly __typename: EntityType };

/** The name of the type in a Relay id, and what follows; `undefined` for what `encodeGlobalId` does not make. */
export function decodeGlobalId(id: string): { readonly type: string; readonly rest: string } | undefined {
  const decoded = Buffer.from(id, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  const type = decoded.slice(0, Math.max(colon, 0));
  const rest = decoded.slice(colon + 1);
  return rest !== "" && encodeGlobalId(type, rest) === id ? { type, rest } : undefined;
}

/** The entity of a type and slug, or null. No SQL for what the snapshot holds; otherwise by a loader. */
export function findEntity(
  { snapshot, loaders }: Context,
  type: EntityType,
  slug: string,
): Entity | null | Promise<Entity | null> {
  if (isOwnerType(type)) return ownerOfSlug(snapshot, type, slug) ?? null;
  const row = type === "Resource" ? loaders.resourcesBySlug.load(slug) : loaders.documentsBySlug.load(slug);
  return row.then((columns) => (columns === undefined ? null : { ...columns, __typename: type }));
}
