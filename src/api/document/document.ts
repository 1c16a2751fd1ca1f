import type { CitationFilter, CitationPlace } from "../../loaders/citation-pages.ts";
import type { Section as SectionRow } from "../../store/generated/client/client.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { addCacheId } from "../core/cache-id.ts";
import {
  BY_NAME,
  brokenCursor,
  orderInput,
  type PageArguments,
  packCursor,
  pageSize,
  parseFilter,
  toConnection,
  unpackCursor,
} from "../core/connection.ts";
import { orStale } from "../core/entity.ts";
import { encodeGlobalId } from "../core/global-id.ts";
import { OF_REVISION } from "../core/kept.ts";
import { Node } from "../core/node.ts";
import { addNounQueries } from "../core/noun-queries.ts";
import { notFound } from "../core/suggestions.ts";
import { BasisEnum, Citation, SubjectKindEnum } from "../provenance/citation.ts";

/** A document, its sections, and its citations: what it says, line by line, each with the row that it supports. */

const ORDER = "LINE";
const MAX_INT = 2 ** 31 - 1;

/**
 * A page of the citations of a document, in the order of lines. One SQL statement for all documents and sections
 * that are asked for in one turn, and one more when `totalCount` is selected. Throws ValidationError as `resolvePage`
 * does.
 */
async function citationPage({ loaders }: Context, args: PageArguments, filter: CitationFilter) {
  const { after, before } = args;
  const page = await loaders.citationPages.load({
    filter,
    after: after == null ? undefined : decodePlace(after, "after"),
    before: before == null ? undefined : decodePlace(before, "before"),
    ...pageSize(args),
  });
  return toConnection(args, page, {
    cursorOf: ({ line, id }) => packCursor([ORDER, line, id]),
    toNode: (row) => row,
    totalCount: () => loaders.citationCounts.load(filter),
  });
}

function decodePlace(cursor: string, argument: string): CitationPlace {
  const [order, line, id, ...rest] = unpackCursor(cursor);
  if (order !== ORDER || !isCount(line) || !isCount(id) || rest.length > 0)
    throw brokenCursor(cursor, argument);
  return { line, id };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_INT;
}

const CitationConnection = builder.connectionObject(
  { type: Citation, name: "CitationConnection", description: "A page of citations." },
  { name: "CitationEdge" },
);

/** The last line of a section: before the next heading, or the end of the document where that is known. */
function lastLineOf(
  section: SectionRow,
  sections: readonly SectionRow[],
  documentLines: number | null | undefined,
): number | undefined {
  const next = sections.find(({ line }) => line > section.line);
  return next === undefined ? (documentLines ?? undefined) : next.line - 1;
}

const Section = builder.prismaObject("Section", {
  name: "DocumentSection",
  fields: (t) => ({
    line: t.exposeInt("line"),
    name: t.exposeString("name"),
    lastLine: t.int({
      nullable: true,
      description: "Its last line; null in the last section of a document whose length is not known.",
      resolve: async (section, _args, { loaders }) =>
        lastLineOf(
          section,
          await loaders.sections.load(section.documentId),
          (await loaders.documents.load(section.documentId))?.lines,
        ),
    }),
    citations: t.connection(
      {
        type: Citation,
        description: "The citations of its lines, its heading included, in the order of lines.",
        resolve: async (section, args, context) => {
          const sections = await context.loaders.sections.load(section.documentId);
          return citationPage(context, args, {
            document: section.documentId,
            fromLine: section.line,
            toLine: lastLineOf(section, sections, undefined),
          });
        },
      },
      CitationConnection,
    ),
  }),
});
addCacheId(Section, ({ documentId, line }) => [documentId, line]);

const CitationFilterInput = builder.inputType("CitationFilter", {
  description: "Which citations to list; all conditions must hold.",
  fields: (t) => ({
    fromLine: t.int({ description: "On this line or after it." }),
    toLine: t.int({ description: "On this line or before it." }),
    kinds: t.field({ type: [SubjectKindEnum], description: "Supports a row of one of these kinds." }),
    bases: t.field({ type: [BasisEnum], description: "Supports it on one of these bases." }),
  }),
});

export const Document = builder.prismaObject("Document", {
  interfaces: () => [Node],
  fields: (t) => ({
    id: t.id({
      description: "The id for `node`.",
      resolve: ({ slug }) => encodeGlobalId("Document", slug),
    }),
    slug: t.exposeString("slug"),
    name: t.exposeString("name"),
    publisher: t.exposeString("publisher", { nullable: true }),
    lines: t.exposeInt("lines", { nullable: true }),
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
    citations: t.connection(
      {
        type: Citation,
        description: "Its citations, in the order of lines.",
        args: {
          filter: t.arg({ type: CitationFilterInput, description: "Which to list. Absent: all." }),
        },
        resolve: ({ id }, args, context) =>
          citationPage(context, args, { ...parseFilter(args.filter), document: id }),
      },
      CitationConnection,
    ),
  }),
});

builder.objectFields(Citation, (t) => ({
  document: t.field({
    type: Document,
    description: "The document that says so.",
    extensions: OF_REVISION,
    resolve: async ({ documentId }, _args, { loaders }) =>
      orStale(await loaders.documents.load(documentId), "A document"),
  }),
  section: t.field({
    type: Section,
    nullable: true,
    description: "The section that the line is in; null before the first heading.",
    extensions: OF_REVISION,
    resolve: async (citation, _args, { loaders }) =>
      (await loaders.sections.load(citation.documentId)).findLast(({ line }) => line <= citation.line),
  }),
}));

addNounQueries(Document, {
  description: "The document of a slug, such as 003. Null, with a NOT_FOUND error, when there is none.",
  pageDescription: "The documents that support the graph.",
  filter: builder.inputType("DocumentFilter", {
    description: "Which documents to list; all conditions must hold.",
    fields: (t) => ({
      text: t.string({ description: "Occurs in the title or the publisher, ignoring letter case." }),
    }),
  }),
  order: orderInput("Document", BY_NAME),
  defaultOrder: "SLUG",
  pages: ({ loaders }) => loaders.pages.documents,
  find: async (slug, context) =>
    (await context.loaders.documentsBySlug.load(slug)) ?? notFound(context, "DOCUMENT", slug),
  toNode: (row) => row,
});
