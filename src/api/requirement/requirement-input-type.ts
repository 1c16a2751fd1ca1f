import { builder } from "../builder.ts";
import { MAX_REQUIREMENT_INPUT_DEPTH, MAX_REQUIREMENT_INPUT_NODES } from "../limits.ts";
import type { RequirementInput as Shape } from "./requirement-input.ts";

export const RequirementInput = builder.inputRef<Shape>("RequirementInput");

const AtLeastInput = builder.inputType("AtLeastInput", {
  description: "At least so many of some requirements.",
  fields: (t) => ({
    count: t.int({ required: true, description: "How many must be met, from 1 to all of them." }),
    of: t.field({ type: [RequirementInput], required: true, description: "The members." }),
  }),
});

RequirementInput.implement({
  description: `What must be known before. Exactly one field must be set; at most ${MAX_REQUIREMENT_INPUT_DEPTH} levels and ${MAX_REQUIREMENT_INPUT_NODES} nodes.`,
  isOneOf: true,
  fields: (t) => ({
    skill: t.string({ description: "The skill of this slug." }),
    allOf: t.field({ type: [RequirementInput], description: "All of these." }),
    anyOf: t.field({ type: [RequirementInput], description: "Any one of these." }),
    atLeast: t.field({ type: AtLeastInput, description: "At least so many of some." }),
  }),
});
