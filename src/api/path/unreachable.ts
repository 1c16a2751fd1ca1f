import { builder } from "../builder.ts";
import {
  ErrorInterface,
  type MissingSkill,
  UnreachableGoalError,
  type UnreachedGoal,
} from "../core/errors.ts";

export const MissingCause = builder.enumType("MissingCause", {
  description: "Why a skill is out of reach.",
  values: {
    AVOIDED: { description: "The input avoids it." },
    UNMET: { description: "Its own requirement cannot be met." },
  },
});

export const MissingSkillType = builder.objectRef<MissingSkill>("MissingSkill").implement({
  description: "A skill that stands in the way of a goal.",
  fields: (t) => ({
    skill: t.skill("The skill.", ({ skill }) => skill),
    cause: t.expose("cause", { type: MissingCause, description: "Why the skill is out of reach." }),
  }),
});

const UnreachedGoalType = builder.objectRef<UnreachedGoal>("UnreachedGoal").implement({
  description: "A goal that is out of reach, and why.",
  fields: (t) => ({
    goal: t.goal("The goal.", ({ goal }) => goal),
    missing: t.field({
      type: [MissingSkillType],
      description: "The skills that stand in the way. Allowing one that is avoided may be enough.",
      resolve: ({ missing }) => [...missing],
    }),
  }),
});

builder.objectType(UnreachableGoalError, {
  name: "UnreachableGoalError",
  description: "Some of the goals are out of reach, whichever skills are learned.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    goals: t.field({
      type: [UnreachedGoalType],
      description: "The goals that are out of reach.",
      resolve: ({ goals }) => [...goals],
    }),
  }),
});
