import { branchKey, branchSkills, meetsBranch } from "../../graph/model/fold.ts";
import { Marks } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { ALTERNATIVES_BUDGET, type SearchBudget, WORK_PER_ALTERNATIVE } from "../limits.ts";
import type { PathQuestion, SolvedPath } from "../path-question.ts";
import { relevantProblem } from "../problem/relevant.ts";
import { choicesOf, openChoices } from "../problem/split.ts";
import type { Subproblem, Swap } from "../search/subproblem.ts";
import { countedUses } from "./because.ts";

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

/** Per step of a path, in its order. */
export type RejectedAlternatives = readonly (readonly RejectedAlternative[])[];
const NONE_REJECTED: readonly RejectedAlternative[] = [];

/**
 * Per step of a path: what could have taken its place. At every group in which the step, or the branch it
 * belongs to, counts, these are the members that the path does not meet.
 *
 * A step that the question chooses is priced as if it had not been chosen, other choices kept.
 *
 * The prices are exact as far as the budget reaches: each is a search with the branch as one more goal and the step
 * barred, confined to the subproblem that both belong to, and starting from what the searches before it proved there.
 *
 * A generator that yields often, for callers that share the thread.
 */
export function* alternativesSearch(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: SolvedPath,
  budget: SearchBudget = ALTERNATIVES_BUDGET,
): Generator<void, RejectedAlternatives> {
  const branches = rejectedBranches(graph, question, path.skills);
  if (branches.size === 0) return path.skills.map(() => NONE_REJECTED);
  const prices = yield* new AlternativePrices(graph, question, path, budget).of(branches);
  return path.skills.map((step) => {
    const offered = branches.get(step);
    if (offered === undefined) return NONE_REJECTED;
    return offered.map((branch) => {
      const { skills, owner } = branch;
      const { extraCost, isExact } = prices.get(branch)!;
      return { skill: skills[0]!, skills, owner, extraCost, isExact };
    });
  });
}

interface Branch {
  readonly reference: number;
  readonly skills: readonly number[];
  readonly owner: number;
}

const has = new Marks();

/** Per step: the branches rejected for it, equal ones once. */
function rejectedBranches(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: readonly number[],
): Map<number, Branch[]> {
  const { members, groupStart, groupNeed, groupParent } = graph;
  has.begin(graph.ownerCount);
  has.addAll(path);
  has.addAll(question.known);
  const found: Rejected[] = [];
  const uses = countedUses(graph, question, path);
  for (let u = 0; u < uses.length; u++) {
    const { skill, owner, group } = uses[u]!;
    for (let g = group; g >= 0; g = ~groupParent[g]!) {
      const begin = groupStart[g]!;
      const end = groupStart[g + 1]!;
      if (groupNeed[g] === end - begin) continue;
      for (let m = begin; m < end; m++)
        if (!meetsBranch(graph, members[m]!, has)) found.push({ skill, owner, reference: members[m]! });
    }
  }
  const branches = new Map<number, Branch[]>();
  for (const { skill, owner, reference } of found.sort((a, b) => a.owner - b.owner)) {
    let list = branches.get(skill);
    if (list === undefined) {
      list = [];
      branches.set(skill, list);
    }
    if (!list.some((branch) => asksForSame(graph, branch.reference, reference)))
      list.push({ reference, skills: branchSkills(graph, reference), owner });
  }
  return branches;
}

interface Rejected {
  readonly skill: number;
  readonly owner: number;
  readonly reference: number;
}

function asksForSame(graph: PrerequisiteGraph, one: number, other: number): boolean {
  if (one === other) return true;
  return one < 0 && other < 0 && branchKey(graph, one) === branchKey(graph, other);
}

/** A price as `RejectedAlternative` states it. */
interface Price {
  readonly extraCost: number | undefined;
  readonly isExact: boolean;
}

const IMPOSSIBLE: Price = { extraCost: undefined, isExact: true };

/** Prices the branches of one question, those in the same subproblem together. */
class AlternativePrices {
  private readonly prices = new Map<Branch, Price>();
  private work = 0;

  constructor(
    private readonly graph: PrerequisiteGraph,
    private readonly question: PathQuestion,
    private readonly path: SolvedPath,
    private readonly budget: SearchBudget,
  ) {}

  /** The prices of the branches rejected for each step. */
  *of(branches: ReadonlyMap<number, readonly Branch[]>): Generator<void, ReadonlyMap<Branch, Price>> {
    const { choose } = this.question;
    const chosen = new Set(choose);
    yield* this.price(this.question, branches, (step) => !chosen.has(step));
    for (const step of chosen) {
      if (!branches.has(step)) continue;
      // What it was chosen over would otherwise be impossible.
      const question = { ...this.question, choose: choose.filter((skill) => skill !== step) };
      yield* this.price(question, branches, (other) => other === step);
    }
    return this.prices;
  }

  /** Prices the branches of some of the steps as alternatives in a question. */
  private *price(
    question: PathQuestion,
    branches: ReadonlyMap<number, readonly Branch[]>,
    isAsked: (step: number) => boolean,
  ): Generator<void, void> {
    const choices = choicesOf(this.graph, question);
    if (choices === undefined)
      throw new RangeError("expected a path of this question, but its goals cannot be reached");
    const swaps = choices.subproblems.map((): (Swap & { readonly branch: Branch })[] => []);
    for (const [step, offered] of branches) {
      if (!isAsked(step)) continue;
      const isNecessary = choices.necessary.includes(step);
      const index = isNecessary
        ? -1
        : choices.subproblems.findIndex((subproblem) => subproblem.nodeOf(step) !== undefined);
      const subproblem = choices.subproblems[index];
      const barred = subproblem?.nodeOf(step);
      for (const branch of offered) {
        const wanted = subproblem?.nodeOf(branch.reference);
        if (isNecessary) this.prices.set(branch, IMPOSSIBLE);
        else if (
          subproblem === undefined ||
          barred === undefined ||
          wanted === undefined ||
          subproblem.standsFor(wanted) !== wanted
        )
          this.prices.set(branch, yield* this.anew(question, step, branch.reference));
        else swaps[index]!.push({ branch, wanted, barred: subproblem.standsFor(barred) });
      }
    }
    for (const [index, subproblem] of choices.subproblems.entries())
      if (swaps[index]!.length > 0) yield* this.within(subproblem, swaps[index]!);
  }

  private *within(
    subproblem: Subproblem,
    swaps: readonly (Swap & { readonly branch: Branch })[],
  ): Generator<void, void> {
    const { costs, work } = yield* subproblem.swapCosts(swaps, this.budgetLeft());
    this.work += work;
    has.begin(this.graph.ownerCount);
    has.addAll(this.path.skills);
    const now = subproblem.costOf(has);
    for (const [at, { branch }] of swaps.entries()) {
      const { cost, isExact } = costs[at]!;
      this.prices.set(branch, { extraCost: cost === undefined ? undefined : cost - now, isExact });
    }
  }

  /** For the rare branch outside the subproblem, such as one beside a member that is necessary elsewhere. */
  private *anew(question: PathQuestion, step: number, branch: number): Generator<void, Price> {
    const relevant = relevantProblem(this.graph, { ...question, avoid: [...question.avoid, step] }, [branch]);
    if (relevant === undefined) return IMPOSSIBLE;
    const { necessary, subproblems } = openChoices(this.graph, relevant);
    let cost = 0;
    for (const skill of necessary) cost += this.graph.cost[skill]!;
    const limit = Math.min(this.budget.maxWork, this.work + WORK_PER_ALTERNATIVE);
    let isExact = true;
    for (const subproblem of subproblems) {
      const found = yield* subproblem.cheapest({ ...this.budget, maxWork: limit - this.work });
      if (found.cost > found.lowerBound) isExact = false;
      cost += found.cost;
      this.work += found.work;
    }
    return { extraCost: cost - this.path.cost, isExact };
  }

  private budgetLeft(): SearchBudget {
    return { ...this.budget, maxWork: this.budget.maxWork - this.work };
  }
}
