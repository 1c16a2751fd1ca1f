import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import { ascending } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { learningPathSearch } from "../learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget, shares } from "../limits.ts";
import type { SolvedPath, Unreachable } from "../path-question.ts";

/** Three searches for each pair, one for each role: 210 for twelve. */
export const MAX_COMPARED_ROLES = 12;

/** What two sets of skills have in common. Skills in index order. */
export interface Overlap {
  readonly shared: readonly number[];
  readonly onlyFirst: readonly number[];
  readonly onlySecond: readonly number[];
  /** Shared skills as a part of all skills of both (Jaccard): 1 for equal sets, also for two empty ones. */
  readonly bySkills: number;
  /** The same in hours. */
  readonly byHours: number;
}

interface ComparedRole {
  readonly role: number;
  /** The cheapest way to the role, from nothing. */
  readonly path: SolvedPath;
  /** The skills that every way to it passes, in index order. */
  readonly necessary: readonly number[];
  /** The skills of its cheapest way that no other compared role's has, in index order. */
  readonly distinct: readonly number[];
}

interface RolePair {
  readonly first: number;
  readonly second: number;
  /** Of the skills that every way passes: what the roles have in common whatever one chooses. */
  readonly necessary: Overlap;
  /** Of the cheapest ways. */
  readonly cheapest: Overlap;
  /** The cheapest way on, from the cheapest way to the one. */
  readonly firstToSecond: SolvedPath;
  readonly secondToFirst: SolvedPath;
  /** Both together, in hundredths of an hour: at most the first and the way on, often less. */
  readonly costOfBoth: number;
}

export interface RoleComparison {
  readonly kind: "comparison";
  readonly roles: readonly ComparedRole[];
  /** The skills of all roles' cheapest ways, in index order. */
  readonly shared: readonly number[];
  /** Each two once, in the order given. */
  readonly pairs: readonly RolePair[];
}

/**
 * Compares roles (or other owners), each with each. Unreachable when one of them is. The searches share the
 * budget. Yields often. Throws a
 * RangeError unless there are 2 to `MAX_COMPARED_ROLES` different ones.
 */
export function* compareRolesSearch(
  graph: PrerequisiteGraph,
  owners: readonly number[],
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, RoleComparison | Unreachable> {
  if (owners.length < 2 || owners.length > MAX_COMPARED_ROLES || new Set(owners).size < owners.length)
    throw new RangeError(
      `expected 2 to ${MAX_COMPARED_ROLES} different roles to compare, got [${owners.join(", ")}]`,
    );
  const share = shares(budget, owners.length + (3 * owners.length * (owners.length - 1)) / 2);
  const solve = (goals: readonly number[], known: readonly number[] = []) =>
    learningPathSearch(graph, { goals, known, choose: [], avoid: [] }, share());

  const paths: SolvedPath[] = [];
  for (const owner of owners) {
    const path = yield* solve([owner]);
    if (path.kind === "unreachable") return path;
    paths.push(path);
  }
  const necessary = owners.map((owner) =>
    Array.from(necessaryPrerequisites(graph, [owner]).skills).sort(ascending),
  );
  const pairs: RolePair[] = [];
  for (let a = 0; a < owners.length; a++)
    for (let b = a + 1; b < owners.length; b++) {
      // An easy search does not pause by itself.
      yield;
      const firstToSecond = yield* solve([owners[b]!], paths[a]!.skills);
      if (firstToSecond.kind === "unreachable") return firstToSecond;
      const secondToFirst = yield* solve([owners[a]!], paths[b]!.skills);
      if (secondToFirst.kind === "unreachable") return secondToFirst;
      const both = yield* solve([owners[a]!, owners[b]!]);
      if (both.kind === "unreachable") return both;
      pairs.push({
        first: owners[a]!,
        second: owners[b]!,
        necessary: overlapOf(graph, necessary[a]!, necessary[b]!),
        cheapest: overlapOf(graph, paths[a]!.skills, paths[b]!.skills),
        firstToSecond,
        secondToFirst,
        costOfBoth: both.cost,
      });
    }

  const holders = new Map<number, number>();
  for (const { skills } of paths)
    for (const skill of skills) holders.set(skill, (holders.get(skill) ?? 0) + 1);
  return {
    kind: "comparison",
    roles: owners.map((role, at) => ({
      role,
      path: paths[at]!,
      necessary: necessary[at]!,
      distinct: paths[at]!.skills.filter((skill) => holders.get(skill) === 1).sort(ascending),
    })),
    shared: paths[0]!.skills.filter((skill) => holders.get(skill) === owners.length).sort(ascending),
    pairs,
  };
}

/** What two sets of skills, each without repetition, have in common. O(n log n). */
export function overlapOf(
  graph: PrerequisiteGraph,
  first: readonly number[],
  second: readonly number[],
): Overlap {
  const inFirst = new Set(first);
  const inSecond = new Set(second);
  const shared = first.filter((skill) => inSecond.has(skill)).sort(ascending);
  const onlyFirst = first.filter((skill) => !inSecond.has(skill)).sort(ascending);
  const onlySecond = second.filter((skill) => !inFirst.has(skill)).sort(ascending);
  const hours = (skills: readonly number[]) => skills.reduce((sum, skill) => sum + graph.cost[skill]!, 0);
  const part = (some: number, rest: number) => (some + rest === 0 ? 1 : some / (some + rest));
  return {
    shared,
    onlyFirst,
    onlySecond,
    bySkills: part(shared.length, onlyFirst.length + onlySecond.length),
    byHours: part(hours(shared), hours(onlyFirst) + hours(onlySecond)),
  };
}
