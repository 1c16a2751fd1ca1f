import type { DisputedField } from "../../loaders/citations.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { checkRange, howMany } from "../core/check.ts";
import { fault } from "../core/errors.ts";
import { Node } from "../core/node.ts";
import { MAX_DISAGREEMENTS } from "../limits.ts";
import { Graph } from "../question/graph.ts";
import { Claim } from "./citation.ts";
import { findSubjectEntity } from "./subject.ts";

const Disagreement = builder.objectRef<DisputedField>("Disagreement").implement({
  description: "Different claims on one field of one entity.",
  fields: (t) => ({
    entity: t.field({
      type: Node,
      description: "The entity.",
      resolve: ({ subject }, _args, context) => findSubjectEntity(context, subject),
    }),
    field: t.exposeString("field", { description: "The field that the claims are about." }),
    claims: t.field({
      type: [Claim],
      description:
        "The claims, each with the documents that make it. A claim whose basis is `EDITORIAL` is the editors' own.",
      resolve: async ({ subject, field }, _args, { loaders }) =>
        (await loaders.claims.load(subject)).filter((claim) => claim.field === field),
    }),
  }),
});
addCacheId(Disagreement, ({ subject, field }) => [subject.kind, subject.id, field]);

builder.objectField(Graph, "disagreements", (t) =>
  t.field({
    type: [Disagreement],
    description:
      "The fields about which documents, or documents and the editors, say different things now. Not asked of an earlier revision.",
    nullable: true,
    args: {
      field: t.arg.string({ description: "Only about this field, such as `kind`. Absent: any." }),
      first: t.arg.int(howMany(100, 1, MAX_DISAGREEMENTS)),
    },
    resolve: async ({ snapshot, since }, { field, first }, { loaders }) => {
      if (since !== undefined)
        throw fault("atRevision", "absent where disagreements are asked for", snapshot.revision);
      checkRange("first", first, 1, MAX_DISAGREEMENTS);
      const disputed = await loaders.disputedFields();
      return disputed.filter((one) => field == null || one.field === field).slice(0, first);
    },
  }),
);
