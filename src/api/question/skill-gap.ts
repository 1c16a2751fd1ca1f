import type { SkillGap } from "../../planning/scenarios/skill-gap.ts";
import { builder } from "../builder.ts";
import { Goal, hours, ownerHandle, SkillHandle } from "../core/entity.ts";
import { NotFoundError, UnreachableGoalError, ValidationError } from "../core/errors.ts";
import { runTask } from "../core/run-task.ts";
import { parseGoal, parseStanding } from "../path/learner-input.ts";
import { GoalInput } from "../path/learner-input-types.ts";
import { solvedPath, unreachable } from "../path/learning-path.ts";
import { LearningPath } from "../path/learning-path-type.ts";
import { plainRequest } from "../path/plan-request.ts";
import { Skill } from "../skill/skill.ts";
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
      const gap = await runTask("skillGap", snapshot.graph, standing, goal);
      if (gap.kind === "unreachable") throw unreachable(snapshot, gap);
      return { goal, gap };
    },
  }),
);
