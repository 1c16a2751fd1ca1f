import SchemaBuilder from "@pothos/core";
import PrismaPlugin from "@pothos/plugin-prisma";
import RelayPlugin from "@pothos/plugin-relay";
import { DateTimeISOResolver, LocalDateResolver } from "graphql-scalars";
import type PrismaTypes from "../store/generated/pothos.ts";
import { getDatamodel } from "../store/generated/pothos.ts";
import type { Context } from "./context.ts";
import "./core/fields.ts";
import "./core/errors-plugin.ts";
import "./core/scope-plugin.ts";
import type { OwnerHandle, ProjectHandle, RoleHandle, SkillHandle } from "./core/handle.ts";
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from "./limits.ts";

/**
 * The one Pothos builder. Types register themselves on it when their files are imported (see schema.ts).
 *
 * Fields are non-null unless they say otherwise: most columns are, so a null always means something. Root fields that
 * answer bad input with an error are nullable, so that the error does not take the rest of the answer with it.
 * The Prisma plugin gives tables their types and descriptions. It loads nothing: rows come through the loaders, which
 * requests of one revision share.
 */
export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: PrismaTypes;
  Objects: { Skill: SkillHandle; Project: ProjectHandle; Role: RoleHandle };
  Interfaces: { Goal: OwnerHandle };
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Connection: { totalCount: () => Promise<number> };
  Scalars: {
    ID: { Input: string; Output: string };
    LocalDate: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
  };
}>({
  plugins: ["results", RelayPlugin, PrismaPlugin, "scopes"],
  defaultFieldNullability: false,
  errors: { directResult: true },
  prisma: {
    client: () => {
      throw new Error("rows come through the loaders, not through the Prisma plugin");
    },
    dmmf: getDatamodel(),
    exposeDescriptions: true,
  },
  relay: {
    idFieldOptions: { description: "The id for `node`." },
    nodeTypeOptions: { description: "Anything that `node` finds by its id." },
    pageInfoTypeOptions: { description: "Where a page begins and ends, and whether there are more." },
    // Written out in core/node.ts.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    beforeArgOptions: { description: "Return only items before this cursor." },
    afterArgOptions: { description: "Return only items after this cursor." },
    firstArgOptions: {
      description: `Return the first n items, at most ${MAX_PAGE_SIZE}; ${DEFAULT_PAGE_SIZE} when neither \`first\` nor \`last\` is given.`,
    },
    lastArgOptions: {
      description: `Return the last n items, at most ${MAX_PAGE_SIZE}; not together with \`first\`.`,
    },
    hasNextPageFieldOptions: { description: "Whether there are items after this page." },
    hasPreviousPageFieldOptions: { description: "Whether there are items before this page." },
    startCursorFieldOptions: { description: "The cursor of the first item; null on an empty page." },
    endCursorFieldOptions: { description: "The cursor of the last item; null on an empty page." },
    defaultEdgeTypeOptions: { description: "An item on a page." },
    edgesFieldOptions: { nullable: false, description: "The items of the page, each with its cursor." },
    nodeFieldOptions: { nullable: false, description: "The item." },
    cursorFieldOptions: { description: "The position of the item in the list, for `after` and `before`." },
    pageInfoFieldOptions: { description: "Whether there are more items, and where to continue." },
    nodesOnConnection: { description: "The items of the page, without their cursors." },
  },
});

/** What the builder's references are typed by. */
export type SchemaTypes = (typeof builder)["$inferSchemaTypes"];

builder.addScalarType("LocalDate", LocalDateResolver);
builder.addScalarType("DateTime", DateTimeISOResolver);
builder.globalConnectionField("totalCount", (t) =>
  t.int({
    description: "How many items there are on all pages together.",
    resolve: (connection) => connection.totalCount(),
  }),
);
builder.queryType({ description: "Everything that can be queried." });
builder.subscriptionType({
  description:
    "Everything that can be followed, by server-sent events: a request with `Accept: text/event-stream`, by GET or POST, gets `next` events with results until it is closed.",
});
builder.mutationType({
  description:
    "Everything that changes something. A mutation needs the header `Authorization: Bearer` with a token or key that has the scope which its description names, and comes by POST as application/json. It is done as a whole or not at all, never leaves a skill that nobody can learn, and what it answers is read from the graph after it.",
});
