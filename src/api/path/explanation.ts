import type { Explanation } from "../../planning/explain/explain.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { Goal, ownerHandle, SkillHandle } from "../core/entity.ts";
import { NotFoundError, UnreachableGoalError, ValidationError } from "../core/errors.ts";
import { runTask } from "../core/run-task.ts";
import { MAX_GOALS, MAX_LISTED_SKILLS } from "../limits.ts";
import { Skill } from "../skill/skill.ts";
import { explanationText } from "./explanation-text.ts";
import { parseSkill } from "./learner-input.ts";
import { GoalInput, IMPLIED, KNOWN } from "./learner-input-types.ts";
import { type AnsweredPath, answerRequest } from "./learning-path.ts";
import { LearningPath } from "./learning-path-type.ts";
import { PathDifferenceType } from "./path-difference.ts";
import { PathStep } from "./path-step.ts";
import { parseQuestion, plainRequest } from "./plan-request.ts";
import { MissingSkillType } from "./unreachable-goal.ts";

interface ExplanationShape {
  readonly path: AnsweredPath;
  readonly skill: number;
  readonly explanation: Explanation;
}

const VerdictEnum = builder.enumType("ExplanationVerdict", {
  description: "Whether a skill is in a path, or why it is not.",
  values: {
    IN_PATH: { description: "It is a step." },
    KNOWN: { description: "The learner knows it already." },
    AVOIDED: { description: "The input avoids it." },
    NOT_RELEVANT: { description: "Nothing on any way to the goals asks for it." },
    UNLEARNABLE: { description: "It cannot be learned under this input." },
    REJECTED: { description: "The path does without it, in favour of something as good or better." },
  } satisfies Record<Explanation["kind"], object>,
});

const ExplanationType = builder.objectRef<ExplanationShape>("Explanation").implement({
  description: "Why a skill is in a path, or why it is not.",
  fields: (t) => ({
    skill: t.field({
      type: Skill,
      description: "The skill asked about.",
      resolve: ({ skill }) => new SkillHandle(skill),
    }),
    verdict: t.field({
      type: VerdictEnum,
      description: "Whether it is in the path, or why it is not.",
      resolve: ({ explanation }) => explanation.kind,
    }),
    text: t.string({
      description: "The same in a sentence, in English.",
      resolve: ({ path, skill, explanation }, _args, { snapshot }) =>
        explanationText(snapshot, path, skill, explanation),
    }),
    step: t.field({
      type: PathStep,
      nullable: true,
      description: "The step that it is, with its reasons and alternatives; null when it is none.",
      resolve: ({ path, explanation }) =>
        explanation.kind === "IN_PATH" ? { path, at: explanation.position } : null,
    }),
    missing: t.field({
      type: [MissingSkillType],
      description: "What stands in the way of learning it; empty unless `UNLEARNABLE`.",
      resolve: ({ explanation }) =>
        explanation.kind === "UNLEARNABLE"
          ? explanation.missing.map(({ skill, cause }) => ({ skill: new SkillHandle(skill), cause }))
          : [],
    }),
    offeredBy: t.field({
      type: [Goal],
      description:
        "The steps and goals that ask for it and whose requirement the path meets otherwise; empty unless `REJECTED`.",
      resolve: ({ explanation }, _args, { snapshot }) =>
        explanation.kind === "REJECTED"
          ? explanation.offeredBy.map((owner) => ownerHandle(snapshot, owner))
          : [],
    }),
    instead: t.field({
      type: PathDifferenceType,
      nullable: true,
      description: "The cheapest path that has it, next to this one; null unless `REJECTED`.",
      resolve: ({ explanation }) => (explanation.kind === "REJECTED" ? explanation.difference : null),
    }),
    isExact: t.boolean({
      description: "Whether `instead` is proved. False when the search ran out of its budget.",
      resolve: ({ explanation }) => (explanation.kind === "REJECTED" ? explanation.isExact : true),
    }),
    path: t.field({ type: LearningPath, description: "The path.", resolve: ({ path }) => path }),
  }),
});

async function explain(path: AnsweredPath, skill: number, { snapshot }: Context): Promise<ExplanationShape> {
  const explanation = await runTask("explain", snapshot.graph, skill, path.question, path.solved);
  return { path, skill, explanation };
}

builder.objectField(LearningPath, "explain", (t) =>
  t.field({
    type: ExplanationType,
    nullable: true,
    description: "Why a skill is in this path, or why it is not.",
    args: { skill: t.arg.string({ required: true, description: "The slug of the skill." }) },
    errors: {
      types: [NotFoundError],
      union: {
        name: "PathExplanationResult",
        description: "An explanation, or that there is no such skill.",
      },
    },
    resolve: (path, { skill }, context) =>
      explain(path, parseSkill(context.snapshot, skill, "skill"), context),
  }),
);

builder.queryField("explain", (t) =>
  t.field({
    type: ExplanationType,
    nullable: true,
    description: "Why a skill is in the cheapest path to some goals, or why it is not.",
    args: {
      skill: t.arg.string({ required: true, description: "The slug of the skill." }),
      goals: t.arg({
        type: [GoalInput],
        required: true,
        description: `What to reach, all of it; from 1 to ${MAX_GOALS} goals.`,
      }),
      known: t.arg.stringList({ required: true, defaultValue: [], description: KNOWN }),
      choose: t.arg.stringList({
        required: true,
        defaultValue: [],
        description: `Slugs of skills that must be part of the path, at most ${MAX_LISTED_SKILLS}.`,
      }),
      avoid: t.arg.stringList({
        required: true,
        defaultValue: [],
        description: `Slugs of skills that must not be part of the path, at most ${MAX_LISTED_SKILLS}.`,
      }),
      knownImpliesPrerequisites: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: IMPLIED,
      }),
    },
    errors: {
      types: [NotFoundError, ValidationError, UnreachableGoalError],
      union: {
        name: "ExplanationResult",
        description: "An explanation, or why there is no path to explain.",
      },
    },
    resolve: async (_root, { skill: slug, ...question }, context) => {
      const skill = parseSkill(context.snapshot, slug, "skill");
      const request = plainRequest(await parseQuestion(context.snapshot, question, ""));
      return explain(await answerRequest(context.snapshot, request), skill, context);
    },
  }),
);
