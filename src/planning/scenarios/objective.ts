import { canBeMet } from "../../graph/facts/learnability.ts";
import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import { ascending, commonDivisor } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { possiblePrerequisites } from "../../graph/walk/closure.ts";
import { learningPathSearch } from "../learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget } from "../limits.ts";
import type { PathQuestion, Unreachable } from "../path-question.ts";

/** What a path is to have least of. */
type Optimise =
  /** Hours. */
  | "HOURS"
  /** Steps; among equally few, hours. */
  | "STEPS"
  /** Hours, those on skills that roles ask for counting less: see `marketDemand`. */
  | "MARKET";

export interface Objective {
  readonly optimise: Optimise;
  /** Per skill how much the market asks for it, from 0 to 1; needed for `MARKET`. */
  readonly demand?: ArrayLike<number>;
  /**
   * How much the hours of a skill count, in percent: below 100 for what the learner likes, above for what is
   * disliked. Skills that are not listed count in full.
   */
  readonly likes?: readonly { readonly skill: number; readonly percent: number }[];
}

/** An hour on a skill that the whole market asks for counts half: demand persuades, but hours remain hours. */
const FULL_DEMAND_PERCENT = 50;
/** From counting nothing, nearly, to counting ten times. Nothing at all would make a step of no value free. */
export const MIN_LIKE_PERCENT = 1;
export const MAX_LIKE_PERCENT = 1_000;

/** A path that is best under an objective. */
export interface ObjectivePath {
  readonly kind: "path";
  readonly skills: readonly number[];
  readonly stages: readonly number[];
  /** What it really takes, in hundredths of an hour. */
  readonly cost: number;
  /** Whether it is proved that no path is better under the objective. */
  readonly isOptimal: boolean;
}

/** The best path under an objective. As `learningPathSearch`, whose ties and budget it shares. */
export function* objectivePathSearch(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  objective: Objective,
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, ObjectivePath | Unreachable> {
  const { costs, isExact } = objectiveCosts(graph, question, objective);
  const path = yield* learningPathSearch({ ...graph, cost: costs }, question, budget);
  if (path.kind === "unreachable") return path;
  const { kind, skills, stages, isOptimal } = path;
  let cost = 0;
  for (const skill of skills) cost += graph.cost[skill]!;
  return { kind, skills, stages, cost, isOptimal: isOptimal && isExact };
}

/** Largest 32-bit cost. */
const MAX_COST = 0x7fffffff;

/**
 * What each skill costs under an objective, in place of `graph.cost`: whole numbers in the same proportion, as long as
 * the percentages have a common denominator and 32 bits and exact sums allow it; otherwise rounded as finely as they
 * allow, and `isExact` is false. Under `STEPS` a step costs more than all hours that a path of this question can have
 * together. O(what the goals lead back to). Throws a RangeError on percentages and demands out of range.
 */
function objectiveCosts(graph: PrerequisiteGraph, question: PathQuestion, objective: Objective) {
  const percents = percentages(graph, objective);
  const start = [...question.goals, ...question.choose];
  const behind = possiblePrerequisites(graph, start, { known: question.known }).skills;
  const skills = [...new Set([...behind, ...start])].filter((owner) => owner < graph.skillCount);
  const denominator = commonDenominator(skills.map((skill) => percents[skill]!));
  const weights = skills.map((skill) => {
    const percent = percents[skill]!;
    return graph.cost[skill]! * (denominator === undefined ? percent : Math.round(percent * denominator));
  });
  let total = 0;
  let most = 0;
  for (const weight of weights) {
    total += weight;
    most = Math.max(most, weight);
  }
  const isSteps = objective.optimise === "STEPS";
  const count = skills.length + 1;
  // A search multiplies costs by the number of steps and adds them up: keep that exact in a double.
  const mostInAll = Math.floor(Number.MAX_SAFE_INTEGER / (isSteps ? 4 * count * count : 4 * count));
  const limit = Math.min(mostInAll / total, MAX_COST / 2 / (isSteps ? total : most));
  const unit = 1 / Math.max(1, denominator === undefined ? 0 : weights.reduce(commonDivisor, 0));
  const isExact = denominator !== undefined && total <= Number.MAX_SAFE_INTEGER && unit <= limit;
  const scale = isExact ? unit : Math.min(limit, MAX_COST);
  const step = isSteps ? Math.floor(total * scale) + count : 0;
  const costs = new Int32Array(graph.ownerCount);
  skills.forEach((skill, at) => {
    costs[skill] = step + Math.round(weights[at]! * scale);
  });
  return { costs, isExact };
}

/** Per skill: how much its hours count, in percent. */
function percentages(graph: PrerequisiteGraph, { optimise, demand, likes = [] }: Objective): Float64Array {
  const percents = new Float64Array(graph.skillCount).fill(100);
  if (optimise === "MARKET") {
    if (demand === undefined)
      throw new RangeError("expected the demand of each skill to optimise for the market");
    for (let skill = 0; skill < graph.skillCount; skill++) {
      const share = demand[skill] ?? 0;
      if (!(share >= 0 && share <= 1)) throw new RangeError(`expected a demand from 0 to 1, got ${share}`);
      percents[skill] = 100 - share * (100 - FULL_DEMAND_PERCENT);
    }
  }
  for (const { skill, percent } of likes) {
    if (!(percent >= MIN_LIKE_PERCENT && percent <= MAX_LIKE_PERCENT))
      throw new RangeError(
        `expected a percentage from ${MIN_LIKE_PERCENT} to ${MAX_LIKE_PERCENT}, got ${percent}`,
      );
    percents[skill] = (percents[skill]! * percent) / 100;
  }
  return percents;
}

/** Shares of so many roles, times whole percentages, are found to have a common denominator. */
const MAX_DENOMINATOR = 200;
/** By how much a double that stands for a whole number may miss it. */
const TOLERANCE = 1e-6;

/** The least number found that makes all of some numbers whole when they are multiplied by it. */
function commonDenominator(numbers: readonly number[]): number | undefined {
  const distinct = [...new Set(numbers)];
  for (const power of [1, 100, 10_000])
    for (let d = power; d <= MAX_DENOMINATOR * power; d += power)
      if (distinct.every((number) => Math.abs(number * d - Math.round(number * d)) < TOLERANCE)) return d;
  return undefined;
}

/**
 * Per skill the share of roles, by weight, that it is indispensable for or that name it: from 0 to 1. A role's
 * weight is what the market says of it, such as a salary, or 1. O(roles · what they lead back to).
 */
export function marketDemand(
  graph: PrerequisiteGraph,
  roles: readonly { readonly owner: number; readonly weight: number }[],
): Float64Array {
  const demand = new Float64Array(graph.skillCount);
  let total = 0;
  for (const { owner, weight } of roles) {
    total += weight;
    const named = possiblePrerequisites(graph, [owner], { depth: 1 }).skills;
    const necessary = necessaryPrerequisites(graph, [owner]).skills;
    for (const skill of new Set([...named, ...necessary])) demand[skill]! += weight;
  }
  return total > 0 ? demand.map((weight) => Math.min(1, weight / total)) : demand;
}

/** A question with a role's optional skills, as far as they can be had. */
export interface QuestionWithOptional {
  readonly question: PathQuestion;
  /** Those that the learner avoids or that need what is avoided, in index order. */
  readonly leftOut: readonly number[];
}

/** Adds optional skills to what is chosen, leaving out those that would make the question unanswerable. */
export function withOptionalSkills(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  optional: readonly number[],
): QuestionWithOptional {
  const known = new Set(question.known);
  const avoided = question.avoid.filter((skill) => !known.has(skill));
  const isAvoided = new Set(avoided);
  const leftOut: number[] = [];
  const added: number[] = [];
  for (const skill of [...new Set(optional)].sort(ascending)) {
    if (known.has(skill)) continue;
    const isPossible = !isAvoided.has(skill) && canBeMet(graph, skill, { known, avoided });
    (isPossible ? added : leftOut).push(skill);
  }
  return { question: { ...question, choose: [...question.choose, ...added] }, leftOut };
}
