import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { MAX_NODE_IDS } from "../limits.ts";
import { checkCount } from "./check.ts";
import { type EntityType, encodeGlobalId, isEntityType, isOwnerType, ownerOfSlug } from "./entity.ts";
import { fault } from "./errors.ts";

/**
 * The two queries that find entities by Relay's global ids. Written out rather than left to Pothos' `builder.node`, which
 * would load tables through the Prisma plugin, and knows neither our limit nor our errors.
 */

export const Node = builder.nodeInterfaceRef();

/** The parent object of an entity, carrying the name of its type for interfaces and unions. */
export type Entity = object & { readonly __typename: EntityType };

/** The type and slug of a Relay id. Throws ValidationError on anything that `encodeGlobalId` does not make. */
export function decodeGlobalId(id: string, argument: string): { type: EntityType; slug: string } {
  const decoded = Buffer.from(id, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  const type = decoded.slice(0, Math.max(colon, 0));
  const slug = decoded.slice(colon + 1);
  if (!isEntityType(type) || slug === "" || encodeGlobalId(type, slug) !== id)
    throw fault(argument, "an id that this server has given out", id);
  return { type, slug };
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

function find(context: Context, globalId: string, argument: string) {
  const { type, slug } = decodeGlobalId(globalId, argument);
  return findEntity(context, type, slug);
}

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    nullable: true,
    description: "The entity of an id; null when no such entity exists.",
    args: { id: t.arg.id({ required: true, description: "The `id` of an entity." }) },
    resolve: (_root, { id }, context) => find(context, id, "id"),
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: true, items: true },
    description: "The entities of several ids, in their order; null where no such entity exists.",
    args: {
      ids: t.arg.idList({ required: true, description: `The ids, at most ${MAX_NODE_IDS}.` }),
    },
    resolve: (_root, { ids }, context) => {
      checkCount("ids", ids, MAX_NODE_IDS);
      return ids.map((id, position) => find(context, id, `ids[${position}]`));
    },
  }),
}));
