import { builder } from "../builder.ts";
import { indexOfId, ProjectHandle, skillOfId } from "../core/entity.ts";
import { orStale } from "../core/errors.ts";
import { Project } from "../project/project.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { Skill } from "./skill.ts";

export const Practice = builder.prismaObject("Practises", {
  name: "Practice",
  interfaces: () => [Cited],
  fields: () => ({}),
});

builder.objectFields(Practice, (t) => ({
  project: t.field({
    type: Project,
    description: "The project that practises the skill.",
    resolve: ({ projectId }, _args, { snapshot }) =>
      new ProjectHandle(orStale(indexOfId(snapshot.projects, projectId), "A project")),
  }),
  skill: t.field({
    type: Skill,
    description: "The skill that is practised.",
    resolve: ({ skillId }, _args, { snapshot }) => orStale(skillOfId(snapshot, skillId), "A skill"),
  }),
}));
addCitations(Practice, ({ id }) => ({ kind: "PRACTISES", id }));
