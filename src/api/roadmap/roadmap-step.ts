import { builder } from "../builder.ts";
import { indexOfId, ProjectHandle } from "../core/entity.ts";
import { Project } from "../project/project.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { Requirement, RequirementNode } from "../requirement/requirement.ts";
import { requirementOfStep } from "../requirement/requirements.ts";
import { Resource } from "../resource/resource.ts";

export const RoadmapStep = builder.prismaObject("RoadmapStep", {
  interfaces: () => [Cited],
  fields: (t) => ({
    position: t.exposeInt("position"),
    name: t.exposeString("name"),
    summary: t.exposeString("summary"),
  }),
});

builder.objectFields(RoadmapStep, (t) => ({
  requirement: t.field({
    type: Requirement,
    nullable: true,
    description: "The skills of the step; null: none.",
    resolve: async ({ id }, _args, context) => (await requirementOfStep(context, id))[0],
  }),
  requirementNodes: t.field({
    type: [RequirementNode],
    description: "The whole requirement as a flat list in depth-first order, the root first.",
    resolve: ({ id }, _args, context) => requirementOfStep(context, id),
  }),
  resources: t.field({
    type: [Resource],
    description: "The resources it points at, in the author's order.",
    resolve: async ({ id }, _args, { loaders }) => {
      const links = await loaders.stepResources.load(id);
      const rows = await Promise.all(links.map(({ resourceId }) => loaders.resources.load(resourceId)));
      return rows.flatMap((resource) => resource ?? []);
    },
  }),
  projects: t.field({
    type: [Project],
    description: "The projects it points at, in the author's order.",
    resolve: async ({ id }, _args, { snapshot, loaders }) =>
      (await loaders.stepProjects.load(id)).flatMap(({ projectId }) => {
        const index = indexOfId(snapshot.projects, projectId);
        return index === undefined ? [] : [new ProjectHandle(index)];
      }),
  }),
}));
addCitations(RoadmapStep, ({ id }) => ({ kind: "ROADMAP_STEP", id }));
