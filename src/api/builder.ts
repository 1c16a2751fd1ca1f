import SchemaBuilder from "@pothos/core";
import DataloaderPlugin from "@pothos/plugin-dataloader";
import ErrorsPlugin from "@pothos/plugin-errors";
import PrismaPlugin from "@pothos/plugin-prisma";
import RelayPlugin from "@pothos/plugin-relay";
import { LocalDateResolver } from "graphql-scalars";
import type PrismaTypes from "../store/generated/pothos.ts";
import { getDatamodel } from "../store/generated/pothos.ts";
import type { Context } from "./context.ts";
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from "./limits.ts";

/**
 * The one Pothos builder. Types register themselves on it when their files are imported (see schema.ts).
 *
 * Fields are non-null unless they say otherwise: most columns are, and a null is then always a statement. Root
 * fields that answer bad input with an error are nullable, so that it does not take the rest of the answer along.
 * The Prisma plugin gives tables their types and descriptions. It loads nothing: rows come through the
 * loaders, which batch across parents and depths and can be shared between requests.
 */
export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Connection: { totalCount: () => Promise<number> };
  Scalars: {
    ID: { Input: string; Output: string };
    LocalDate: { Input: string; Output: string };
  };
}>({
  plugins: [ErrorsPlugin, RelayPlugin, PrismaPlugin, DataloaderPlugin],
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
    nodeTypeOptions: { description: "What has an id that `node` finds again." },
    pageInfoTypeOptions: { description: "Where a page begins and ends, and whether there is more." },
    // Written out in types/node.ts: found by slug, and bounded.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    beforeArgOptions: { description: "Only what comes before this cursor." },
    afterArgOptions: { description: "Only what comes after this cursor." },
    firstArgOptions: {
      description: `The first so many, at most ${MAX_PAGE_SIZE}; ${DEFAULT_PAGE_SIZE} when neither \`first\` nor \`last\` is given.`,
    },
    lastArgOptions: {
      description: `The last so many, at most ${MAX_PAGE_SIZE}; not together with \`first\`.`,
    },
    hasNextPageFieldOptions: { description: "Whether something comes after this page." },
    hasPreviousPageFieldOptions: { description: "Whether something comes before this page." },
    startCursorFieldOptions: { description: "The cursor of the first entity; null on an empty page." },
    endCursorFieldOptions: { description: "The cursor of the last entity; null on an empty page." },
    defaultEdgeTypeOptions: { description: "An entity on a page." },
    edgesFieldOptions: { nullable: false, description: "The entities of the page, each with its cursor." },
    nodeFieldOptions: { nullable: false, description: "The entity." },
    cursorFieldOptions: { description: "The place of the entity in the list, for `after` and `before`." },
    pageInfoFieldOptions: { description: "Whether there is more, and from where to go on." },
    nodesOnConnection: { description: "The entities of the page, without their cursors." },
  },
});

builder.addScalarType("LocalDate", LocalDateResolver);
builder.globalConnectionField("totalCount", (t) =>
  t.int({
    description: "How many there are on all pages together.",
    resolve: (connection) => connection.totalCount(),
  }),
);
builder.queryType({ description: "Everything that can be asked." });
