import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { nameOrderInput, parseFilter, resolvePage } from "../core/connection.ts";
import { columnDescription, tableDescription } from "../core/description.ts";
import { CONSTANT, Goal, indexOfId, RoadmapHandle, rowId, slugOf } from "../core/entity.ts";
import { orNotFound, orStale } from "../core/errors.ts";
import { encodeGlobalId, Node } from "../core/node.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { addClaims } from "../provenance/claim.ts";
import { supportFields } from "../provenance/support-filter.ts";
import { RoadmapStep } from "./roadmap-step.ts";

/** An index in the snapshot, as a skill is; see types/skill.ts. */
export const Roadmap = builder.objectRef<RoadmapHandle>("Roadmap");

const row = async (roadmap: RoadmapHandle, { snapshot, loaders }: Context) =>
  orStale(await loaders.roadmaps.load(rowId(snapshot, roadmap)), "A roadmap");

Roadmap.implement({
  description: tableDescription("Roadmap"),
  interfaces: () => [Node, Goal, Cited],
  fields: (t) => ({
    id: t.id({
      description: "The id for `node`.",
      extensions: CONSTANT,
      resolve: (roadmap, _args, { snapshot }) => encodeGlobalId("Roadmap", slugOf(snapshot, roadmap)),
    }),
    summary: t.string({
      description: columnDescription("Roadmap", "summary"),
      resolve: async (roadmap, _args, context) => (await row(roadmap, context)).summary,
    }),
    ordered: t.boolean({
      description: columnDescription("Roadmap", "ordered"),
      resolve: async (roadmap, _args, context) => (await row(roadmap, context)).ordered,
    }),
    steps: t.field({
      type: [RoadmapStep],
      description: "Its steps, in the author's order.",
      resolve: (roadmap, _args, { snapshot, loaders }) => loaders.roadmapSteps.load(rowId(snapshot, roadmap)),
    }),
    step: t.field({
      type: RoadmapStep,
      nullable: true,
      description: "One of its steps; null where there is none.",
      args: { position: t.arg.int({ required: true, description: "The place of the step, from 1." }) },
      resolve: async (roadmap, { position }, { snapshot, loaders }) =>
        (await loaders.roadmapSteps.load(rowId(snapshot, roadmap))).find(
          (step) => step.position === position,
        ),
    }),
  }),
});

const subjectOf = (roadmap: RoadmapHandle, { snapshot }: Context) => ({
  kind: "ROADMAP" as const,
  id: rowId(snapshot, roadmap),
});
addCitations(Roadmap, subjectOf);
addClaims(Roadmap, subjectOf);

const RoadmapFilter = builder.inputType("RoadmapFilter", {
  description: "Which roadmaps to list; all conditions must hold.",
  fields: (t) => ({
    text: t.string({ description: "Occurs in the slug, the name or the summary, letter case aside." }),
    requires: t.string({ description: "A step names the skill of this slug." }),
    ...supportFields(t),
  }),
});

const RoadmapOrder = nameOrderInput("Roadmap", "roadmaps");

builder.queryFields((t) => ({
  roadmap: t.field({
    type: Roadmap,
    nullable: true,
    description:
      "The roadmap of a slug. Null, with a NOT_FOUND error that suggests others, when there is none.",
    args: { slug: t.arg.string({ required: true, description: "The slug of the roadmap." }) },
    resolve: (_root, { slug }, { snapshot: { roadmaps } }) =>
      new RoadmapHandle(orNotFound(roadmaps.indexOf.get(slug), "ROADMAP", slug, roadmaps.slugs)),
  }),
  roadmaps: t.connection(
    {
      type: Roadmap,
      nullable: true,
      description: "The roadmaps, page by page.",
      args: {
        filter: t.arg({ type: RoadmapFilter, description: "Which to list; absent: all." }),
        orderBy: t.arg({ type: RoadmapOrder, description: "In which order; absent: by name." }),
      },
      resolve: (_root, args, { snapshot, loaders }) => {
        return resolvePage(loaders.pages.roadmaps, "NAME", args, parseFilter(args.filter), (found) => {
          loaders.roadmaps.prime(found.id, found);
          const index = indexOfId(snapshot.roadmaps, found.id);
          return index === undefined ? undefined : new RoadmapHandle(index);
        });
      },
    },
    { name: "RoadmapConnection", description: "A page of roadmaps." },
    { name: "RoadmapEdge" },
  ),
}));
