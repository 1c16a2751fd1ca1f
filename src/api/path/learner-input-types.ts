import { builder } from "../builder.ts";
import { MAX_LISTED_SKILLS } from "../limits.ts";

export const GoalInput = builder.inputType("GoalInput", {
  description: "What a learner aims for, by slug. Exactly one field must be set.",
  isOneOf: true,
  fields: (t) => ({
    skill: t.string({ description: "To learn this skill." }),
    role: t.string({ description: "To meet the requirement of this role." }),
    project: t.string({ description: "To be ready for this project." }),
    roadmap: t.string({ description: "To learn what the steps of this roadmap ask for." }),
  }),
});

export const KNOWN = `Slugs of the skills that the learner has, at most ${MAX_LISTED_SKILLS}. To know a skill does not mean to know its prerequisites, unless \`knownImpliesPrerequisites\` says so.`;

export const IMPLIED =
  "Whether to take as known what nobody can have learned the known skills without. Where a requirement offers alternatives, none of them is implied.";
