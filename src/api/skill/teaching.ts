import { builder } from "../builder.ts";
import { skillOfId } from "../core/entity.ts";
import { orStale } from "../core/errors.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { Resource } from "../resource/resource.ts";
import { Skill } from "./skill.ts";

export const Teaching = builder.prismaObject("Teaches", {
  name: "Teaching",
  interfaces: () => [Cited],
  fields: () => ({}),
});

builder.objectFields(Teaching, (t) => ({
  resource: t.field({
    type: Resource,
    description: "The resource that teaches.",
    resolve: async ({ resourceId }, _args, { loaders }) =>
      orStale(await loaders.resources.load(resourceId), "A resource"),
  }),
  skill: t.field({
    type: Skill,
    description: "The skill that is taught.",
    resolve: ({ skillId }, _args, { snapshot }) => orStale(skillOfId(snapshot, skillId), "A skill"),
  }),
}));
addCitations(Teaching, ({ id }) => ({ kind: "TEACHES", id }));
