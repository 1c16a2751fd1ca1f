import type { ObjectRef } from "@pothos/core";
import { type Subject, strongestBasis } from "../../loaders/citations.ts";
import type { Basis } from "../../store/generated/client/enums.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { orStale } from "../core/errors.ts";
import { Document } from "../document/document.ts";

type Types = (typeof builder)["$inferSchemaTypes"];

export const BasisEnum = builder.enumType("Basis", {
  description: "How strongly a document supports what cites it; the strongest first.",
  values: {
    EXPLICIT: { description: "The document says so." },
    IMPLIED: { description: "The document's words imply it." },
    ORDERING: { description: "The document only presents the one before the other." },
    EDITORIAL: { description: "Nobody but the editors of this graph says so." },
  } satisfies Record<Basis, object>,
});

export const Citation = builder.prismaObject("Citation", {
  fields: (t) => ({
    line: t.exposeInt("line"),
    mention: t.exposeString("mention"),
    basis: t.expose("basis", { type: BasisEnum }),
  }),
});

builder.objectField(Citation, "document", (t) =>
  t.field({
    type: Document,
    description: "The document that says so.",
    resolve: async ({ documentId }, _args, { loaders }) =>
      orStale(await loaders.documents.load(documentId), "A document"),
  }),
);

export const Cited = builder.interfaceRef<object>("Cited").implement({
  description: "What documents can support.",
  fields: (t) => ({
    citations: t.field({
      type: [Citation],
      description: "Where documents support it, in the order of documents and lines; empty: editorial.",
    }),
    basis: t.field({
      type: BasisEnum,
      description: "The strongest support that any document gives; `EDITORIAL` when nothing is cited.",
    }),
    agreement: t.int({ description: "How many documents support it." }),
  }),
});

/** Gives a type the fields of `Cited`; `subjectOf` says which row the citations are about. */
export function addCitations<Shape>(
  type: ObjectRef<Types, Shape>,
  subjectOf: (parent: Shape, context: Context) => Subject | Promise<Subject>,
): void {
  const load = async (parent: Shape, context: Context) =>
    context.loaders.citations.load(await subjectOf(parent, context));
  builder.objectFields(type, (t) => ({
    citations: t.field({
      type: [Citation],
      description: "Where documents support it, in the order of documents and lines; empty: editorial.",
      resolve: (parent, _args, context) => load(parent as Shape, context),
    }),
    basis: t.field({
      type: BasisEnum,
      description: "The strongest support that any document gives; `EDITORIAL` when nothing is cited.",
      resolve: async (parent, _args, context) =>
        strongestBasis((await load(parent as Shape, context)).map(({ basis }) => basis)),
    }),
    agreement: t.int({
      description: "How many documents support it.",
      resolve: async (parent, _args, context) =>
        new Set((await load(parent as Shape, context)).map((row) => row.documentId)).size,
    }),
  }));
}
