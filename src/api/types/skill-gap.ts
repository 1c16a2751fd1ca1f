import type { SkillGap } from "../../planning/skill-gap.ts";
import { builder } from "../builder.ts";
import { NotFoundError, UnreachableGoalError, ValidationError } from "../errors.ts";
import { hours, ownerHandle, SkillHandle } from "../handles.ts";
import { parseGoal, parseStanding } from "../learner-input.ts";
import { solvedPath, unreachable } from "../learning-path.ts";
import { plainRequest } from "../plan-request.ts";
import { shareThread } from "../share-thread.ts";
import { Goal } from "./goal.ts";
import { GoalInput } from "./learner-inputs.ts";
import { LearningPath } from "./learning-path.ts";
import { Skill } from "./skill.ts";
import { StandingInput } from "./standing-input.ts";

interface GapShape {
  readonly goal: number;
  readonly gap: SkillGap;
}

const SkillGapType = builder.objectRef<GapShape>("SkillGap").implement({
  description: "What is missing from where somebody stands to a goal.",
  fields: (t) => ({
    to: t.field({
      type: Goal,
      description: "The goal.",
      resolve: ({ goal }, _args, { snapshot }) => ownerHandle(snapshot, goal),
    }),
    assumed: t.field({
      type: [Skill],
      description: "What was taken as known: the skills given and those that the roles held stand for.",
      resolve: ({ gap }) => gap.assumed.map((skill) => new SkillHandle(skill)),
    }),
    path: t.field({
      type: LearningPath,
      description: "What is missing, cheapest and in learning order; no steps when nothing is.",
      resolve: ({ goal, gap }) =>
        solvedPath(plainRequest({ goals: [goal], known: gap.assumed, choose: [], avoid: [] }), gap.path),
    }),
    missingHours: t.float({
      description: "The hours of what is missing.",
      resolve: ({ gap }) => hours(gap.path.cost),
    }),
    hoursFromNothing: t.float({
      description: "The hours that the goal takes from nothing.",
      resolve: ({ gap }) => hours(gap.costFromNothing),
    }),
    necessary: t.field({
      type: [Skill],
      description: "The missing skills that every way to the goal passes; the rest can be chosen.",
      resolve: ({ gap }) => gap.necessary.map((skill) => new SkillHandle(skill)),
    }),
    isExact: t.boolean({
      description: "Whether all of this is proved. False when a search ran out of its budget.",
      resolve: ({ gap }) => gap.isExact,
    }),
  }),
});

builder.queryField("skillGap", (t) =>
  t.field({
    type: SkillGapType,
    nullable: true,
    description: "What is missing from where somebody stands, with skills or a role, to a goal.",
    args: {
      from: t.arg({ type: StandingInput, required: true, description: "Where somebody stands." }),
      to: t.arg({ type: GoalInput, required: true, description: "What to reach." }),
    },
    errors: {
      types: [NotFoundError, ValidationError, UnreachableGoalError],
      union: { name: "SkillGapResult", description: "A gap, or why it is unknown." },
    },
    resolve: async (_root, { from, to }, { snapshot }): Promise<GapShape> => {
      const standing = await parseStanding(snapshot, from, "from");
      const goal = parseGoal(snapshot, to, "to");
      const gap = await shareThread("skillGap", snapshot.graph, standing, goal);
      if (gap.kind === "unreachable") throw unreachable(snapshot, gap);
      return { goal, gap };
    },
  }),
);
