import type { RejectedAlternative } from "../../planning/alternatives.ts";
import type { StepReason } from "../../planning/because.ts";
import { builder } from "../builder.ts";
import { hours, ownerHandle, SkillHandle } from "../handles.ts";
import { type AnsweredPath, alternativesOf, reasonsOf } from "../learning-path.ts";
import { Goal } from "./goal.ts";
import { Skill } from "./skill.ts";

const StepReasonType = builder.objectRef<StepReason>("StepReason").implement({
  description: "Why a step is in a path.",
  fields: (t) => ({
    goals: t.field({
      type: [Goal],
      description: "The goals and chosen skills that need the step; itself when it is one.",
      resolve: ({ goals }, _args, { snapshot }) => goals.map((goal) => ownerHandle(snapshot, goal)),
    }),
    requiredBy: t.field({
      type: [Goal],
      description: "The steps and goals whose own requirement counts the step, without anything between.",
      resolve: ({ requiredBy }, _args, { snapshot }) =>
        requiredBy.map((owner) => ownerHandle(snapshot, owner)),
    }),
  }),
});

const AlternativeType = builder.objectRef<RejectedAlternative>("PathAlternative").implement({
  description: "What a requirement offers in place of a step, and what it would have cost.",
  fields: (t) => ({
    skill: t.field({
      type: Skill,
      description: "The skill to take instead; the first one where several belong together.",
      resolve: ({ skill }) => new SkillHandle(skill),
    }),
    skills: t.field({
      type: [Skill],
      description: "All skills to take instead, in the author's order.",
      resolve: ({ skills }) => skills.map((skill) => new SkillHandle(skill)),
    }),
    offeredBy: t.field({
      type: Goal,
      description: "Whose requirement leaves the choice.",
      resolve: ({ owner }, _args, { snapshot }) => ownerHandle(snapshot, owner),
    }),
    extraHours: t.float({
      nullable: true,
      description:
        "How many hours more the cheapest path takes that has the alternative and not the step. Null when there is no such path, or none was found.",
      resolve: ({ extraCost }) => (extraCost === undefined ? null : hours(extraCost)),
    }),
    isExact: t.boolean({
      description: "Whether `extraHours` is proved. False when the search ran out of its budget.",
      resolve: ({ isExact }) => isExact,
    }),
  }),
});

/** A step of a path, as resolvers see it. */
export interface PathStepShape {
  readonly path: AnsweredPath;
  /** The place in `path.solved.skills`. */
  readonly at: number;
}

export const PathStep = builder.objectRef<PathStepShape>("PathStep").implement({
  description: "One skill to learn. Whatever it requires is known or comes before it.",
  fields: (t) => ({
    position: t.int({ description: "The place in the path, from 1.", resolve: ({ at }) => at + 1 }),
    stage: t.int({
      description:
        "From 0. Steps of one stage can be learned side by side: each waits only for earlier stages.",
      resolve: ({ path, at }) => path.solved.stages[at]!,
    }),
    hours: t.float({
      description: "The hours of the skill.",
      resolve: ({ path, at }, _args, { snapshot }) => hours(snapshot.graph.cost[path.solved.skills[at]!]!),
    }),
    skill: t.field({
      type: Skill,
      description: "The skill.",
      resolve: ({ path, at }) => new SkillHandle(path.solved.skills[at]!),
    }),
    because: t.field({
      type: StepReasonType,
      description: "Why it is there.",
      resolve: ({ path, at }, _args, context) => reasonsOf(path, context)[at]!,
    }),
    alternatives: t.field({
      type: [AlternativeType],
      description: "What could have taken its place, and what that would have cost.",
      resolve: ({ path, at }, _args, context) => {
        const found = alternativesOf(path, context);
        return found instanceof Promise ? found.then((all) => all[at]!) : found[at]!;
      },
    }),
  }),
});
