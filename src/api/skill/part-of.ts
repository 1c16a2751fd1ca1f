import { builder } from "../builder.ts";
import { rowId, skillOfId } from "../core/entity.ts";
import { orStale } from "../core/errors.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { Skill } from "./skill.ts";

const PartOf = builder.prismaObject("PartOf", { interfaces: () => [Cited], fields: () => ({}) });

builder.objectFields(PartOf, (t) => ({
  part: t.field({
    type: Skill,
    description: "The narrower skill.",
    resolve: ({ partId }, _args, { snapshot }) => orStale(skillOfId(snapshot, partId), "A skill"),
  }),
  whole: t.field({
    type: Skill,
    description: "The wider skill or topic.",
    resolve: ({ wholeId }, _args, { snapshot }) => orStale(skillOfId(snapshot, wholeId), "A skill"),
  }),
}));
addCitations(PartOf, ({ id }) => ({ kind: "PART_OF", id }));

builder.objectFields(Skill, (t) => ({
  partOf: t.field({
    type: [PartOf],
    description: "The wider skills and topics it is part of.",
    resolve: (skill, _args, { snapshot, loaders }) => loaders.wholes.load(rowId(snapshot, skill)),
  }),
  parts: t.field({
    type: [PartOf],
    description: "The narrower skills that are part of it.",
    resolve: (skill, _args, { snapshot, loaders }) => loaders.parts.load(rowId(snapshot, skill)),
  }),
}));
