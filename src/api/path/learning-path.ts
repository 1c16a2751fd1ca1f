import type { RejectedAlternatives } from "../../planning/explain/alternatives.ts";
import { type StepReason, stepReasons } from "../../planning/explain/because.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "../../planning/path-question.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import type { Context } from "../context.ts";
import { ownerHandle, SkillHandle, slugOf } from "../core/entity.ts";
import { UnreachableGoalError } from "../core/errors.ts";
import { memo } from "../core/memo.ts";
import { andThen, runPath, runTask } from "../core/run-task.ts";
import { marketDemandOf } from "../role/market-demand.ts";
import { type LearningPathInput, type PlanRequest, parsePlanRequest } from "./plan-request.ts";

/** A solved path together with what was asked. */
export interface AnsweredPath {
  readonly request: PlanRequest;
  /** The same as `request.question`. */
  readonly question: PathQuestion;
  /** The path. `lowerBound` is in hours also where something else was to be least. */
  readonly solved: SolvedPath;
  /** What the cheapest path in hours costs; less than the path only where something else was to be least. */
  readonly cheapestCost: number;
  /** Whether the path is one of the answers listed in another answer, which do not list further ones. */
  readonly isListed?: boolean;
}

/** Answers an input. Throws ValidationError, NotFoundError and UnreachableGoalError. */
export function answerInput(
  context: Context,
  input: LearningPathInput,
): AnsweredPath | Promise<AnsweredPath> {
  return andThen(parsePlanRequest(context, input), (request) => answerRequest(context.snapshot, request));
}

/** Solves a request. Throws UnreachableGoalError. A promise only where the search takes long. */
export function answerRequest(
  snapshot: GraphSnapshot,
  request: PlanRequest,
): AnsweredPath | Promise<AnsweredPath> {
  return andThen(solve(snapshot, request), (solved) => {
    if ("kind" in solved) throw unreachable(snapshot, solved);
    return solved;
  });
}

function solve(
  snapshot: GraphSnapshot,
  request: PlanRequest,
): AnsweredPath | Unreachable | Promise<AnsweredPath | Unreachable> {
  const { graph } = snapshot;
  const { question, objective } = request;
  if (objective === undefined)
    return andThen(runPath(graph, question, "NORMAL"), (path) =>
      path.kind === "unreachable" ? path : solvedPath(request, path),
    );
  const demand = objective.optimise === "MARKET" ? marketDemandOf(snapshot) : undefined;
  const found = andThen(demand, (demand) =>
    runTask("objectivePath", graph, question, { ...objective, demand }),
  );
  return andThen(found, (found) => {
    if (found.kind === "unreachable") return found;
    const { kind, skills, stages, cost, isOptimal } = found.best;
    const solved = { kind, skills, stages, cost, isOptimal, lowerBound: found.cheapest.lowerBound };
    return { request, question, solved, cheapestCost: found.cheapest.cost };
  });
}

/** A path that a search of planning found, as the answer to a request. */
export function solvedPath(request: PlanRequest, solved: SolvedPath): AnsweredPath {
  return { request, question: request.question, solved, cheapestCost: solved.cost };
}

/** Why each step is there, in the order of the steps. */
export const reasonsOf = memo(({ question, solved }: AnsweredPath, { snapshot }: Context): StepReason[] =>
  stepReasons(snapshot.graph, question, solved.skills),
);

/** What could have taken the place of each step. A promise only where the search takes long. */
export const alternativesOf = memo(
  (
    { question, solved }: AnsweredPath,
    { snapshot }: Context,
  ): RejectedAlternatives | Promise<RejectedAlternatives> =>
    runTask("alternatives", snapshot.graph, question, solved),
);

/** The error that says which goals are out of reach, and why. */
export function unreachable(snapshot: GraphSnapshot, { unreached }: Unreachable): UnreachableGoalError {
  const goals = unreached.map(({ goal, missing }) => ({
    goal: ownerHandle(snapshot, goal),
    missing: missing.map(({ skill, cause }) => ({ skill: new SkillHandle(skill), cause })),
  }));
  const first = goals[0]!;
  const why = first.missing
    .map(({ skill, cause }) => `${slugOf(snapshot, skill)} is ${cause === "AVOIDED" ? "avoided" : "unmet"}`)
    .join(", ");
  const more = goals.length > 1 ? ` (and ${goals.length - 1} more)` : "";
  return new UnreachableGoalError(
    `No path reaches ${first.goal.__typename.toLowerCase()} ${slugOf(snapshot, first.goal)}${more}: ${why}.`,
    goals,
  );
}
