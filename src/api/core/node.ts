import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { MAX_NODE_IDS } from "../limits.ts";
import { checkCount } from "./bad-input.ts";
import { findEntity } from "./entities.ts";
import { decodeGlobalId } from "./global-id.ts";

export const Node = builder.nodeInterfaceRef();

const find = (context: Context, globalId: string, argument: string) => {
  const { type, slug } = decodeGlobalId(globalId, argument);
  return findEntity(context, type, slug);
};

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    nullable: true,
    description: "The entity of an id; null when there is none (any more).",
    args: { id: t.arg.id({ required: true, description: "The `id` of an entity." }) },
    resolve: (_root, { id }, context) => find(context, id, "id"),
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: true, items: true },
    description: "The entities of several ids, in their order; null where there is none (any more).",
    args: {
      ids: t.arg.idList({ required: true, description: `The ids, at most ${MAX_NODE_IDS}.` }),
    },
    resolve: (_root, { ids }, context) => {
      checkCount("ids", ids, MAX_NODE_IDS);
      return ids.map((id, position) => find(context, id, `ids[${position}]`));
    },
  }),
}));
