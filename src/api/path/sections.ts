import { type Agreement, agreementWith } from "../../planning/order/agreement.ts";
import { type Section, sectionsOf } from "../../planning/order/sections.ts";
import type { Milestone } from "../../planning/time/milestones.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { guideOf } from "../../store/snapshot/outline.ts";
import { builder } from "../builder.ts";
import { RoadmapHandle, SkillHandle } from "../core/handle.ts";
import { andThen, memo } from "../core/run.ts";
import { Roadmap } from "../roadmap/roadmap.ts";
import { Skill } from "../skill/skill.ts";
import { addPartId, type OfPath } from "./part-id.ts";
import { LearningPath } from "./path.ts";
import { MilestoneType, milestonesOf, plannedProjectsOf } from "./projects.ts";
import { stepsField } from "./step.ts";

const PathSection = builder.objectRef<OfPath<Section>>("PathSection").implement({
  description: "Steps of a path that follow one another and belong to one topic.",
  fields: (t) => ({
    topic: t.field({
      type: Skill,
      nullable: true,
      description:
        "The topic: the widest skill that the steps are part of, below what more than half of all skills are part of. Null for steps that are part of nothing.",
      resolve: ({ topic }) => (topic === undefined ? null : new SkillHandle(topic)),
    }),
    returnsBecause: t.field({
      type: Skill,
      nullable: true,
      description:
        "Why the topic is entered again after it was left: a step of the section needs this skill, which comes between. Null where the topic is entered for the first time.",
      resolve: ({ returnsBecause }) =>
        returnsBecause === undefined ? null : new SkillHandle(returnsBecause),
    }),
    hours: t.hours("The hours of its steps together.", ({ path, from, end }, { snapshot }) =>
      path.solved.skills.slice(from, end).reduce((sum, skill) => sum + snapshot.graph.cost[skill]!, 0),
    ),
    steps: t.field(
      stepsField("Its steps, in order.", ({ path, from, end }) => path.solved.skills.slice(from, end)),
    ),
    projects: t.field({
      type: [MilestoneType],
      nullable: true,
      description: "The planned projects that come in this section: those of `LearningPath.plannedProjects`.",
      resolve: (section, _args, context) =>
        andThen(plannedProjectsOf(section.path, context), ({ milestones }) => within(section, milestones)),
    }),
    canBuild: t.field({
      type: [MilestoneType],
      nullable: true,
      description:
        "The projects that become possible in this section: their requirement and all that they practise of the path is learned by its end.",
      resolve: async (section, _args, context) => within(section, await milestonesOf(section.path, context)),
    }),
  }),
});
addPartId(PathSection, ({ path, from }) => [path, from]);

/** The projects that become possible in a section. */
function within({ path, from, end }: OfPath<Section>, milestones: readonly Milestone[]): OfPath<Milestone>[] {
  return milestones
    .filter(({ afterSteps }) => (afterSteps > from || from === 0) && afterSteps <= end)
    .map((milestone) => ({ ...milestone, path }));
}

type PlacedAgreement = OfPath<Agreement> & { readonly roadmap: number };

const PathAgreement = builder.objectRef<PlacedAgreement>("PathAgreement").implement({
  description: "How far the order of a path agrees with that of an author.",
  fields: (t) => ({
    roadmap: t.field({
      type: Roadmap,
      description: "The roadmap whose steps the author puts in an order. Its citations name the document.",
      resolve: ({ roadmap }) => new RoadmapHandle(roadmap),
    }),
    pairs: t.exposeInt("pairs", {
      description: "How many pairs of steps of the path the author puts in an order.",
    }),
    inversions: t.exposeInt("inversions", {
      description: "How many of these the path has the other way round.",
    }),
    tau: t.float({
      description: "Kendall's τ: 1 when all pairs agree, −1 when none does.",
      resolve: ({ pairs, inversions }) => 1 - (2 * inversions) / pairs,
    }),
  }),
});
addPartId(PathAgreement, ({ path, roadmap }) => [path, roadmap]);

const sectionsOfPath = memo((path: OfPath<object>["path"], snapshot: GraphSnapshot) =>
  sectionsOf(snapshot.graph, path.solved.skills, guideOf(snapshot).topicOf),
);

builder.objectFields(LearningPath, (t) => ({
  sections: t.field({
    type: [PathSection],
    description:
      "The steps by topic, in order: a section ends where the topic changes. There are as few as prerequisites allow. All sections together are `steps`.",
    resolve: (path, _args, { snapshot }) =>
      sectionsOfPath(path, snapshot).map((section) => ({ ...section, path })),
  }),
  agreement: t.field({
    type: [PathAgreement],
    description:
      "How far the order agrees with that of each ordered roadmap that names two steps of the path or more. Foundations aside, sections come in the order of the roadmap that names most steps.",
    resolve: (path, _args, { snapshot }) => {
      const { roadmaps, orderedRoadmaps } = guideOf(snapshot);
      return roadmaps.flatMap((steps, at) => {
        const agreement = agreementWith(path.solved.skills, steps);
        return agreement.pairs === 0 ? [] : [{ ...agreement, path, roadmap: orderedRoadmaps[at]! }];
      });
    },
  }),
}));
