import { builder } from "../builder.ts";
import { NotFoundError, UnreachableGoalError, ValidationError } from "../errors.ts";
import { hours, ownerHandle, SkillHandle } from "../handles.ts";
import { type AnsweredPath, answerPath, parseQuestion } from "../learning-path.ts";
import { MAX_GOALS, MAX_LISTED_SKILLS, MAX_WEEKLY_HOURS } from "../limits.ts";
import { Goal } from "./goal.ts";
import { GoalInput, IMPLIED, KNOWN } from "./learner-inputs.ts";
import { PathStep } from "./path-step.ts";
import { Skill } from "./skill.ts";

const LearningPath = builder.objectRef<AnsweredPath>("LearningPath").implement({
  description: "The cheapest way to the goals in hours, in an order in which it can be learned.",
  fields: (t) => ({
    revision: t.int({
      description: "The revision of the graph that the answer holds for.",
      resolve: (_path, _args, { snapshot }) => snapshot.revision,
    }),
    totalHours: t.float({
      description: "The hours of all steps together.",
      resolve: ({ solved }) => hours(solved.cost),
    }),
    totalSteps: t.int({
      description: "How many steps there are.",
      resolve: ({ solved }) => solved.skills.length,
    }),
    isOptimal: t.boolean({
      description:
        "Whether it is proved that no path takes fewer hours. False when the search ran out of its budget before it could tell.",
      resolve: ({ solved }) => solved.isOptimal,
    }),
    lowerBoundHours: t.float({
      description: "It is proved that no path takes fewer hours than this; `totalHours` when `isOptimal`.",
      resolve: ({ solved }) => hours(solved.lowerBound),
    }),
    goals: t.field({
      type: [Goal],
      description: "What was aimed for.",
      resolve: ({ question }, _args, { snapshot }) =>
        question.goals.map((goal) => ownerHandle(snapshot, goal)),
    }),
    known: t.field({
      type: [Skill],
      description: "What was taken as known, with what it implies where that was asked for.",
      resolve: ({ question }) => question.known.map((skill) => new SkillHandle(skill)),
    }),
    steps: t.field({
      type: [PathStep],
      description: "What to learn, in this order. Empty when everything is known already.",
      resolve: (path) => path.solved.skills.map((_skill, at) => ({ path, at })),
    }),
  }),
});

const LearningPathInput = builder.inputType("LearningPathInput", {
  description: "Who wants to learn what.",
  fields: (t) => ({
    goals: t.field({
      type: [GoalInput],
      required: true,
      description: `What to reach, all of it; from 1 to ${MAX_GOALS} goals.`,
    }),
    known: t.stringList({ defaultValue: [], description: KNOWN }),
    choose: t.stringList({
      defaultValue: [],
      description: `Slugs of skills that must be part of the path, such as the language to take; at most ${MAX_LISTED_SKILLS}.`,
    }),
    avoid: t.stringList({
      defaultValue: [],
      description: `Slugs of skills that must not be part of the path, unless they are known; at most ${MAX_LISTED_SKILLS}.`,
    }),
    knownImpliesPrerequisites: t.boolean({ defaultValue: false, description: IMPLIED }),
    weeklyHours: t.float({
      description: `How many hours a week the learner has: more than 0, at most ${MAX_WEEKLY_HOURS}.`,
    }),
    startOn: t.field({ type: "LocalDate", description: "The first day of learning, such as 2027-01-04." }),
  }),
});

builder.queryField("learningPath", (t) =>
  t.field({
    type: LearningPath,
    description: "The cheapest path to the goals for this learner.",
    args: { input: t.arg({ type: LearningPathInput, required: true, description: "The question." }) },
    errors: {
      types: [NotFoundError, ValidationError, UnreachableGoalError],
      union: { name: "LearningPathResult", description: "A learning path, or why there is none." },
    },
    resolve: (_root, { input }, { snapshot }) => answerPath(snapshot, parseQuestion(snapshot, input)),
  }),
);
