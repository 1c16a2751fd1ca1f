import type { InputFieldBuilder, ObjectRef } from "@pothos/core";
import { type Subject, strongestBasis } from "../../loaders/citations.ts";
import type { SubjectKind } from "../../store/generated/client/enums.ts";
import { ENUM_OPTIONS } from "../../store/generated/enum-options.ts";
import { builder, type SchemaTypes } from "../builder.ts";
import type { Context } from "../context.ts";
import { addRowId } from "../core/cache-id.ts";
import { OWNERS, type OwnerHandle, rowId } from "../core/handle.ts";
import { OF_REVISION } from "../core/kept.ts";

/** What documents say: citations, which support rows, and claims, which say what a field of a row is. */

export const BasisEnum = builder.enumType("Basis", ENUM_OPTIONS.Basis);

export const SubjectKindEnum = builder.enumType("SubjectKind", ENUM_OPTIONS.SubjectKind);

/** Its document and section are added in document/document.ts, its subject in provenance/subject.ts. */
export const Citation = builder.prismaObject("Citation", {
  fields: (t) => ({
    line: t.exposeInt("line"),
    mention: t.exposeString("mention"),
    basis: t.expose("basis", { type: BasisEnum }),
    subjectKind: t.expose("subjectKind", {
      type: SubjectKindEnum,
      description: "What kind of row it supports.",
    }),
  }),
});
addRowId(Citation);

const CITATIONS =
  "Where documents support it, in the order of documents and lines; empty when only the editors do.";
const BASIS = "The strongest support that any document gives; `EDITORIAL` when nothing is cited.";
const AGREEMENT = "How many documents support it.";

export const Cited = builder.interfaceRef<object>("Cited").implement({
  description: "Anything that documents can support.",
  fields: (t) => ({
    citations: t.field({ type: [Citation], description: CITATIONS }),
    basis: t.field({ type: BasisEnum, description: BASIS }),
    agreement: t.int({ description: AGREEMENT }),
  }),
});

/** Gives a type the fields of `Cited`; `subjectOf` says which row the citations are about. */
export function addCitations<Shape>(
  type: ObjectRef<SchemaTypes, Shape>,
  subjectOf: (parent: Shape, context: Context) => Subject | Promise<Subject>,
): void {
  const load = async (parent: Shape, context: Context) =>
    context.loaders.citations.load(await subjectOf(parent, context));
  builder.objectFields(type, (t) => ({
    citations: t.field({
      type: [Citation],
      description: CITATIONS,
      extensions: OF_REVISION,
      resolve: (parent, _args, context) => load(parent as Shape, context),
    }),
    basis: t.field({
      type: BasisEnum,
      description: BASIS,
      extensions: OF_REVISION,
      resolve: async (parent, _args, context) =>
        strongestBasis((await load(parent as Shape, context)).map(({ basis }) => basis)),
    }),
    agreement: t.int({
      description: AGREEMENT,
      extensions: OF_REVISION,
      resolve: async (parent, _args, context) =>
        new Set((await load(parent as Shape, context)).map(({ documentId }) => documentId)).size,
    }),
  }));
}

export const TimeUnitEnum = builder.enumType("TimeUnit", ENUM_OPTIONS.TimeUnit);

/** Its entity is added in provenance/subject.ts. */
export const Claim = builder.prismaObject("Claim", {
  interfaces: () => [Cited],
  fields: (t) => ({
    field: t.exposeString("field"),
    value: t.exposeString("value"),
    amount: t.exposeFloat("amount", { nullable: true }),
    amountMax: t.exposeFloat("amountMax", { nullable: true }),
    unit: t.expose("unit", { type: TimeUnitEnum, nullable: true }),
  }),
});
addRowSupport(Claim, "CLAIM");

/** Gives a type the field `claims`; `subjectOf` says which row they are about. */
export function addClaims<Shape>(
  type: ObjectRef<SchemaTypes, Shape>,
  subjectOf: (parent: Shape, context: Context) => Subject,
): void {
  builder.objectField(type, "claims", (t) =>
    t.field({
      type: [Claim],
      description: "What documents say its fields are. Claims on one field that differ are a disagreement.",
      extensions: OF_REVISION,
      resolve: (parent, _args, context) => context.loaders.claims.load(subjectOf(parent as Shape, context)),
    }),
  );
}

/** The subject that a row of a kind is. */
export function rowSubject(kind: SubjectKind): (row: { readonly id: number }) => Subject {
  return ({ id }) => ({ kind, id });
}

/** Gives the type of a table an `id` of the row's, and the fields of `Cited`. */
export function addRowSupport<Row extends { readonly id: number }>(
  type: ObjectRef<SchemaTypes, Row>,
  kind: SubjectKind,
): void {
  addRowId(type);
  addCitations(type, rowSubject(kind));
}

/** Gives a type of owners the fields of `Cited`, and `claims`. */
export function addOwnerSupport(type: ObjectRef<SchemaTypes, OwnerHandle>): void {
  addCitations(type, ownerSubject);
  addClaims(type, ownerSubject);
}

/** The subject that an entity of the snapshot is. */
export function ownerSubject(owner: OwnerHandle, { snapshot }: Context): Subject {
  return { kind: OWNERS[owner.__typename].kind, id: rowId(snapshot, owner) };
}

/** The fields of a filter that ask what documents say of a row. */
export function supportFields(t: InputFieldBuilder<SchemaTypes, "InputObject">) {
  return {
    citedBy: t.string({ description: "Supported by the document of this slug." }),
    documents: t.stringList({ description: "Supported by at least one of the documents of these slugs." }),
    citedByAll: t.stringList({ description: "Supported by each of the documents of these slugs." }),
    minAgreement: t.int({ description: "Supported by at least this many documents." }),
    bases: t.field({
      type: [BasisEnum],
      description: "The strongest support is one of these; `EDITORIAL`: no document supports it.",
    }),
  };
}
