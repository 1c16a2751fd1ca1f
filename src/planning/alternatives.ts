import type { PrerequisiteGraph } from "../graph/prerequisite-graph.ts";
import { branchKey, branchSkills, meetsBranch } from "./branch.ts";
import { ChoiceSearch, type SharedWork } from "./choice-search.ts";
import { ALTERNATIVES_BUDGET, type SearchBudget, WORK_PER_ALTERNATIVE } from "./limits.ts";
import { type ChoicePart, openChoices } from "./open-choices.ts";
import { countedUses } from "./path-derivation.ts";
import type { PathQuestion, SolvedPath } from "./path-question.ts";
import { relevantProblem } from "./relevant-problem.ts";

/** A branch of a requirement that the path does without, in favour of a step. */
export interface RejectedAlternative {
  /** The first skill of the branch, to name it by. */
  readonly skill: number;
  /** All skills of the branch, in the author's order. */
  readonly skills: readonly number[];
  /** Whose requirement offers the choice; the first of them in index order. */
  readonly owner: number;
  /**
   * The least cost of a path that meets the branch and does without the step, minus this path's cost.
   * `undefined` when there is none, or none was found.
   */
  readonly extraCost: number | undefined;
  /** False when the search ran out: a cheaper path may exist. */
  readonly isExact: boolean;
}

/**
 * Per step of a path: what could have taken its place. At every group in which the step, or the branch it
 * belongs to, counts, these are the members that the path does not meet.
 *
 * The prices are exact: each is a search with the branch as one more goal and the step barred, confined to the
 * part of the choices that both belong to, and starting from what the searches before it proved there.
 */
export function rejectedAlternatives(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: SolvedPath,
  budget: SearchBudget = ALTERNATIVES_BUDGET,
): RejectedAlternative[][] {
  const search = alternativesSearch(graph, question, path, budget);
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
  }
}

/** The same as a generator that yields often, for callers that share the thread. */
export function* alternativesSearch(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: SolvedPath,
  budget: SearchBudget = ALTERNATIVES_BUDGET,
): Generator<void, RejectedAlternative[][]> {
  const prices = new AlternativePrices(graph, question, path, { left: budget.maxWork });
  const branches = rejectedBranches(graph, question, path.skills);
  const answer: RejectedAlternative[][] = [];
  for (const skill of path.skills) {
    const rejected: RejectedAlternative[] = [];
    for (const branch of branches.get(skill) ?? []) {
      const price = yield* prices.of(skill, branch.reference);
      rejected.push({ skill: branch.skills[0]!, skills: branch.skills, owner: branch.owner, ...price });
    }
    answer.push(rejected);
  }
  return answer;
}

interface Branch {
  readonly reference: number;
  readonly skills: readonly number[];
  readonly owner: number;
}

/** Per step: the branches rejected for it, equal ones once. */
function rejectedBranches(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: readonly number[],
): Map<number, Branch[]> {
  const { members, groupStart, groupNeed, groupParent } = graph;
  const has = new Set([...path, ...question.known]);
  const branches = new Map<number, Branch[]>();
  const seen = new Set<string>();
  const uses = countedUses(graph, question, path).sort((a, b) => a.owner - b.owner);
  for (const { skill, owner, group } of uses) {
    for (let g = group; g >= 0; g = ~groupParent[g]!) {
      if (groupNeed[g]! < groupStart[g + 1]! - groupStart[g]!)
        for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) {
          const reference = members[m]!;
          if (meetsBranch(graph, reference, has)) continue;
          const key = `${skill}:${branchKey(graph, reference)}`;
          if (seen.has(key)) continue;
          seen.add(key);
          const list = branches.get(skill);
          const branch = { reference, skills: branchSkills(graph, reference), owner };
          if (list === undefined) branches.set(skill, [branch]);
          else list.push(branch);
        }
    }
  }
  return branches;
}

/** A price as `RejectedAlternative` states it. */
interface Price {
  readonly extraCost: number | undefined;
  readonly isExact: boolean;
}

const IMPOSSIBLE: Price = { extraCost: undefined, isExact: true };

class AlternativePrices {
  private readonly graph: PrerequisiteGraph;
  private readonly question: PathQuestion;
  private readonly path: SolvedPath;
  private readonly work: SharedWork;
  private readonly necessary: ReadonlySet<number>;
  private readonly parts: readonly ChoicePart[];
  /** Per reference that is open: its part and its node there. */
  private readonly places = new Map<number, { readonly part: number; readonly node: number }>();
  private readonly searches: (ChoiceSearch | undefined)[] = [];

  constructor(graph: PrerequisiteGraph, question: PathQuestion, path: SolvedPath, work: SharedWork) {
    this.graph = graph;
    this.question = question;
    this.path = path;
    this.work = work;
    const relevant = relevantProblem(graph, question);
    const choices = relevant === undefined ? { necessary: [], parts: [] } : openChoices(graph, relevant);
    this.necessary = new Set(choices.necessary);
    this.parts = choices.parts;
    choices.parts.forEach(({ origin }, part) => {
      origin.forEach((reference, node) => {
        this.places.set(reference, { part, node });
      });
    });
  }

  *of(step: number, branch: number): Generator<void, Price> {
    if (this.necessary.has(step)) return IMPOSSIBLE;
    const barred = this.places.get(step);
    const wanted = this.places.get(branch);
    const work = { left: Math.min(this.work.left, WORK_PER_ALTERNATIVE) };
    const granted = work.left;
    const price =
      barred !== undefined && wanted !== undefined && barred.part === wanted.part
        ? yield* this.within(barred.part, barred.node, wanted.node, work)
        : yield* this.anew(step, branch, work);
    this.work.left -= granted - work.left;
    return price;
  }

  private *within(index: number, barred: number, wanted: number, work: SharedWork): Generator<void, Price> {
    const { problem, origin, factor } = this.parts[index]!;
    let search = this.searches[index];
    if (search === undefined) {
      search = new ChoiceSearch(problem);
      this.searches[index] = search;
    }
    const outcome = yield* search.leastWith([wanted], [barred], work);
    if (outcome.plan === undefined)
      return { extraCost: undefined, isExact: outcome.lowerBound === Number.POSITIVE_INFINITY };
    const inPath = new Set(this.path.skills);
    let extraCost = 0;
    for (const node of outcome.plan) extraCost += this.graph.cost[origin[node]!]!;
    const bound = Math.ceil((outcome.lowerBound - problem.preference.length) / factor);
    const isExact = extraCost <= bound;
    for (const node of problem.preference)
      if (inPath.has(origin[node]!)) extraCost -= this.graph.cost[origin[node]!]!;
    return { extraCost, isExact };
  }

  /** For the rare branch outside the part, such as one beside a member that is necessary elsewhere. */
  private *anew(step: number, branch: number, work: SharedWork): Generator<void, Price> {
    const question = { ...this.question, avoid: [...this.question.avoid, step] };
    const relevant = relevantProblem(this.graph, question, [branch]);
    if (relevant === undefined) return IMPOSSIBLE;
    const { necessary, parts } = openChoices(this.graph, relevant);
    let cost = 0;
    let isExact = true;
    for (const skill of necessary) cost += this.graph.cost[skill]!;
    for (const { problem, origin, factor } of parts) {
      const outcome = yield* new ChoiceSearch(problem).leastWith([], [], work);
      let partCost = 0;
      for (const node of outcome.plan!) partCost += this.graph.cost[origin[node]!]!;
      if (partCost > Math.ceil((outcome.lowerBound - problem.preference.length) / factor)) isExact = false;
      cost += partCost;
    }
    return { extraCost: cost - this.path.cost, isExact };
  }
}
