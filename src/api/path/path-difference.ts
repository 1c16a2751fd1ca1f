import type { PathDifference } from "../../planning/explain/path-difference.ts";
import { builder } from "../builder.ts";
import { hours, SkillHandle } from "../core/entity.ts";
import { Skill } from "../skill/skill.ts";

export const PathDifferenceType = builder.objectRef<PathDifference>("PathDifference").implement({
  description: "What another path does differently.",
  fields: (t) => ({
    added: t.field({
      type: [Skill],
      description: "The skills that only the other path has, in its order.",
      resolve: ({ added }) => added.map((skill) => new SkillHandle(skill)),
    }),
    dropped: t.field({
      type: [Skill],
      description: "The skills that only this path has, in its order.",
      resolve: ({ dropped }) => dropped.map((skill) => new SkillHandle(skill)),
    }),
    extraHours: t.float({
      description: "How many hours more the other path takes; below 0 when it takes fewer.",
      resolve: ({ extraCost }) => hours(extraCost),
    }),
  }),
});
