import { builder } from "../builder.ts";
import { BY_NAME, orderInput } from "../core/connection.ts";
import { columnsOf, Goal, rowsOf, tableDescription } from "../core/entity.ts";
import { ownersIn, type RoadmapHandle, rowId } from "../core/handle.ts";
import { Node } from "../core/node.ts";
import { addOwnerQueries } from "../core/noun-queries.ts";
import { Project } from "../project/project.ts";
import { addOwnerSupport, addRowSupport, Cited, supportFields } from "../provenance/citation.ts";
import { addRequirement } from "../requirement/requirement.ts";
import { requirementOfStep } from "../requirement/tree.ts";
import { Resource, resourcesIn } from "../resource/resource.ts";

/** An index in the snapshot, as a skill is. */
export const Roadmap = builder.objectRef<RoadmapHandle>("Roadmap");

export const RoadmapStep = builder.prismaObject("RoadmapStep", {
  interfaces: () => [Cited],
  fields: (t) => ({
    position: t.exposeInt("position"),
    name: t.exposeString("name"),
    summary: t.exposeString("summary"),
    resources: t.field({
      type: [Resource],
      description: "The resources it points at, in the author's order.",
      resolve: async ({ id }, _args, { loaders }) =>
        resourcesIn(await loaders.stepResources.load(id), loaders),
    }),
    projects: t.field({
      type: [Project],
      description: "The projects it points at, in the author's order.",
      resolve: async ({ id }, _args, { snapshot, loaders }) =>
        ownersIn(snapshot, "Project", "projectId", await loaders.stepProjects.load(id)),
    }),
  }),
});
addRequirement(RoadmapStep, "The skills of the step. Null when it has none.", ({ id }, context) =>
  requirementOfStep(context, id),
);
addRowSupport(RoadmapStep, "ROADMAP_STEP");

const column = columnsOf("Roadmap", ({ roadmaps }) => roadmaps);

Roadmap.implement({
  description: tableDescription("Roadmap"),
  interfaces: () => [Node, Goal, Cited],
  fields: (t) => ({
    formerSlugs: t.stringList(column("formerSlugs")),
    summary: t.string(column("summary")),
    ordered: t.boolean(column("ordered")),
    steps: t.field(rowsOf(RoadmapStep, "Its steps, in the author's order.", "roadmapSteps")),
    step: t.field({
      type: RoadmapStep,
      nullable: true,
      description: "One of its steps. Null when there is no such step.",
      args: { position: t.arg.int({ required: true, description: "The place of the step, from 1." }) },
      resolve: async (roadmap, { position }, { snapshot, loaders }) =>
        (await loaders.roadmapSteps.load(rowId(snapshot, roadmap))).find(
          (step) => step.position === position,
        ),
    }),
  }),
});
addOwnerSupport(Roadmap);

addOwnerQueries(Roadmap, "Roadmap", {
  filter: builder.inputType("RoadmapFilter", {
    description: "Which roadmaps to list; all conditions must hold.",
    fields: (t) => ({
      text: t.string({ description: "Occurs in the slug, the name or the summary, ignoring letter case." }),
      requires: t.string({ description: "A step names the skill of this slug." }),
      ...supportFields(t),
    }),
  }),
  order: orderInput("Roadmap", BY_NAME),
  pages: ({ loaders }) => loaders.pages.roadmaps,
  rows: ({ roadmaps }) => roadmaps,
});
