import type { SkillSet } from "../../graph/model/fold.ts";
import type { IntList } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import {
  MAX_REMEMBERED_SWAPS,
  MAX_WORK_AT_ONCE,
  type SearchBudget,
  WORK_PER_ALTERNATIVE,
} from "../limits.ts";
import { type OpenNodes, openNodes, type WeighedChoices, weighChoices } from "../problem/bundle.ts";
import { type ChoiceProblem, costBound } from "../problem/choice-problem.ts";
import { BranchAndBound, type SearchOutcome } from "./branch.ts";
import { SearchSpace } from "./space.ts";
import { mostPreferred } from "./tie-break.ts";
import { workDone } from "./work-done.ts";

/** What is cheapest in a subproblem. */
interface CheapestChoice {
  /** The skills to take. */
  readonly skills: readonly number[];
  readonly cost: number;
  /** Nothing costs less. */
  readonly lowerBound: number;
  /** The work it took to find. */
  readonly work: number;
  /** The same in terms of the problem without merits: what a prover goes on from. */
  readonly outcome: SearchOutcome;
  /** Whether nothing costs less, and nothing of equal cost has more of the graph's merits. */
  readonly isPreferred: boolean;
}

/** A plan of least cost, and whether it is proved that none of equal cost weighs less. */
export interface PreferredPlan {
  readonly plan: readonly number[];
  readonly isProved: boolean;
}

/** Something that goes on from what a search has left unproved. */
export interface Prover {
  /** A plan at least as good as the one known, with a bound at least as high. */
  improve(problem: ChoiceProblem, known: SearchOutcome): SearchOutcome;
  /** Of the plans that cost as little as one of least cost the one that weighs least, as far as it comes. */
  prefer(problem: ChoiceProblem, plan: readonly number[]): PreferredPlan;
}

/** Nodes to be met, and one to do without. */
export interface Swap {
  readonly wanted: readonly number[];
  readonly barred: number;
}

/** What is cheapest with a swap. */
export interface SwapChoice {
  /** The skills to take; `undefined` when there is no such choice, or none was found. */
  readonly skills: readonly number[] | undefined;
  /** Whether nothing costs less, or there is no such choice. */
  readonly isExact: boolean;
}

const NOT_SEARCHED: SwapChoice = { skills: undefined, isExact: false };

/** What is cheapest with each of some swaps. */
interface SwapChoices {
  readonly choices: readonly SwapChoice[];
  /** The work it took to find. */
  readonly work: number;
}

/** A finding, and for which budgets it is what a search would find. */
interface Kept<Finding> {
  readonly finding: Finding;
  /** The least and the most `maxWork`. */
  readonly from: number;
  readonly to: number;
}

interface Weighed extends WeighedChoices {
  readonly nodes: OpenNodes;
  /** Per reference: its node. */
  readonly nodeOf: ReadonlyMap<number, number>;
}

/**
 * Choices of a question that have nothing to do with its others, as they stand in a graph; see `openChoices`.
 *
 * Equal subproblems of different questions are one object, which keeps what was found in it: most learners with the
 * same goal differ in what they know elsewhere. What is kept is used only where the search would come to the same by
 * the same work, so that answers do not depend on what was asked before.
 */
export class Subproblem {
  private readonly graph: PrerequisiteGraph;
  /** See `openNodes`. */
  private readonly content: Int32Array;
  private weighed: Weighed | undefined;
  private weighedByCost: ChoiceProblem | undefined;
  private cheapestKept: Kept<CheapestChoice> | undefined;
  private readonly swapsKept = new Map<string, Kept<SwapChoices>>();

  constructor(graph: PrerequisiteGraph, content: Int32Array) {
    this.graph = graph;
    this.content = content;
  }

  has(content: IntList): boolean {
    const own = this.content;
    if (own.length !== content.length) return false;
    for (let i = 0; i < own.length; i++) if (own[i] !== content.items[i]) return false;
    return true;
  }

  get problem(): ChoiceProblem {
    return this.choices().problem;
  }

  /** The node of a skill, group or other owner, or `undefined`. */
  nodeOf(reference: number): number | undefined {
    return this.choices().nodeOf.get(reference);
  }

  /** The node that stands for another because they are only ever chosen together, or the node itself. */
  standsFor(node: number): number {
    return this.choices().bundle[node]!;
  }

  /** The skills that may be chosen here and are in a set. O(nodes). */
  skillsIn(set: SkillSet): number[] {
    const { nodes, problem, bundle } = this.choices();
    const skills: number[] = [];
    for (let v = 0; v < problem.nodeCount; v++) {
      const skill = nodes.origin[v]!;
      if (skill >= 0 && problem.weight[bundle[v]!]! > 0 && set.has(skill)) skills.push(skill);
    }
    return skills;
  }

  /**
   * The cheapest choice, as far as the quick search reaches. Where that proves it, ties go to more merit, fewer steps, then
   * to the first in the order of skills. Where merits keep it from a proof, it searches once more by cost alone.
   */
  *cheapest({ maxWork }: SearchBudget): Generator<void, CheapestChoice> {
    if (holdsFor(this.cheapestKept, maxWork)) return counted(this.cheapestKept.finding);
    let finding = yield* this.found(this.problem, maxWork);
    if (finding.lowerBound < finding.cost && this.byCost !== this.problem) {
      const { cost, work } = finding;
      const other = yield* this.found(this.byCost, maxWork - work);
      const { skills } = other.cost < cost ? other : finding;
      const lowerBound = Math.max(finding.lowerBound, other.lowerBound);
      const least = Math.min(cost, other.cost);
      finding = { ...other, skills, cost: least, lowerBound, work: work + other.work, isPreferred: false };
    }
    this.cheapestKept = kept(finding, maxWork);
    return counted(finding);
  }

  private *found(problem: ChoiceProblem, maxWork: number): Generator<void, CheapestChoice> {
    const space = new SearchSpace(problem, maxWork);
    const search = new BranchAndBound(space);
    const outcome = yield* search.least();
    const { plan, weight, lowerBound } = outcome;
    const isProved = plan !== undefined && lowerBound === weight;
    const best = isProved ? { ...outcome, plan: yield* mostPreferred(search, plan, weight) } : outcome;
    return this.choiceOf(problem, best, space.work);
  }

  /** What is cheapest beyond what a search has found, as far as a prover comes. */
  prove(found: CheapestChoice, prover: Prover): CheapestChoice {
    if (found.lowerBound === found.cost) return found;
    const proved = this.choiceOf(this.byCost, prover.improve(this.byCost, found.outcome), found.work);
    // Of equal cost is the plan found with the merits.
    if (this.byCost !== this.problem && found.cost <= proved.cost)
      return { ...found, lowerBound: Math.max(found.lowerBound, proved.lowerBound) };
    return proved;
  }

  /** Of what costs as little as what was proved to be cheapest, what has most merit, as far as a prover comes. */
  prefer(found: CheapestChoice, prover: Prover): CheapestChoice {
    if (found.isPreferred || found.lowerBound < found.cost) return found;
    const nodes = new Set(found.skills.map((skill) => this.standsFor(this.nodeOf(skill)!)));
    const { plan, isProved } = prover.prefer(
      this.problem,
      [...nodes].sort((a, b) => a - b),
    );
    return { ...found, skills: this.skillsOf(plan), isPreferred: isProved };
  }

  private choiceOf(problem: ChoiceProblem, outcome: SearchOutcome, work: number): CheapestChoice {
    if (outcome.plan === undefined)
      throw new Error(`expected a plan for ${problem.goals.length} goals that can be met`);
    const skills = this.skillsOf(outcome.plan);
    const cost = this.costOfSkills(skills);
    const lowerBound = costBound(problem, outcome.lowerBound);
    if (lowerBound > cost)
      throw new Error(
        `expected a bound of at most ${cost}, the cost of skills ${skills.join(", ")}, got ${lowerBound}`,
      );
    const isPreferred =
      problem === this.problem &&
      (outcome.lowerBound === outcome.weight || (lowerBound === cost && problem === this.byCost));
    return { skills, cost, lowerBound, work, outcome, isPreferred };
  }

  /** The cheapest choices with some swaps, each searched with what the ones before it proved. */
  *withSwaps(swaps: readonly Swap[], { maxWork }: SearchBudget): Generator<void, SwapChoices> {
    const key = swaps
      .map(({ wanted, barred }) => `${wanted.length === 1 ? wanted[0] : wanted.join(" ")} ${barred}`)
      .join();
    const before = this.swapsKept.get(key);
    if (holdsFor(before, maxWork)) return counted(before.finding);
    const space = new SearchSpace(this.problem, maxWork);
    const search = new BranchAndBound(space);
    const choices: SwapChoice[] = [];
    for (const swap of swaps) choices.push(yield* this.withSwap(search, swap, maxWork));
    const finding = { choices, work: space.work };
    if (this.swapsKept.size === MAX_REMEMBERED_SWAPS) this.swapsKept.clear();
    this.swapsKept.set(key, kept(finding, maxWork));
    return counted(finding);
  }

  private *withSwap(
    search: BranchAndBound,
    { wanted, barred }: Swap,
    maxWork: number,
  ): Generator<void, SwapChoice> {
    const { space } = search;
    if (space.work >= maxWork) return NOT_SEARCHED;
    space.workLimit = Math.min(maxWork, space.work + WORK_PER_ALTERNATIVE);
    const { plan, lowerBound } = yield* search.leastWith(wanted, [barred]);
    const skills = plan && this.skillsOf(plan);
    const isExact =
      skills === undefined
        ? lowerBound === Number.POSITIVE_INFINITY
        : this.costOfSkills(skills) <= costBound(space.problem, lowerBound);
    return { skills, isExact };
  }

  /** The problem without merits: another object only where these make a difference. */
  private get byCost(): ChoiceProblem {
    if (this.weighedByCost === undefined) {
      const { problem, nodes } = this.choices();
      const byCost = weighChoices({ ...this.graph, merits: [] }, nodes).problem;
      this.weighedByCost = byCost.rest === problem.rest ? problem : byCost;
    }
    return this.weighedByCost;
  }

  private choices(): Weighed {
    if (this.weighed === undefined) {
      const nodes = openNodes(this.content);
      const nodeOf = new Map(Array.from(nodes.origin, (reference, node) => [reference, node]));
      this.weighed = { ...weighChoices(this.graph, nodes), nodes, nodeOf };
    }
    return this.weighed;
  }

  /** The skills of a plan, with those that are bundled with its nodes. O(nodes). */
  skillsOf(plan: readonly number[]): number[] {
    const { nodes, problem, bundle } = this.choices();
    const inPlan = new Set(plan);
    const skills: number[] = [];
    for (let v = 0; v < problem.nodeCount; v++) {
      if (nodes.origin[v]! < 0 || !inPlan.has(bundle[v]!)) continue;
      // Goals are owners without weight of their own, and bundled with nothing.
      if (bundle[v] !== v || problem.weight[v]! > 0) skills.push(nodes.origin[v]!);
    }
    return skills;
  }

  private costOfSkills(skills: readonly number[]): number {
    let cost = 0;
    for (const skill of skills) cost += this.graph.cost[skill]!;
    return cost;
  }
}

function counted<Finding extends { readonly work: number }>(finding: Finding): Finding {
  workDone.total += finding.work;
  return finding;
}

/** A search takes the same steps with any budget that leaves it as much as it may take at once; else only with its own. */
function kept<Finding extends { readonly work: number }>(finding: Finding, maxWork: number): Kept<Finding> {
  const enough = finding.work + MAX_WORK_AT_ONCE;
  return maxWork >= enough
    ? { finding, from: enough, to: Number.POSITIVE_INFINITY }
    : { finding, from: maxWork, to: maxWork };
}

function holdsFor<Finding>(kept: Kept<Finding> | undefined, maxWork: number): kept is Kept<Finding> {
  return kept !== undefined && kept.from <= maxWork && maxWork <= kept.to;
}
