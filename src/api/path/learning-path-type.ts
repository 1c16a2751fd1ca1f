import { builder } from "../builder.ts";
import { Goal, hours, ownerHandle, SkillHandle } from "../core/entity.ts";
import { NotFoundError, UnreachableGoalError, ValidationError } from "../core/errors.ts";
import { Skill } from "../skill/skill.ts";
import { type AnsweredPath, answerInput } from "./learning-path.ts";
import { LearningPathInput } from "./learning-path-input.ts";
import { PathStep } from "./path-step.ts";

export const LearningPath = builder.objectRef<AnsweredPath>("LearningPath").implement({
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
        "Whether it is proved that no path takes fewer hours, or is better by what `optimise` and `likes` ask for. False when the search ran out of its budget before it could tell.",
      resolve: ({ solved }) => solved.isOptimal,
    }),
    lowerBoundHours: t.float({
      description:
        "It is proved that no path takes fewer hours than this; `totalHours` when `isOptimal` and nothing but hours counts.",
      resolve: ({ solved }) => hours(solved.lowerBound),
    }),
    preferenceHours: t.float({
      description:
        "How many hours it takes more than the cheapest path, for the sake of `optimise` and `likes`; 0 without them.",
      resolve: ({ solved, cheapestCost }) => hours(Math.max(0, solved.cost - cheapestCost)),
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
    optionalSkills: t.field({
      type: [Skill],
      description: "The optional skills of its roles that `includeOptional` added to what was chosen.",
      resolve: ({ request }) => request.optional.map((skill) => new SkillHandle(skill)),
    }),
    optionalLeftOut: t.field({
      type: [Skill],
      description:
        "The optional skills of its roles that `includeOptional` could not add: the input avoids them or what they need.",
      resolve: ({ request }) => request.optionalLeftOut.map((skill) => new SkillHandle(skill)),
    }),
    steps: t.field({
      type: [PathStep],
      description: "What to learn, in this order. Empty when everything is known already.",
      resolve: (path) => path.solved.skills.map((_skill, at) => ({ path, at })),
    }),
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
    resolve: (_root, { input }, context) => answerInput(context, input),
  }),
);
