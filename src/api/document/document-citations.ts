import { builder } from "../builder.ts";
import { parseFilter } from "../core/connection.ts";
import { BasisEnum, Citation } from "../provenance/citation.ts";
import { citationPage } from "../provenance/citation-page.ts";
import { SubjectKindEnum } from "../provenance/citation-subject.ts";
import { Document, Section } from "./document.ts";
import { lastLineOf } from "./section.ts";

/** What a document says, line by line: its citations, each with the row that it supports. */

const CitationFilter = builder.inputType("CitationFilter", {
  description: "Which citations to list; all conditions must hold.",
  fields: (t) => ({
    fromLine: t.int({ description: "On this line or after it." }),
    toLine: t.int({ description: "On this line or before it." }),
    kinds: t.field({ type: [SubjectKindEnum], description: "Supports a row of one of these kinds." }),
    bases: t.field({ type: [BasisEnum], description: "Supports it as strongly as one of these says." }),
  }),
});

const Connection = builder.connectionObject(
  { type: Citation, name: "CitationConnection", description: "A page of citations." },
  { name: "CitationEdge" },
);

builder.objectField(Document, "citations", (t) =>
  t.connection(
    {
      type: Citation,
      description: "The citations of it, in the order of lines.",
      args: { filter: t.arg({ type: CitationFilter, description: "Which to list; absent: all." }) },
      resolve: ({ id }, args, context) =>
        citationPage(context, args, { ...parseFilter(args.filter), document: id }),
    },
    Connection,
  ),
);

builder.objectFields(Section, (t) => ({
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
    Connection,
  ),
}));
