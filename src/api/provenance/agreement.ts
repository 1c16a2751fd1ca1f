import type { DocumentPair, Overlap } from "../../loaders/document-agreement.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { checkRange, howMany } from "../core/check.ts";
import { orStale } from "../core/entity.ts";
import { fault } from "../core/errors.ts";
import { Document } from "../document/document.ts";
import { MAX_DOCUMENT_PAIRS } from "../limits.ts";
import { Graph } from "../question/graph.ts";

type Placed = Overlap & { readonly pair: DocumentPair; readonly of: string };

const SupportOverlap = builder.objectRef<Placed>("SupportOverlap").implement({
  description: "How much two documents support both.",
  fields: (t) => ({
    both: t.exposeInt("both", { description: "How many rows both support." }),
    either: t.exposeInt("either", { description: "How many rows at least one of them supports." }),
    share: t.float({
      nullable: true,
      description:
        "`both` as a share of `either`, from 0 to 1 (Jaccard's index). Null where there is neither.",
      resolve: ({ both, either }) => (either === 0 ? null : both / either),
    }),
  }),
});
addCacheId(SupportOverlap, ({ pair, of }, { snapshot }) => [snapshot.revision, pair.first, pair.second, of]);

const DocumentAgreement = builder.objectRef<DocumentPair>("DocumentAgreement").implement({
  description: "How far two documents support the same.",
  fields: (t) => ({
    first: t.field({
      type: Document,
      description: "The document that was stored first.",
      resolve: async ({ first }, _args, { loaders }) =>
        orStale(await loaders.documents.load(first), "A document"),
    }),
    second: t.field({
      type: Document,
      description: "The other one.",
      resolve: async ({ second }, _args, { loaders }) =>
        orStale(await loaders.documents.load(second), "A document"),
    }),
    rows: t.field({
      type: SupportOverlap,
      description: "All that citations can support: skills, prerequisites, resources, steps and so on.",
      resolve: (pair) => ({ ...pair.rows, pair, of: "rows" }),
    }),
    skills: t.field({
      type: SupportOverlap,
      description: "Skills.",
      resolve: (pair) => ({ ...pair.skills, pair, of: "skills" }),
    }),
    prerequisites: t.field({
      type: SupportOverlap,
      description: "Prerequisites, and groups of requirements.",
      resolve: (pair) => ({ ...pair.prerequisites, pair, of: "prerequisites" }),
    }),
  }),
});
addCacheId(DocumentAgreement, ({ first, second }, { snapshot }) => [snapshot.revision, first, second]);

builder.objectField(Graph, "agreements", (t) =>
  t.field({
    type: [DocumentAgreement],
    nullable: true,
    description:
      "The pairs of documents that support something both, those that share most first. What they say of it may still differ: see `disagreements`. Not asked of an earlier revision.",
    args: { first: t.arg.int(howMany(20, 1, MAX_DOCUMENT_PAIRS)) },
    resolve: ({ snapshot, since }, { first }, { loaders }) => {
      if (since !== undefined)
        throw fault("atRevision", "absent where agreements are asked for", snapshot.revision);
      checkRange("first", first, 1, MAX_DOCUMENT_PAIRS);
      return loaders.documentAgreement(first);
    },
  }),
);
