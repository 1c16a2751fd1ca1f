import { builder } from "../builder.ts";
import { CONSTANT } from "./constants.ts";
import type { OwnerHandle } from "./handles.ts";

export const Goal = builder.interfaceRef<OwnerHandle>("Goal").implement({
  description:
    "What a learner can aim for: a skill, a role, a project or a roadmap. To reach it is to learn the skill, or to meet the requirement of the other three.",
  fields: (t) => ({
    id: t.id({ description: "The id for `node`." }),
    slug: t.string({
      description: "The name in links and inputs: lower case, digits and hyphens.",
      extensions: CONSTANT,
      resolve: (goal, _args, { snapshot }) => goal.table(snapshot).slugs[goal.index]!,
    }),
    name: t.string({
      description: "The name as people write it.",
      extensions: CONSTANT,
      resolve: (goal, _args, { snapshot }) => goal.table(snapshot).names[goal.index]!,
    }),
  }),
});
