import type { CriticalPath } from "../../graph/facts/critical-path.ts";
import { type LearningStages, learningStages, leastTime } from "../../planning/time/learning-stages.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { checkRange } from "../core/check.ts";
import { hours } from "../core/entity.ts";
import { memo } from "../core/memo.ts";
import { MAX_PEOPLE } from "../limits.ts";
import type { AnsweredPath } from "./learning-path.ts";
import { LearningPath } from "./learning-path-type.ts";
import { PathStep, stepsOf } from "./path-step.ts";

const stagesOf = memo(({ question, solved }: AnsweredPath, { snapshot }: Context) =>
  learningStages(snapshot.graph, solved, question.known),
);

interface StageShape {
  readonly path: AnsweredPath;
  readonly stage: LearningStages["stages"][number];
  /** From 0. */
  readonly number: number;
}

const LearningStageType = builder.objectRef<StageShape>("LearningStage").implement({
  description: "Steps that can be learned side by side.",
  fields: (t) => ({
    number: t.int({
      description: "From 0: the `stage` of its steps.",
      resolve: ({ number }) => number,
    }),
    steps: t.field({
      type: [PathStep],
      description: "Its steps, in the order of the path; each waits only for earlier stages.",
      resolve: ({ path, stage }) => stepsOf(path, stage.skills),
    }),
    hours: t.float({
      description: "The hours of its steps, one after the other.",
      resolve: ({ stage }) => hours(stage.cost),
    }),
    longestHours: t.float({
      description: "The hours of its longest step: what it takes when all are learned at the same time.",
      resolve: ({ stage }) => hours(stage.longest),
    }),
  }),
});

interface CriticalShape {
  readonly path: AnsweredPath;
  readonly critical: CriticalPath;
}

const CriticalPathType = builder.objectRef<CriticalShape>("CriticalPath").implement({
  description: "The longest chain of steps in hours. However many learn, nobody is through faster.",
  fields: (t) => ({
    steps: t.field({
      type: [PathStep],
      description: "The chain from first to last; each waits for the one before.",
      resolve: ({ path, critical }) => stepsOf(path, critical.skills),
    }),
    hours: t.float({
      description: "The hours of the chain.",
      resolve: ({ critical }) => hours(critical.cost),
    }),
    leastHours: t.float({
      nullable: true,
      description:
        "No so many people who divide the steps of the path among them are through in less: the longest chain, or an even share of all steps.",
      args: {
        people: t.arg.int({ required: true, description: `How many people, from 1 to ${MAX_PEOPLE}.` }),
      },
      resolve: ({ path, critical }, { people }) => {
        checkRange("people", people, 1, MAX_PEOPLE);
        return hours(leastTime(path.solved, critical, people));
      },
    }),
  }),
});

builder.objectFields(LearningPath, (t) => ({
  stages: t.field({
    type: [LearningStageType],
    description: "The steps in stages: what can be learned side by side.",
    resolve: (path, _args, context) =>
      stagesOf(path, context).stages.map((stage, number) => ({ path, stage, number })),
  }),
  criticalPath: t.field({
    type: CriticalPathType,
    description: "The longest chain of steps in hours.",
    resolve: (path, _args, context) => ({ path, critical: stagesOf(path, context).criticalPath }),
  }),
}));
