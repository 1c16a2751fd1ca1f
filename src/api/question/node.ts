import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { checkCount } from "../core/check.ts";
import { isEntityType } from "../core/entity.ts";
import { fault } from "../core/errors.ts";
import { decodeGlobalId } from "../core/global-id.ts";
import { findEntity, Node } from "../core/node.ts";
import { MAX_NODE_IDS } from "../limits.ts";
import { pathOfId } from "../path/path-id.ts";

/**
 * The two queries that find things by Relay's global ids. Written out rather than left to Pothos' `builder.node`, which
 * would load tables through the Prisma plugin, and knows neither our limit nor our errors.
 */

function find(context: Context, id: string, argument: string) {
  const { type = "", rest = "" } = decodeGlobalId(id) ?? {};
  if (isEntityType(type)) return findEntity(context, type, rest);
  const path = type === "LearningPath" ? pathOfId(context, rest) : undefined;
  if (path === undefined) throw fault(argument, "the id of an entity or of a path", id);
  return path.then((path) => path && { ...path, __typename: "LearningPath" });
}

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    nullable: true,
    description: "The entity or the path of an id. Null when it does not exist.",
    args: { id: t.arg.id({ required: true, description: "The `id` of an entity or of a path." }) },
    resolve: (_root, { id }, context) => find(context, id, "id"),
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: true, items: true },
    description: "What `node` finds for several ids, in their order.",
    args: {
      ids: t.arg.idList({ required: true, description: `The ids, at most ${MAX_NODE_IDS}.` }),
    },
    resolve: (_root, { ids }, context) => {
      checkCount("ids", ids, MAX_NODE_IDS);
      return ids.map((id, position) => find(context, id, `ids[${position}]`));
    },
  }),
}));
