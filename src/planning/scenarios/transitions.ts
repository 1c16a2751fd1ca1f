import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { learningPathSearch } from "../learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget, shareOf } from "../limits.ts";
import type { SolvedPath, Unreachable } from "../path-question.ts";
import { assumedSkills, type Standing } from "./skill-gap.ts";

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
 * be reached are left out. The searches share the budget, after the one for the roles held. Yields often. Throws a RangeError on more than `MAX_TRANSITIONS` roles.
 */
export function* transitionsSearch(
  graph: PrerequisiteGraph,
  standing: Standing,
  roles: readonly number[],
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, Transitions | Unreachable> {
  if (roles.length > MAX_TRANSITIONS)
    throw new RangeError(`expected at most ${MAX_TRANSITIONS} roles to rank, got ${roles.length}`);
  const share = shareOf(budget, 2 * roles.length);
  const held = yield* assumedSkills(graph, standing, budget);
  if (held.kind === "unreachable") return held;
  const ranked: Transition[] = [];
  for (const role of new Set(roles)) {
    if (standing.roles.includes(role)) continue;
    const question = { goals: [role], known: held.skills, choose: [], avoid: [] };
    // An easy search does not pause by itself.
    yield;
    const path = yield* learningPathSearch(graph, question, share);
    const fromNothing = yield* learningPathSearch(graph, { ...question, known: [] }, share);
    if (path.kind === "path" && fromNothing.kind === "path")
      ranked.push({ role, path, costFromNothing: fromNothing.cost });
  }
  ranked.sort(
    (a, b) => a.path.cost - b.path.cost || a.path.skills.length - b.path.skills.length || a.role - b.role,
  );
  return { kind: "transitions", assumed: held.skills, roles: ranked };
}
