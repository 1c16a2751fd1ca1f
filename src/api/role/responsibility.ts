import { builder } from "../builder.ts";
import { skillsOfIds } from "../core/entity.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { Skill } from "../skill/skill.ts";

export const Responsibility = builder.prismaObject("Responsibility", {
  interfaces: () => [Cited],
  fields: (t) => ({
    position: t.exposeInt("position"),
    name: t.exposeString("name"),
    summary: t.exposeString("summary"),
  }),
});

builder.objectField(Responsibility, "skills", (t) =>
  t.field({
    type: [Skill],
    description: "The skills it calls for.",
    resolve: async ({ id }, _args, { snapshot, loaders }) =>
      skillsOfIds(
        snapshot,
        (await loaders.responsibilitySkills.load(id)).map(({ skillId }) => skillId),
      ),
  }),
);
addCitations(Responsibility, ({ id }) => ({ kind: "RESPONSIBILITY", id }));
