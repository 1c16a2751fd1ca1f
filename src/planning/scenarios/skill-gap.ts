import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import { ascending } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { learningPathSearch } from "../learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget, shares } from "../limits.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "../path-question.ts";

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
    necessary: path.skills.filter((skill) => skill === goal || needed.has(skill)).sort(ascending),
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
  return { kind: "assumed", skills: [...skills].sort(ascending), isExact };
}

function from(goal: number, known: readonly number[]): PathQuestion {
  return { goals: [goal], known, choose: [], avoid: [] };
}

/** Two searches for each role: some hundreds of them are about a second. */
export const MAX_TRANSITIONS = 500;

/** A role that one can move to. */
interface Transition {
  readonly role: number;
  /** What is missing, in learning order, cheapest. */
  readonly path: SolvedPath;
  /** What the role takes from nothing, in hundredths of an hour. */
  readonly costFromNothing: number;
}

export interface Transitions {
  readonly kind: "transitions";
  /** What was taken as known, in index order. */
  readonly assumed: readonly number[];
  /** The nearest first: least hours, then fewest steps, then role. Roles held are left out. */
  readonly roles: readonly Transition[];
}

/**
 * The roles nearest to where somebody stands (see `Standing` for what a role held stands for). Roles that cannot
 * be reached are left out. The searches share the budget, after the one for the roles held. Yields often. Throws a
 * RangeError on more than `MAX_TRANSITIONS` roles.
 */
export function* transitionsSearch(
  graph: PrerequisiteGraph,
  standing: Standing,
  roles: readonly number[],
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, Transitions | Unreachable> {
  if (roles.length > MAX_TRANSITIONS)
    throw new RangeError(`expected at most ${MAX_TRANSITIONS} roles to rank, got ${roles.length}`);
  const share = shares(budget, 2 * roles.length);
  const held = yield* assumedSkills(graph, standing, budget);
  if (held.kind === "unreachable") return held;
  const ranked: Transition[] = [];
  for (const role of new Set(roles)) {
    if (standing.roles.includes(role)) continue;
    // An easy search does not pause by itself.
    yield;
    const path = yield* learningPathSearch(graph, from(role, held.skills), share());
    const fromNothing = yield* learningPathSearch(graph, from(role, []), share());
    if (path.kind === "path" && fromNothing.kind === "path")
      ranked.push({ role, path, costFromNothing: fromNothing.cost });
  }
  ranked.sort(
    (a, b) => a.path.cost - b.path.cost || a.path.skills.length - b.path.skills.length || a.role - b.role,
  );
  return { kind: "transitions", assumed: held.skills, roles: ranked };
}
