import type { StepReason } from "../../planning/explain/because.ts";
import { builder } from "../builder.ts";
import { Goal, ownerHandle, SkillHandle } from "../core/entity.ts";
import { GroupRequirement, RequirementNode } from "../requirement/requirement.ts";
import type { PlanRequest } from "./plan-request.ts";
import { type StepRequirement, stepRequirements } from "./step-requirements.ts";

const StepRequirementType = builder.objectRef<StepRequirement>("StepRequirement").implement({
  description: "The place in a requirement that asks for a step.",
  fields: (t) => ({
    requiredBy: t.field({
      type: Goal,
      description: "Whose requirement it is.",
      resolve: ({ requiredBy }) => requiredBy,
    }),
    node: t.field({
      type: RequirementNode,
      description: "The node that names the step, with its reason and its citations.",
      resolve: ({ leaf }) => leaf,
    }),
    choice: t.field({
      type: GroupRequirement,
      nullable: true,
      description:
        "The innermost group around it that leaves a choice, such as one of several languages; null when there is none.",
      resolve: ({ choice }) => choice,
    }),
  }),
});

export interface StepReasonShape {
  readonly skill: number;
  readonly reason: StepReason;
  readonly request: PlanRequest;
}

export const StepReasonType = builder.objectRef<StepReasonShape>("StepReason").implement({
  description: "Why a step is in a path.",
  fields: (t) => ({
    goals: t.field({
      type: [Goal],
      description: "The goals and chosen skills that need the step; itself when it is one.",
      resolve: ({ reason }, _args, { snapshot }) => reason.goals.map((goal) => ownerHandle(snapshot, goal)),
    }),
    requiredBy: t.field({
      type: [Goal],
      description: "The steps and goals whose own requirement counts the step, without anything between.",
      resolve: ({ reason }, _args, { snapshot }) =>
        reason.requiredBy.map((owner) => ownerHandle(snapshot, owner)),
    }),
    requirements: t.field({
      type: [StepRequirementType],
      description: "Where the requirements of `requiredBy` name the step, with who says so.",
      resolve: ({ skill, reason }, _args, context) =>
        stepRequirements(context, new SkillHandle(skill), reason.requiredBy),
    }),
    isGoal: t.boolean({
      description: "Whether it was itself aimed for.",
      resolve: ({ skill, request }) => request.question.goals.includes(skill),
    }),
    isChosen: t.boolean({
      description: "Whether the input chose it.",
      resolve: ({ skill, request }) =>
        request.question.choose.includes(skill) && !request.optional.includes(skill),
    }),
    isOptional: t.boolean({
      description: "Whether `includeOptional` added it as an optional skill of a role.",
      resolve: ({ skill, request }) => request.optional.includes(skill),
    }),
  }),
});
