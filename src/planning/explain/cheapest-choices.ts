import { branchSkills, meetsBranch } from "../../graph/model/fold.ts";
import { ascending } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { learningOrder } from "../../graph/walk/learning-order.ts";
import { learningPathSearch } from "../learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget, shareOf } from "../limits.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "../path-question.ts";
import { countedUses, type StagedSteps } from "./because.ts";
import { type PathDifference, pathDifference } from "./path-difference.ts";

/** Each swap is a search of its own: some hundreds of them are about a second. */
export const MAX_SWAPS = 300;

export interface ChoiceOptions {
  /** List no more choices than this; all are searched. */
  readonly atMost?: number;
  /** Only the choices made by these steps of the cheapest path, such as its language; absent: by any step. */
  readonly steps?: readonly number[];
  readonly budget?: SearchBudget;
}

/** Taking one skill instead of another where a requirement offers both. */
interface Swap {
  readonly choose: number;
  readonly insteadOf: number;
  /** Whose requirement offers the choice. */
  readonly owner: number;
}

/** A path that makes a different choice. */
interface PathChoice {
  /** The swaps whose cheapest path this is; the first one names it. Asking the question `swapped` gives the path
   * again. */
  readonly swaps: readonly Swap[];
  readonly path: SolvedPath;
  /** To the cheapest path: what the choice adds, drops and costs. */
  readonly difference: PathDifference;
}

export interface CheapestChoices {
  readonly kind: "choices";
  readonly best: SolvedPath;
  /** From the cheapest on; ties in the order of the swaps. */
  readonly choices: readonly PathChoice[];
  /**
   * False when not all swaps were tried, because there were more than `MAX_SWAPS` or the budget was used up: those of the
   * goals and the first steps were.
   */
  readonly isComplete: boolean;
}

/**
 * The cheapest path and the next-best ones that choose differently: for each step that meets an alternative, and
 * each skill of a branch that the path leaves aside there, the cheapest path *with* that skill and *without* the
 * step. Python, say, and what it takes with Java, Ruby or Node.js instead, frameworks included.
 *
 * A step that the question chooses may be swapped too; then it is no longer chosen, and the path can cost less.
 *
 * Each is exact for its swap (`path.isOptimal`), and of the swaps of other steps the first one is the cheapest of
 * all paths that do not contain the best one. Paths that come of two swaps at once are not listed: ask again with the first one chosen.
 * The best path has the budget once, and the searches for the swaps share it. Yields often, for callers that share the thread.
 */
export function* cheapestChoicesSearch(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  options: ChoiceOptions = {},
): Generator<void, CheapestChoices | Unreachable> {
  const { atMost, steps, budget = DEFAULT_SEARCH_BUDGET } = options;
  const best = yield* learningPathSearch(graph, question, budget);
  if (best.kind === "unreachable") return best;
  const swaps = yield* swapsOf(graph, question, best, steps);
  const found = new Map<string, { swaps: Swap[]; path: SolvedPath }>();
  const spent = { work: 0 };
  const share = { ...shareOf(budget, Math.min(swaps.length, MAX_SWAPS)), spent };
  let tried = 0;
  for (const swap of swaps.slice(0, MAX_SWAPS)) {
    if (spent.work >= budget.maxWork) break;
    tried++;
    const asked = swapped(question, swap);
    // An easy search does not pause by itself.
    yield;
    const path = yield* learningPathSearch(graph, asked, share);
    if (path.kind === "unreachable") continue;
    const key = [...path.skills].sort(ascending).join();
    const same = found.get(key);
    if (same === undefined) found.set(key, { swaps: [swap], path });
    else same.swaps.push(swap);
  }
  const choices = [...found.values()]
    .sort((a, b) => a.path.cost - b.path.cost || a.path.skills.length - b.path.skills.length)
    .slice(0, atMost)
    .map((choice) => ({ ...choice, difference: pathDifference(best, choice.path) }));
  return { kind: "choices", best, choices, isComplete: tried === swaps.length };
}

/** The question that a swap asks. */
export function swapped(question: PathQuestion, { choose, insteadOf }: Swap): PathQuestion {
  return {
    ...question,
    choose: [...question.choose.filter((skill) => skill !== insteadOf), choose],
    avoid: [...question.avoid, insteadOf],
  };
}

/**
 * The swaps that a path leaves open, each once: the goals' own choices first, then along the path. Ends soon after
 * `MAX_SWAPS` of them.
 */
function* swapsOf(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  best: StagedSteps,
  steps: readonly number[] = best.skills,
): Generator<void, Swap[]> {
  const path = best.skills;
  const avoided = new Set(question.avoid);
  const goals = new Set(question.goals);
  const first = new Set([...question.goals, ...question.choose]);
  const place = new Map(path.map((skill, position) => [skill, position]));
  const placeOf = (owner: number) => (first.has(owner) ? -1 : place.get(owner)!);
  const uses = countedUses(graph, question, best).toSorted((a, b) => placeOf(a.owner) - placeOf(b.owner));
  const wanted = new Set(steps);
  const without = new Map<number, ReadonlySet<number>>();
  const swaps = new Map<string, Swap>();
  for (const { skill, owner, group } of uses) {
    if (goals.has(skill) || !wanted.has(skill) || swaps.size > MAX_SWAPS) continue;
    const choices = groupsWithChoice(graph, group);
    if (choices.length === 0) continue;
    // What the path still leads to without the step. The rest of it may be had in another way.
    let has = without.get(skill);
    if (has === undefined) {
      yield;
      const rest = path.filter((other) => other !== skill);
      has = new Set([...question.known, ...learningOrder(graph, rest, { known: question.known }).skills]);
      without.set(skill, has);
    }
    for (const member of choices.flatMap((choice) => membersOf(graph, choice))) {
      if (meetsBranch(graph, member, has)) continue;
      for (const choose of branchSkills(graph, member)) {
        const key = `${choose}:${skill}`;
        if (choose !== skill && !has.has(choose) && !avoided.has(choose) && !swaps.has(key))
          swaps.set(key, { choose, insteadOf: skill, owner });
      }
    }
  }
  return [...swaps.values()];
}

/** The groups around a member, from the inside out, that do not need all of their members. */
function groupsWithChoice(
  { groupNeed, groupStart, groupParent }: PrerequisiteGraph,
  group: number,
): number[] {
  const groups: number[] = [];
  for (let g = group; g >= 0; g = ~groupParent[g]!)
    if (groupNeed[g]! < groupStart[g + 1]! - groupStart[g]!) groups.push(g);
  return groups;
}

function membersOf({ members, groupStart }: PrerequisiteGraph, group: number): number[] {
  return Array.from(members.subarray(groupStart[group]!, groupStart[group + 1]!));
}
