import type { CriticalPath } from "../../graph/facts/critical-path.ts";
import { type LearningStages, learningStages, leastTime } from "../../planning/time/learning-stages.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { checkRange } from "../core/check.ts";
import { hours } from "../core/handle.ts";
import { memo } from "../core/run.ts";
import { MAX_PEOPLE } from "../limits.ts";
import { addPartId, type OfPath } from "./part-id.ts";
import { type AnsweredPath, LearningPath } from "./path.ts";
import { stepsField } from "./step.ts";

const stagesOf = memo(({ question, solved }: AnsweredPath, { snapshot }: Context) =>
  learningStages(snapshot.graph, solved, question.known),
);

type Stage = LearningStages["stages"][number] & { readonly number: number };

const LearningStageType = builder.objectRef<OfPath<Stage>>("LearningStage").implement({
  description: "Steps that can be learned side by side.",
  fields: (t) => ({
    number: t.exposeInt("number", {
      description: "The number of the stage, from 0: the `stage` of its steps.",
    }),
    steps: t.field(
      stepsField(
        "Its steps, in the order of the path. Each depends only on earlier stages.",
        ({ skills }) => skills,
      ),
    ),
    hours: t.hours("The hours of its steps together.", ({ cost }) => cost),
    longestHours: t.hours(
      "The hours of its longest step: how long the stage takes when all steps are learned at the same time.",
      ({ longest }) => longest,
    ),
  }),
});
addPartId(LearningStageType, ({ path, number }) => [path, number]);

const CriticalPathType = builder.objectRef<OfPath<CriticalPath>>("CriticalPath").implement({
  description:
    "The longest chain of steps in hours. However many people share the steps, the path takes at least this long.",
  fields: (t) => ({
    steps: t.field(
      stepsField(
        "The chain from first to last. Each step depends on the one before.",
        ({ skills }) => skills,
      ),
    ),
    hours: t.hours("The hours of the chain.", ({ cost }) => cost),
    leastHours: t.float({
      nullable: true,
      description:
        "This many people who divide the steps among them cannot finish in fewer hours: the longest chain or an even share of all hours, whichever is more.",
      args: {
        people: t.arg.int({ required: true, description: `The number of people, from 1 to ${MAX_PEOPLE}.` }),
      },
      resolve: (critical, { people }) => {
        checkRange("people", people, 1, MAX_PEOPLE);
        return hours(leastTime(critical.path.solved, critical, people));
      },
    }),
  }),
});
addPartId(CriticalPathType, ({ path }) => [path]);

builder.objectFields(LearningPath, (t) => ({
  stages: t.field({
    type: [LearningStageType],
    description: "The steps grouped into stages: what can be learned side by side.",
    resolve: (path, _args, context) =>
      stagesOf(path, context).stages.map((stage, number) => ({ ...stage, path, number })),
  }),
  criticalPath: t.field({
    type: CriticalPathType,
    description: "The longest chain of steps in hours.",
    resolve: (path, _args, context) => ({ ...stagesOf(path, context).criticalPath, path }),
  }),
}));
