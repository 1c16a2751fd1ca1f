import type { ObjectRef } from "@pothos/core";
import type { Subject } from "../../loaders/citations.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { BasisEnum, Citation } from "./citation.ts";
import { type FieldProvenance, type FieldValue, provenance } from "./provenance-of.ts";

type Types = (typeof builder)["$inferSchemaTypes"];

const FieldProvenanceType = builder.objectRef<FieldProvenance>("FieldProvenance").implement({
  description: "Who says what one field of a row is.",
  fields: (t) => ({
    field: t.exposeString("field", { description: "The name of the field." }),
    basis: t.field({
      type: BasisEnum,
      description: "`EDITORIAL`: the value is the editors' own. Otherwise how firmly documents give it.",
      resolve: ({ basis }) => basis,
    }),
    citations: t.field({
      type: [Citation],
      description: "Where documents give the value; empty: editorial.",
      resolve: ({ citations }) => [...citations],
    }),
  }),
});

/**
 * Gives a type the field `provenance`; `subjectOf` says which row it is about, `fieldsOf` what it says. Claims
 * are made about entities only; what belongs to one has none.
 */
export function addProvenance<Shape>(
  type: ObjectRef<Types, Shape>,
  subjectOf: (parent: Shape, context: Context) => Subject,
  fieldsOf: (parent: Shape, context: Context) => readonly FieldValue[] | Promise<readonly FieldValue[]>,
): void {
  builder.objectField(type, "provenance", (t) =>
    t.field({
      type: [FieldProvenanceType],
      description:
        "Which of its values documents give, and which are the editors' own: an entry for each field that has a value. Summaries, hours, levels, links and prices are `EDITORIAL` unless a document claims the same.",
      resolve: async (parent, _args, context) => {
        const { loaders } = context;
        const subject = subjectOf(parent as Shape, context);
        const [fields, citations, claims] = await Promise.all([
          fieldsOf(parent as Shape, context),
          loaders.citations.load(subject),
          loaders.claims.load(subject),
        ]);
        const cited = claims.map(async ({ id, field, value }) => ({
          field,
          value,
          citations: await loaders.citations.load({ kind: "CLAIM", id }),
        }));
        return provenance(fields, citations, await Promise.all(cited));
      },
    }),
  );
}
