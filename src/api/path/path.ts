import { ORDER_WORK } from "../../planning/limits.ts";
import { carriedBy } from "../../planning/order/carried.ts";
import type { TeachingOrder } from "../../planning/order/teaching-order.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "../../planning/path-question.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { guideOf } from "../../store/snapshot/outline.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { IGNORED } from "../core/error-types.ts";
import { results, UnreachableGoalError } from "../core/errors.ts";
import { ownerHandle, slugOf } from "../core/handle.ts";
import { Node } from "../core/node.ts";
import { type Asking, andThen, memo, runPath, runTask } from "../core/run.ts";
import { withProgress } from "../learner/own-data.ts";
import { LearningPathInput, SearchEffortEnum } from "./input.ts";
import { TAKEN_AS_KNOWN } from "./known.ts";
import { type PlanRequest, parsePlanRequest, plainRequest } from "./request.ts";
import { PathStep } from "./step.ts";

/** A path together with what was asked. */
export interface AnsweredPath {
  readonly request: PlanRequest;
  /** The same as `request.question`. */
  readonly question: PathQuestion;
  /** The path. `lowerBound` is in hours even where the path optimises something else. */
  readonly solved: SolvedPath;
  /** The cost of the cheapest path in hours. It is below that of `solved` only where the path optimises something else. */
  readonly cheapestCost: number;
  /** The steps before they were put in the order of a teacher, and that order. */
  readonly ordered: { readonly skills: readonly number[]; readonly order: TeachingOrder };
  /** Whether the path is one of several in another answer. Such a path lists no further ones. */
  readonly isListed?: boolean;
}

/**
 * Per skill the share of all roles that name it or that nobody can fill without it. All roles count the same, because
 * documents state pay and demand in words, or in currencies and years that do not compare.
 */
const marketDemandOf = memo((snapshot: GraphSnapshot) =>
  runTask("marketDemand", { snapshot }, { first: snapshot.firstRole, end: snapshot.firstRoadmap }),
);

/** Answers an input. Throws ValidationError, NotFoundError and UnreachableGoalError. */
export function answerInput(
  context: Context,
  input: LearningPathInput,
): AnsweredPath | Promise<AnsweredPath> {
  return andThen(parsePlanRequest(context, input), (request) => answerRequest(context, request));
}

/** Answers a request. Throws UnreachableGoalError. A promise only where the search takes long. */
export function answerRequest(asking: Asking, request: PlanRequest): AnsweredPath | Promise<AnsweredPath> {
  const { snapshot } = asking;
  const { question, objective } = request;
  if (objective === undefined)
    return andThen(runPath(asking, question, request.effort), (path) =>
      solvedPath(asking, request, orUnreachable(snapshot, path)),
    );
  const demand = objective.optimise === "MARKET" ? marketDemandOf(snapshot) : undefined;
  const answer = andThen(demand, (demand) =>
    runTask("objectivePath", asking, question, { ...objective, demand }),
  );
  return andThen(answer, (answer) => {
    const { best, cheapest } = orUnreachable(snapshot, answer);
    const { kind, skills, stages, cost, isOptimal } = best;
    const { lowerBound } = cheapest;
    const solved = { kind, skills, stages, cost, isOptimal, isPreferred: false, lowerBound };
    return inTeachingOrder(asking, { request, question, solved, cheapestCost: cheapest.cost });
  });
}

/** A path with its steps in the order of `teachingOrderSearch`. A promise only where that takes long. */
function inTeachingOrder(
  asking: Asking,
  path: Omit<AnsweredPath, "ordered">,
): AnsweredPath | Promise<AnsweredPath> {
  const { topicOf, roadmaps } = guideOf(asking.snapshot);
  const { skills, stages } = path.solved;
  const work = ORDER_WORK[path.request.effort];
  const found = runTask("teachingOrder", asking, skills, { topicOf, roadmaps }, work);
  return andThen(found, (order) => ({
    ...path,
    ordered: { skills, order },
    solved: {
      ...path.solved,
      skills: order.order.map((place) => skills[place]!),
      stages: order.order.map((place) => stages[place]!),
    },
  }));
}

/** What the order of a path carries. */
const carriedOf = memo(({ ordered: { skills, order } }: AnsweredPath, { graph }: GraphSnapshot) =>
  carriedBy(graph, skills, order),
);

/** The answer to a request that planning has already found the path for. The path must be the cheapest in hours. */
export function solvedPath(
  asking: Asking,
  request: PlanRequest,
  solved: SolvedPath,
  isListed?: boolean,
): AnsweredPath | Promise<AnsweredPath> {
  const path = { request, question: request.question, solved, cheapestCost: solved.cost };
  return inTeachingOrder(asking, isListed ? { ...path, isListed } : path);
}

/** The cheapest path from some known skills to one goal, which planning found as part of another answer. */
export function pathToGoal(
  asking: Asking,
  goal: number,
  known: readonly number[],
  solved: SolvedPath,
  isListed?: boolean,
): AnsweredPath | Promise<AnsweredPath> {
  const request = plainRequest({ goals: [goal], known, choose: [], avoid: [] }, "INSTANT");
  return solvedPath(asking, request, solved, isListed);
}

/** The same, where it is one of several paths in an answer. */
export function listedPath(
  asking: Asking,
  goal: number,
  known: readonly number[],
  solved: SolvedPath,
): AnsweredPath | Promise<AnsweredPath> {
  return pathToGoal(asking, goal, known, solved, true);
}

/** An answer, or an UnreachableGoalError that says which goals are out of reach and why. */
export function orUnreachable<Answer extends { readonly kind: string }>(
  snapshot: GraphSnapshot,
  answer: Answer | Unreachable,
): Answer {
  if (!isUnreachable(answer)) return answer;
  throw unreachable(snapshot, answer);
}

/** Why goals of a graph are out of reach. */
export function unreachable(
  snapshot: GraphSnapshot,
  { unreached: goals }: Unreachable,
): UnreachableGoalError {
  const first = goals[0]!;
  const why = first.missing
    .map(
      ({ skill, cause }) =>
        `${snapshot.skills.slugs.at(skill)} is ${cause === "AVOIDED" ? "avoided" : "unmet"}`,
    )
    .join(", ");
  const more = goals.length > 1 ? ` (and ${goals.length - 1} more)` : "";
  const goal = ownerHandle(snapshot, first.goal);
  return new UnreachableGoalError(
    `No path reaches ${goal.__typename.toLowerCase()} ${slugOf(snapshot, goal)}${more}: ${why}.`,
    goals,
  );
}

function isUnreachable(answer: { readonly kind: string }): answer is Unreachable {
  return answer.kind === "unreachable";
}

export const LearningPath = builder.objectRef<AnsweredPath>("LearningPath").implement({
  description:
    "A path to the goals, in an order in which it can be learned. It takes the fewest hours, unless `optimise` or `likes` ask for something else; `isOptimal` says whether that is proved.",
  interfaces: () => [Node],
  fields: (t) => ({
    revision: t.int({
      description: "The revision of the graph that the answer holds for.",
      resolve: (_path, _args, { snapshot }) => snapshot.revision,
    }),
    totalHours: t.hours("The hours of all steps together.", ({ solved }) => solved.cost),
    totalSteps: t.int({ description: "The number of steps.", resolve: ({ solved }) => solved.skills.length }),
    isOptimal: t.boolean({
      description:
        "Whether it is proved that no path takes fewer hours, or with `optimise` or `likes`, that none is better by them. False when the search ran out of budget before it had a proof.",
      resolve: ({ solved }) => solved.isOptimal,
    }),
    isPreferred: t.boolean({
      description:
        "Whether it is proved as well that of the paths that take as few hours none has more for it: documents that support its skills, then roles that name them, by the hour; see `preferredBecause` of steps. False when the search ran out of budget before, and with `optimise` or `likes`, which choose by something else.",
      resolve: ({ solved }) => solved.isPreferred,
    }),
    lowerBoundHours: t.hours(
      "It is proved that no path takes fewer hours than this. Equal to `totalHours` when `isOptimal` is true and only hours count.",
      ({ solved }) => solved.lowerBound,
    ),
    gap: t.float({
      description:
        "How much shorter a path could still be, as a share of `totalHours` from 0 to 1: what lies between `lowerBoundHours` and `totalHours`, or 0 when `isOptimal` is true.",
      resolve: ({ solved: { cost, lowerBound, isOptimal } }) =>
        isOptimal || cost <= lowerBound ? 0 : (cost - lowerBound) / cost,
    }),
    effort: t.field({
      type: SearchEffortEnum,
      description: "What was allowed to be spent on a proof.",
      resolve: ({ request }) => request.effort,
    }),
    preferenceHours: t.hours(
      "How many more hours this path takes than the cheapest one because of `optimise` and `likes`; 0 without them.",
      ({ solved, cheapestCost }) => Math.max(0, solved.cost - cheapestCost),
    ),
    goals: t.goals("The goals of the input.", ({ question }) => question.goals),
    known: t.skills(
      "The skills taken as known: those of the input and `takenAsKnown`.",
      ({ question }) => question.known,
    ),
    takenAsKnown: t.field({ ...TAKEN_AS_KNOWN, resolve: ({ request }) => request.known.taken }),
    optionalSkills: t.skills(
      "The optional skills of the goal roles that `includeOptional` added.",
      ({ request }) => request.optional,
    ),
    optionalLeftOut: t.skills(
      "The optional skills of the goal roles that `includeOptional` could not add, because the input avoids them or something they need.",
      ({ request }) => request.optionalLeftOut,
    ),
    ignored: t.field(IGNORED),
    carriedHours: t.hours(
      "What the order makes the learner keep in mind: for each prerequisite that a step uses, the hours between the end of the one and the start of the other; all together. The order has as few `sections` as prerequisites allow; topics on which three or more others stand come first, then those of the roadmap that names most steps, in its order; what that leaves open is decided by the least carried hours.",
      (path, { snapshot }) => carriedOf(path, snapshot).carried,
    ),
    carriedHoursLowerBound: t.hours(
      "No order of these steps with the same sections, in which foundations and what the roadmap names come in the same order, carries fewer hours than this. Equal to `carriedHours` when `orderIsOptimal` is true.",
      (path, { snapshot }) => carriedOf(path, snapshot).carriedLowerBound,
    ),
    orderIsOptimal: t.boolean({
      description:
        "Whether it is proved that no order of these steps with the same sections, in which foundations and what the roadmap names come in the same order, carries fewer hours. Without topics that is any order of the steps. Where it is false, `effort: THOROUGH` spends more on a proof.",
      resolve: (path, _args, { snapshot }) => {
        const { carried, carriedLowerBound } = carriedOf(path, snapshot);
        return carried === carriedLowerBound;
      },
    }),
    prerequisitesUsed: t.int({
      description:
        "How many prerequisites the steps use among one another: those over which hours are carried.",
      resolve: (path, _args, { snapshot }) => carriedOf(path, snapshot).uses,
    }),
    steps: t.field({
      type: [PathStep],
      description: "The skills to learn, in order. Empty when nothing is left to learn.",
      resolve: (path) => path.solved.skills.map((_skill, at) => ({ path, at })),
    }),
  }),
});

builder.queryField("learningPath", (t) =>
  t.field({
    type: LearningPath,
    description: "The cheapest path to the goals for this learner.",
    args: {
      input: t.arg({ type: LearningPathInput, required: true, description: "The question." }),
      useMyProgress: t.arg.boolean({
        required: true,
        defaultValue: false,
        description:
          "Whether the skills that the learner has recorded as known count as known, beside those of the input; those recorded as anything else do not, whatever known skills imply. Takes a token with the scope `learner`.",
      }),
    },
    errors: results("LearningPathResult", "A learning path, or why there is none."),
    resolve: (_root, { input, useMyProgress }, context) =>
      useMyProgress
        ? withProgress(context, input).then((all) => answerInput(context, all))
        : answerInput(context, input),
  }),
);
