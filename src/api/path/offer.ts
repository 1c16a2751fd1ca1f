import type { KnownImplies } from "../../planning/problem/known-implies.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { UnreachableGoalError } from "../core/errors.ts";
import { andThen, memo } from "../core/run.ts";
import { knownSkills } from "./known.ts";
import { addPartId, type OfPath } from "./part-id.ts";
import { type AnsweredPath, answerRequest, LearningPath } from "./path.ts";
import type { PlanRequest } from "./request.ts";

/** How a path would be if the known skills of its learner covered more, or less. */
interface Otherwise {
  readonly cost: number;
  /** What lies between the costs of the two paths. */
  readonly difference: number;
  readonly steps: number;
  /** The steps of the longer one of the two paths that count as known for the other one, in its order. */
  readonly skills: readonly number[];
}

/**
 * The answer to the question of a path that takes known skills to imply `asked`, if they implied `instead`. `undefined`
 * for other questions, and where the path would stay as it is, or there would be none.
 */
function otherwise(asked: KnownImplies, instead: KnownImplies) {
  return memo(
    (path: AnsweredPath, context: Context): Otherwise | undefined | Promise<Otherwise | undefined> => {
      const { request, question, solved } = path;
      const { given, notKnown, implies } = request.known;
      if (implies !== asked) return undefined;
      return andThen(knownSkills(context, given, notKnown, { knownImplies: instead }, "input."), (known) => {
        const isMore = known.all.length > question.known.length;
        const had = new Set(isMore ? known.all : question.known);
        const spared = isMore ? solved.skills.filter((skill) => had.has(skill)) : [];
        if (isMore ? spared.length === 0 : known.all.length === question.known.length) return undefined;
        const other = {
          ...request,
          known,
          question: { ...question, known: known.all },
          effort: "INSTANT",
        } as const;
        return andThen(pathIfAny(context, other), (then) => {
          if (then === undefined) return undefined;
          const { cost, skills: steps } = then.solved;
          const difference = isMore ? solved.cost - cost : cost - solved.cost;
          const fewer = isMore ? solved.skills.length - steps.length : steps.length - solved.skills.length;
          if (difference <= 0 && fewer <= 0) return undefined;
          const skills = isMore ? spared : steps.filter((skill) => had.has(skill));
          return { cost, difference, steps: steps.length, skills };
        });
      });
    },
  );
}

/** The answer to a request; `undefined` where its goals are out of reach. */
function pathIfAny(
  context: Context,
  request: PlanRequest,
): AnsweredPath | undefined | Promise<AnsweredPath | undefined> {
  const none = (error: unknown) => {
    if (error instanceof UnreachableGoalError) return undefined;
    throw error;
  };
  try {
    const found = answerRequest(context, request);
    return found instanceof Promise ? found.catch(none) : found;
  } catch (error) {
    return none(error);
  }
}

const ifPrerequisitesKnown = otherwise("PARTS", "PREREQUISITES_AND_PARTS");
const ifOnlyPartsKnown = otherwise("PREREQUISITES_AND_PARTS", "PARTS");

const TOTAL_STEPS = "The number of steps that the path then has.";
const TOTAL_HOURS = "The hours that it then takes.";

const PrerequisitesKnown = builder.objectRef<OfPath<Otherwise>>("PrerequisitesKnown").implement({
  description:
    "How a path changes when the skills that somebody knows cover all that they necessarily stand on: the same question with `knownImplies: PREREQUISITES_AND_PARTS`.",
  fields: (t) => ({
    totalSteps: t.int({ description: TOTAL_STEPS, resolve: ({ steps }) => steps }),
    totalHours: t.hours(TOTAL_HOURS, ({ cost }) => cost),
    savedHours: t.hours("How many hours fewer that is.", ({ difference }) => difference),
    skills: t.skills(
      "The steps of this path that then count as known, in its order: what to ask the learner before switching it on. List those that are not known in `notKnown`.",
      ({ skills }) => skills,
    ),
  }),
});
addPartId(PrerequisitesKnown, ({ path }) => [path]);

const OnlyPartsKnown = builder.objectRef<OfPath<Otherwise>>("OnlyPartsKnown").implement({
  description:
    "How a path changes when the skills that somebody knows cover their parts, but not what they stand on: the same question with `knownImplies: PARTS`.",
  fields: (t) => ({
    totalSteps: t.int({ description: TOTAL_STEPS, resolve: ({ steps }) => steps }),
    totalHours: t.hours(TOTAL_HOURS, ({ cost }) => cost),
    moreHours: t.hours("How many hours more that is.", ({ difference }) => difference),
    skills: t.skills(
      "What would have to be learned after all, in the order of that path: what to show the learner as taken as known. List those that are not known in `notKnown`.",
      ({ skills }) => skills,
    ),
  }),
});
addPartId(OnlyPartsKnown, ({ path }) => [path]);

builder.objectFields(LearningPath, (t) => ({
  ifPrerequisitesKnown: t.field({
    type: PrerequisitesKnown,
    nullable: true,
    description:
      "What the path would be if `known` also covered what it stands on, as who knows Django mostly knows Python. Null when nothing would change, and unless `knownImplies` is `PARTS`.",
    resolve: (path, _args, context) =>
      andThen(ifPrerequisitesKnown(path, context), (offer) =>
        offer === undefined ? null : { ...offer, path },
      ),
  }),
  ifOnlyPartsKnown: t.field({
    type: OnlyPartsKnown,
    nullable: true,
    description:
      "What the path would be if `known` covered its parts alone: what it would add not to count on what known skills stand on. Null when nothing would change or the goals would be out of reach, and unless `knownImplies` is `PREREQUISITES_AND_PARTS`, as it is when absent.",
    resolve: (path, _args, context) =>
      andThen(ifOnlyPartsKnown(path, context), (other) => (other === undefined ? null : { ...other, path })),
  }),
}));
