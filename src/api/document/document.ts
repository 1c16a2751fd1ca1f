import { builder } from "../builder.ts";
import { nameOrderInput, parseFilter, resolvePage } from "../core/connection.ts";
import { orNotFound } from "../core/errors.ts";
import { encodeGlobalId, Node } from "../core/node.ts";

export const Section = builder.prismaObject("Section", {
  name: "DocumentSection",
  fields: (t) => ({ line: t.exposeInt("line"), name: t.exposeString("name") }),
});

export const Document = builder.prismaObject("Document", {
  interfaces: () => [Node],
  fields: (t) => ({
    slug: t.exposeString("slug"),
    name: t.exposeString("name"),
    publisher: t.exposeString("publisher", { nullable: true }),
    lines: t.exposeInt("lines", { nullable: true }),
  }),
});

builder.objectFields(Document, (t) => ({
  id: t.id({
    description: "The id for `node`.",
    resolve: ({ slug }) => encodeGlobalId("Document", slug),
  }),
  publishedOn: t.field({
    type: "LocalDate",
    nullable: true,
    description: "When it was published.",
    resolve: ({ publishedOn }) => publishedOn?.toISOString().slice(0, 10),
  }),
  sections: t.field({
    type: [Section],
    description: "Its sections, in the order of lines.",
    resolve: ({ id }, _args, { loaders }) => loaders.sections.load(id),
  }),
}));

const DocumentFilter = builder.inputType("DocumentFilter", {
  description: "Which documents to list; all conditions must hold.",
  fields: (t) => ({
    text: t.string({ description: "Occurs in the title or the publisher, letter case aside." }),
  }),
});

const DocumentOrder = nameOrderInput("Document", "documents");

builder.queryFields((t) => ({
  document: t.field({
    type: Document,
    nullable: true,
    description: "The document of a slug, such as 003. Null with a NOT_FOUND error when there is none.",
    args: { slug: t.arg.string({ required: true, description: "The slug of the document." }) },
    resolve: async (_root, { slug }, { loaders }) =>
      orNotFound(await loaders.documentsBySlug.load(slug), "DOCUMENT", slug),
  }),
  documents: t.connection(
    {
      type: Document,
      nullable: true,
      description: "The documents that support the graph.",
      args: {
        filter: t.arg({ type: DocumentFilter, description: "Which to list; absent: all." }),
        orderBy: t.arg({ type: DocumentOrder, description: "In which order; absent: by slug." }),
      },
      resolve: (_root, args, { loaders }) => {
        return resolvePage(loaders.pages.documents, "SLUG", args, parseFilter(args.filter), (row) => row);
      },
    },
    { name: "DocumentConnection", description: "A page of documents." },
    { name: "DocumentEdge" },
  ),
}));
