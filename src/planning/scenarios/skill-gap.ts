import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { learningPathSearch } from "../learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget } from "../limits.ts";
import type { SolvedPath, Unreachable } from "../path-question.ts";

/**
 * Where somebody stands: with the skills known, and with those of the roles held. Who holds a role is taken to
 * have the cheapest set of skills that meets its requirement, prerequisites included: the least that the role
 * proves. Taking every skill that some way to the role passes would grant Java *and* Python *and* Ruby to every
 * backend developer. Say what is known besides, to be more exact.
 */
export interface Standing {
  readonly known: readonly number[];
  /** Owners beyond the skills. */
  readonly roles: readonly number[];
}

export interface SkillGap {
  readonly kind: "gap";
  /** What was taken as known: `known` and the skills of the roles, in index order. */
  readonly assumed: readonly number[];
  /** What is missing, in learning order, cheapest. */
  readonly path: SolvedPath;
  /** The missing skills without which there is no way, in index order: the rest can be chosen. */
  readonly necessary: readonly number[];
  /** What the goal takes from nothing, in hundredths of an hour: the gap is `path.cost` of it. */
  readonly costFromNothing: number;
  /** False when a search ran out: the gap may be smaller, and the assumed skills others. */
  readonly isExact: boolean;
}

/**
 * What is missing from where somebody stands to a role, a project or a skill. Three searches at most; yields
 * often. Unreachable when the goal, or a role held, cannot be reached from nothing.
 */
export function* skillGapSearch(
  graph: PrerequisiteGraph,
  standing: Standing,
  goal: number,
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, SkillGap | Unreachable> {
  const held = yield* assumedSkills(graph, standing, budget);
  if (held.kind === "unreachable") return held;
  const fromNothing = yield* learningPathSearch(graph, from(goal, []), budget);
  if (fromNothing.kind === "unreachable") return fromNothing;
  const path = yield* learningPathSearch(graph, from(goal, held.skills), budget);
  if (path.kind === "unreachable") return path;
  const needed = new Set(necessaryPrerequisites(graph, [goal], { known: held.skills }).skills);
  return {
    kind: "gap",
    assumed: held.skills,
    path,
    necessary: path.skills.filter((skill) => skill === goal || needed.has(skill)).sort((a, b) => a - b),
    costFromNothing: fromNothing.cost,
    isExact: held.isExact && path.isOptimal && fromNothing.isOptimal,
  };
}

export interface AssumedSkills {
  readonly kind: "assumed";
  /** In index order. */
  readonly skills: readonly number[];
  readonly isExact: boolean;
}

/** The skills that a standing stands for: see `Standing`. One search when roles are held. */
export function* assumedSkills(
  graph: PrerequisiteGraph,
  { known, roles }: Standing,
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, AssumedSkills | Unreachable> {
  const skills = new Set(known);
  let isExact = true;
  if (roles.length > 0) {
    const path = yield* learningPathSearch(graph, { goals: roles, known, choose: [], avoid: [] }, budget);
    if (path.kind === "unreachable") return path;
    for (const skill of path.skills) skills.add(skill);
    isExact = path.isOptimal;
  }
  return { kind: "assumed", skills: [...skills].sort((a, b) => a - b), isExact };
}

function from(goal: number, known: readonly number[]) {
  return { goals: [goal], known, choose: [], avoid: [] };
}
