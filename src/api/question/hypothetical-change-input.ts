import { MAX_HYPOTHETICAL_CHANGES } from "../../planning/scenarios/hypothetical-graph.ts";
import { builder } from "../builder.ts";
import { MAX_HOURS, MAX_NAME_LENGTH } from "../limits.ts";
import { GoalInput } from "../path/learner-input-types.ts";
import { RequirementInput } from "../requirement/input.ts";

const HOURS = `Its hours, from 0 to ${MAX_HOURS}. Counted in hundredths.`;

const AddSkillInput = builder.inputType("AddSkillInput", {
  description: "A skill that does not exist yet.",
  fields: (t) => ({
    slug: t.string({ required: true, description: "A slug that no skill has; other changes may name it." }),
    name: t.string({ description: `Its name, at most ${MAX_NAME_LENGTH} letters; absent: the slug.` }),
    hours: t.float({ required: true, description: HOURS }),
    requires: t.field({
      type: RequirementInput,
      description: "What must be known before; absent: nothing.",
    }),
  }),
});

const SetHoursInput = builder.inputType("SetHoursInput", {
  description: "Another estimate of a skill.",
  fields: (t) => ({
    skill: t.string({ required: true, description: "The slug of the skill." }),
    hours: t.float({ required: true, description: HOURS }),
  }),
});

const SetRequirementInput = builder.inputType("SetRequirementInput", {
  description: "Another requirement in place of today's.",
  fields: (t) => ({
    of: t.field({ type: GoalInput, required: true, description: "Whose requirement it is." }),
    requires: t.field({
      type: RequirementInput,
      description: "What must be known before; absent: nothing.",
    }),
  }),
});

const AddPrerequisiteInput = builder.inputType("AddPrerequisiteInput", {
  description: "A requirement besides today's.",
  fields: (t) => ({
    to: t.field({ type: GoalInput, required: true, description: "Who asks for it." }),
    requires: t.field({ type: RequirementInput, required: true, description: "What it asks for." }),
  }),
});

const DropPrerequisiteInput = builder.inputType("DropPrerequisiteInput", {
  description: "A skill that a requirement no longer names.",
  fields: (t) => ({
    from: t.field({ type: GoalInput, required: true, description: "Whose requirement it is." }),
    skill: t.string({ required: true, description: "The slug of the skill." }),
  }),
});

export const HypotheticalChangeInput = builder.inputType("HypotheticalChangeInput", {
  description: `A change to the graph, in thought. Exactly one field must be set; at most ${MAX_HYPOTHETICAL_CHANGES} changes.`,
  isOneOf: true,
  fields: (t) => ({
    addSkill: t.field({ type: AddSkillInput, description: "A skill is added." }),
    removeSkill: t.string({
      description: "The skill of this slug is removed, and no requirement names it any more.",
    }),
    setHours: t.field({ type: SetHoursInput, description: "A skill is estimated anew." }),
    setRequirement: t.field({ type: SetRequirementInput, description: "A requirement is written anew." }),
    addPrerequisite: t.field({
      type: AddPrerequisiteInput,
      description: "A requirement asks for something more.",
    }),
    dropPrerequisite: t.field({
      type: DropPrerequisiteInput,
      description: "A requirement no longer names a skill.",
    }),
  }),
});
