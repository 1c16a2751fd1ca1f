import { ascending } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { possiblePrerequisites } from "../../graph/walk/closure.ts";
import { learningPathSearch } from "../learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget } from "../limits.ts";
import type { PathQuestion, SolvedPath, UnreachedGoal } from "../path-question.ts";
import { type StepReason, stepReasons } from "./because.ts";
import { type PathDifference, pathDifference } from "./path-difference.ts";

/** Why a skill is, or is not, in a path. */
export type Explanation =
  /** It is a step: at which position, from 0, and what for. */
  | { readonly kind: "IN_PATH"; readonly position: number; readonly because: StepReason }
  /** The learner has it. */
  | { readonly kind: "KNOWN" }
  /** The learner does not want it. */
  | { readonly kind: "AVOIDED" }
  /** Nothing that leads to the goals asks for it, what is known and avoided aside. */
  | { readonly kind: "NOT_RELEVANT" }
  /** It cannot be learned: what is in the way. */
  | { readonly kind: "UNLEARNABLE"; readonly missing: UnreachedGoal["missing"] }
  /** Something else was as good or better. */
  | Rejection;

interface Rejection {
  readonly kind: "REJECTED";
  /** To the cheapest path that has the skill: what it would add, drop and cost. */
  readonly difference: PathDifference;
  /** The steps that it would take the place of; none when the path would only have it besides. */
  readonly preferred: readonly number[];
  /** Owners that ask for the skill and are steps or goals, where the path meets their requirement otherwise. */
  readonly offeredBy: readonly number[];
  /** False when the search ran out: a cheaper path with the skill may exist. */
  readonly isExact: boolean;
}

/**
 * Why a skill is in a path, or why it is not. `path` is the answer to `question`. A rejection costs one search
 * for the cheapest path with the skill; all else is linear in what the goals lead back to.
 */
export function* explainSearch(
  graph: PrerequisiteGraph,
  skill: number,
  question: PathQuestion,
  path: SolvedPath,
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, Explanation> {
  const position = path.skills.indexOf(skill);
  if (position >= 0)
    return { kind: "IN_PATH", position, because: stepReasons(graph, question, path)[position]! };
  if (question.known.includes(skill)) return { kind: "KNOWN" };
  if (question.avoid.includes(skill)) return { kind: "AVOIDED" };
  const start = [...question.goals, ...question.choose];
  const closed = [...question.known, ...question.avoid];
  const behind = possiblePrerequisites(graph, start, { known: closed }).skills;
  if (!behind.includes(skill)) return { kind: "NOT_RELEVANT" };

  const asked = { ...question, choose: [...question.choose, skill] };
  const other = yield* learningPathSearch(graph, asked, budget);
  if (other.kind === "unreachable")
    return {
      kind: "UNLEARNABLE",
      missing: other.unreached.find(({ goal }) => goal === skill)?.missing ?? [],
    };
  const difference = pathDifference(path, other);
  return {
    kind: "REJECTED",
    difference,
    preferred: difference.dropped,
    offeredBy: askers(graph, skill, [...new Set([...start, ...path.skills])]),
    isExact: path.isOptimal && other.isOptimal,
  };
}

/** Those of the owners whose requirement names the skill, in index order. */
function askers(graph: PrerequisiteGraph, skill: number, owners: readonly number[]): number[] {
  return owners
    .filter((owner) => possiblePrerequisites(graph, [owner], { depth: 1 }).skills.includes(skill))
    .sort(ascending);
}
