import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import type { EntityType } from "./entity.ts";
import { isOwnerType, ownerOfSlug, slugOf } from "./handle.ts";

export const Node = builder.nodeInterfaceRef();

/** The parent object of an entity, carrying the name of its type for interfaces and unions. */
export type Entity = object & { readonly __typename: EntityType };

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

/** The slug that an entity of a type has today, by that or one that it had before; undefined where there is none. */
export async function slugToday(
  { snapshot, loaders }: Context,
  type: EntityType,
  slug: string,
): Promise<string | undefined> {
  if (isOwnerType(type)) {
    const owner = ownerOfSlug(snapshot, type, slug);
    return owner && slugOf(snapshot, owner);
  }
  const row = type === "Resource" ? loaders.resourcesBySlug.load(slug) : loaders.documentsBySlug.load(slug);
  return (await row)?.slug;
}
