import { canBeMet } from "../../graph/facts/learnability.ts";
import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import { ascending } from "../../graph/model/integers.ts";
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
  /** What the objective adds up to, and what no path is below; only to compare paths of one objective by. */
  readonly objective: { readonly cost: number; readonly lowerBound: number };
  /** Whether no path is better under the objective. */
  readonly isOptimal: boolean;
}

/** The best path under an objective. As `learningPathSearch`, whose ties and budget it shares. */
export function* objectivePathSearch(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  objective: Objective,
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, ObjectivePath | Unreachable> {
  const weighed = { ...graph, cost: objectiveCosts(graph, question, objective) };
  const path = yield* learningPathSearch(weighed, question, budget);
  if (path.kind === "unreachable") return path;
  const { kind, skills, stages, isOptimal } = path;
  let cost = 0;
  for (const skill of skills) cost += graph.cost[skill]!;
  return {
    kind,
    skills,
    stages,
    cost,
    isOptimal,
    objective: { cost: path.cost, lowerBound: path.lowerBound },
  };
}

/**
 * What each owner costs under an objective: whole numbers in place of `graph.cost`. Under `STEPS` a step costs
 * more than all hours that a path of this question can have together, where 32 bits and exact sums allow it;
 * beyond, hours are rounded to what is left of the bits, and decide ties less finely.
 * O(owners + what the goals lead back to). Throws a RangeError on percentages and demands out of range.
 */
function objectiveCosts(graph: PrerequisiteGraph, question: PathQuestion, objective: Objective): Int32Array {
  const percent = new Float64Array(graph.skillCount).fill(100);
  if (objective.optimise === "MARKET") {
    const { demand } = objective;
    if (demand === undefined)
      throw new RangeError("expected the demand of each skill to optimise for the market");
    for (let skill = 0; skill < graph.skillCount; skill++) {
      const share = demand[skill] ?? 0;
      if (!(share >= 0 && share <= 1)) throw new RangeError(`expected a demand from 0 to 1, got ${share}`);
      percent[skill] = 100 - share * (100 - FULL_DEMAND_PERCENT);
    }
  }
  for (const { skill, percent: like } of objective.likes ?? []) {
    if (!(like >= MIN_LIKE_PERCENT && like <= MAX_LIKE_PERCENT))
      throw new RangeError(
        `expected a percentage from ${MIN_LIKE_PERCENT} to ${MAX_LIKE_PERCENT}, got ${like}`,
      );
    percent[skill] = (percent[skill]! * like) / 100;
  }
  const cost = Float64Array.from(graph.cost);
  for (let skill = 0; skill < graph.skillCount; skill++)
    cost[skill] = Math.round((cost[skill]! * percent[skill]!) / 100);
  return objective.optimise === "STEPS" ? stepsFirst(graph, question, cost) : fitted(cost);
}

/** Largest 32-bit cost. */
const MAX_COST = 0x7fffffff;

/** Costs that 32 bits hold: ten times 100,000 hours do. */
function fitted(cost: Float64Array): Int32Array {
  return Int32Array.from(cost, (value) => Math.min(value, MAX_COST));
}

function stepsFirst(graph: PrerequisiteGraph, question: PathQuestion, cost: Float64Array): Int32Array {
  const start = [...question.goals, ...question.choose];
  const candidates = possiblePrerequisites(graph, start, { known: question.known }).skills;
  let total = 0;
  for (const skill of new Set([...candidates, ...start])) total += cost[skill]!;
  const count = candidates.length + start.length + 1;
  // A search multiplies costs by the size of its problem and adds them up: keep that exact in a double.
  const most = Math.min(MAX_COST / 2, Math.floor(Number.MAX_SAFE_INTEGER / (4 * count * count)));
  const scale = total < most ? 1 : most / (total + 1);
  const step = Math.floor(total * scale) + count;
  return Int32Array.from(cost, (value, owner) =>
    owner < graph.skillCount ? step + Math.min(Math.round(value * scale), MAX_COST - step) : value,
  );
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
