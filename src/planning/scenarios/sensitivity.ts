import { branchSkills } from "../../graph/model/fold.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { requirementTree, withoutSkills } from "../../graph/model/requirement.ts";
import { withRequirements } from "../../graph/model/with-requirement.ts";
import { type PathDifference, pathDifference } from "../explain/path-difference.ts";
import { learningPathSearch } from "../learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, MAX_SENSITIVITY_SEARCHES, type SearchBudget, shares } from "../limits.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "../path-question.ts";
import { choicesOf } from "../problem/split.ts";
import { hypotheticalGraph } from "./hypothetical-graph.ts";

/** A skill that changes the cheapest path where it takes more or fewer hours than today. */
export interface HoursChange {
  readonly skill: number;
  /**
   * The hours, in hundredths, from which on another path is cheaper: above them for a step of the path, below them for
   * any other skill. At these very hours both cost the same.
   */
  readonly changesAt: number;
  /** To the other path, at the hours of today: how far the hours have to move is `extraCost`. */
  readonly difference: PathDifference;
  readonly isExact: boolean;
}

/** A prerequisite without which the cheapest path costs something else. */
export interface PrerequisiteChange {
  readonly prerequisite: number;
  /** Whose requirement names it. */
  readonly owner: number;
  /** To the cheapest path where the owner does not ask for it; `extraCost` is negative for what is saved. */
  readonly difference: PathDifference;
  readonly isExact: boolean;
}

export interface Sensitivity {
  readonly kind: "sensitivity";
  readonly best: SolvedPath;
  /** The least change first; ties by skill. */
  readonly hours: readonly HoursChange[];
  /** The greatest difference first; ties by owner, then prerequisite. */
  readonly prerequisites: readonly PrerequisiteChange[];
  /** False when there was more to try than `MAX_SENSITIVITY_SEARCHES`, or the budget was used up. */
  readonly isComplete: boolean;
}

/**
 * Which single change of the hours of a skill, or which single prerequisite left out, changes the cheapest path, and by
 * how much.
 *
 * The cheapest path without a step says how far its hours may rise: until they are dearer by what that path costs more.
 * The cheapest path with another skill says how far its hours would have to fall, if they are that many. Only skills that
 * are left to choose can change anything: what every path has, none can do without.
 *
 * A prerequisite is left out as `withoutSkills` does it: of what is needed together the rest is needed, and of alternatives
 * one of the others. What puts the goals out of reach is not listed, nor are prerequisites of what nobody can learn who
 * avoids what the question avoids.
 *
 * Each is a search of its own, exact as far as its share of the budget reaches. Yields often.
 */
export function* sensitivitySearch(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, Sensitivity | Unreachable> {
  const best = yield* learningPathSearch(graph, question, budget);
  if (best.kind === "unreachable") return best;
  const skills = undecidedSkills(graph, question, best);
  const named = namedSkills(graph, question, [...best.skills.toReversed(), ...skills]);
  const share = shares(budget, Math.min(skills.length + named.length, MAX_SENSITIVITY_SEARCHES));
  let left = MAX_SENSITIVITY_SEARCHES;
  let isComplete = true;
  /** The cheapest path of another question or graph; `undefined` where there is none, or nothing is left for it. */
  function* other(then: PrerequisiteGraph, asked: PathQuestion): Generator<void, SolvedPath | undefined> {
    const mine = share();
    if (left === 0 || mine.maxWork === 0) {
      isComplete = false;
      return undefined;
    }
    left--;
    // An easy search does not pause by itself.
    yield;
    const path = yield* learningPathSearch(then, asked, mine);
    return path.kind === "path" ? path : undefined;
  }

  const hours: HoursChange[] = [];
  const steps = new Set(best.skills);
  for (const skill of skills) {
    const isStep = steps.has(skill);
    const path = yield* other(graph, {
      ...question,
      ...(isStep ? { avoid: [...question.avoid, skill] } : { choose: [...question.choose, skill] }),
    });
    if (path === undefined) continue;
    const difference = pathDifference(best, path);
    const cost = graph.cost[skill]!;
    if (!isStep && difference.extraCost >= cost) continue;
    const changesAt = isStep ? cost + difference.extraCost : cost - difference.extraCost;
    hours.push({ skill, changesAt, difference, isExact: best.isOptimal && path.isOptimal });
  }

  const prerequisites: PrerequisiteChange[] = [];
  // What changes take of the room for more must not be that of the graph which others go on with.
  const copy = named.length > 0 ? hypotheticalGraph(graph, []).graph : graph;
  for (const { skill, owner } of named) {
    const requirement = withoutSkills(requirementTree(graph, owner)!, new Set([skill]));
    const path = yield* other(withRequirements(copy, new Map([[owner, requirement]])), { ...question });
    if (path === undefined || path.cost === best.cost) continue;
    const difference = pathDifference(best, path);
    prerequisites.push({
      prerequisite: skill,
      owner,
      difference,
      isExact: best.isOptimal && path.isOptimal,
    });
  }
  hours.sort((a, b) => a.difference.extraCost - b.difference.extraCost || a.skill - b.skill);
  const effect = ({ difference }: PrerequisiteChange) => Math.abs(difference.extraCost);
  prerequisites.sort((a, b) => effect(b) - effect(a) || a.owner - b.owner || a.prerequisite - b.prerequisite);
  return { kind: "sensitivity", best, hours, prerequisites, isComplete };
}

/** The skills that some paths have and others do not: those of the best path first, in its order. */
function undecidedSkills(graph: PrerequisiteGraph, question: PathQuestion, best: SolvedPath): number[] {
  const all = { has: () => true };
  const undecided = new Set(
    choicesOf(graph, question)!.subproblems.flatMap((subproblem) => subproblem.skillsIn(all)),
  );
  const steps = best.skills.filter((skill) => undecided.delete(skill));
  return [...steps, ...undecided];
}

/** What the requirements of the goals and of some skills name, each once for each of them, less what is known. */
function namedSkills(graph: PrerequisiteGraph, { goals, known }: PathQuestion, skills: readonly number[]) {
  const isKnown = new Set(known);
  const owners = new Set([...goals.filter((goal) => goal >= graph.skillCount), ...skills]);
  return [...owners].flatMap((owner) =>
    branchSkills(graph, graph.requirement[owner]!)
      .filter((skill) => !isKnown.has(skill))
      .map((skill) => ({ skill, owner })),
  );
}
