import { builder } from "../builder.ts";
import { indexOfId, ProjectHandle, rowId } from "../core/entity.ts";
import { Project } from "../project/project.ts";
import { Resource } from "../resource/resource.ts";
import { OptionalSkill } from "./optional-skill.ts";
import { Practice } from "./practice.ts";
import { Skill } from "./skill.ts";
import { Teaching } from "./teaching.ts";

/**
 * What teaches, practises and wants a skill, requirements aside. `resources` and `projects` are shortcuts past
 * the rows that carry the citations.
 */
builder.objectFields(Skill, (t) => ({
  taughtBy: t.field({
    type: [Teaching],
    description: "What teaches it, with who says so.",
    resolve: (skill, _args, { snapshot, loaders }) => loaders.teachesBySkill.load(rowId(snapshot, skill)),
  }),
  resources: t.field({
    type: [Resource],
    description: "The resources that teach it.",
    resolve: async (skill, _args, { snapshot, loaders }) => {
      const links = await loaders.teachesBySkill.load(rowId(snapshot, skill));
      const rows = await Promise.all(links.map(({ resourceId }) => loaders.resources.load(resourceId)));
      return rows.flatMap((resource) => resource ?? []);
    },
  }),
  practisedBy: t.field({
    type: [Practice],
    description: "What practises it, with who says so.",
    resolve: (skill, _args, { snapshot, loaders }) => loaders.practisesBySkill.load(rowId(snapshot, skill)),
  }),
  projects: t.field({
    type: [Project],
    description: "The projects that practise it.",
    resolve: async (skill, _args, { snapshot, loaders }) =>
      (await loaders.practisesBySkill.load(rowId(snapshot, skill))).flatMap(({ projectId }) => {
        const index = indexOfId(snapshot.projects, projectId);
        return index === undefined ? [] : [new ProjectHandle(index)];
      }),
  }),
  optionalIn: t.field({
    type: [OptionalSkill],
    description: "The roles in which it helps without being required.",
    resolve: (skill, _args, { snapshot, loaders }) =>
      loaders.optionalSkillsBySkill.load(rowId(snapshot, skill)),
  }),
}));
