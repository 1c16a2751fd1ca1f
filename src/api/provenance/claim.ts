import type { ObjectRef } from "@pothos/core";
import type { Subject } from "../../loaders/citations.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { addCitations, Cited } from "./citation.ts";

type Types = (typeof builder)["$inferSchemaTypes"];

export const Claim = builder.prismaObject("Claim", {
  interfaces: () => [Cited],
  fields: (t) => ({ field: t.exposeString("field"), value: t.exposeString("value") }),
});
addCitations(Claim, ({ id }) => ({ kind: "CLAIM", id }));

/** Gives a type the field `claims`; `subjectOf` says which row they are about. */
export function addClaims<Shape>(
  type: ObjectRef<Types, Shape>,
  subjectOf: (parent: Shape, context: Context) => Subject,
): void {
  builder.objectField(type, "claims", (t) =>
    t.field({
      type: [Claim],
      description: "What documents say its fields are; claims on one field that differ are a disagreement.",
      resolve: (parent, _args, context) => context.loaders.claims.load(subjectOf(parent as Shape, context)),
    }),
  );
}
