import type { SkillSet } from "../../graph/model/fold.ts";
import type { IntList } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { MAX_REMEMBERED_SWAPS, type SearchBudget, WORK_PER_ALTERNATIVE } from "../limits.ts";
import { ChoiceSearch, type Prover, QUICK_WORK, type SearchOutcome } from "../search/choice-search.ts";
import { type ChoiceProblem, costBound, SearchSpace } from "./choice-problem.ts";
import { type OpenNodes, type WeighedChoices, weighChoices } from "./weighed-choices.ts";

/** What of a part is cheapest. */
interface CheapestChoice {
  /** The skills to take. */
  readonly skills: readonly number[];
  readonly cost: number;
  /** Nothing costs less. */
  readonly lowerBound: number;
  /** The work it took to find. */
  readonly work: number;
  /** The same in terms of the problem: what a prover goes on from. */
  readonly outcome: SearchOutcome;
}

/** A node to be met, and one to do without. */
export interface Swap {
  readonly wanted: number;
  readonly barred: number;
}

/** What is cheapest with a swap. */
interface SwapCost {
  /** `undefined` when there is no such choice, or none was found. */
  readonly cost: number | undefined;
  readonly isExact: boolean;
}

/** What is cheapest with each of some swaps. */
interface SwapCosts {
  readonly costs: readonly SwapCost[];
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

/** How many integers the content of a part has for each node, its members aside. */
const NODE_FIELDS = 4;

/**
 * Choices of a question that have nothing to do with its others, as they stand in a graph; see `openChoices`.
 *
 * Equal parts of different questions are one object (see `PartMemory`), which keeps what was found in it: most
 * learners with the same goal differ in what they know elsewhere. What is kept is used where the search would come
 * to the same by the same work, so that answers do not depend on what was asked before.
 */
export class OpenPart {
  private readonly graph: PrerequisiteGraph;
  private readonly content: Int32Array;
  private weighed: Weighed | undefined;
  private cheapestKept: Kept<CheapestChoice> | undefined;
  private readonly swapsKept = new Map<string, Kept<SwapCosts>>();

  /**
   * `content` is 1 or 0 for whether members may lead back to where they are used, and for each node: the
   * reference it came from, 1 if it must be met, how many members it needs, how many it has, and these.
   */
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

  /** What those skills cost that may be chosen here and are in a set. O(nodes). */
  costOf(set: SkillSet): number {
    const { nodes, problem, bundle } = this.choices();
    let cost = 0;
    for (let v = 0; v < problem.nodeCount; v++) {
      const skill = nodes.origin[v]!;
      if (skill >= 0 && problem.weight[bundle[v]!]! > 0 && set.has(skill)) cost += this.graph.cost[skill]!;
    }
    return cost;
  }

  /** The cheapest choice, ties going to fewer steps, then to the first in the order of skills. */
  *cheapest(budget: SearchBudget): Generator<void, CheapestChoice> {
    if (holdsFor(this.cheapestKept, budget)) return this.cheapestKept.finding;
    const { problem } = this;
    const space = new SearchSpace(problem, budget);
    const search = new ChoiceSearch(space);
    const outcome = yield* search.solve();
    const finding = this.choiceOf(outcome, space.work);
    if (budget.deadline === undefined) this.cheapestKept = kept(finding, search, budget);
    return finding;
  }

  /** What is cheapest beyond what a search has found, as far as a prover comes. */
  prove(found: CheapestChoice, prover: Prover): CheapestChoice {
    if (found.lowerBound === found.cost) return found;
    return this.choiceOf(prover.improve(this.problem, found.outcome), found.work);
  }

  private choiceOf(outcome: SearchOutcome, work: number): CheapestChoice {
    const skills = this.skillsOf(outcome.plan!);
    const cost = this.costOfSkills(skills);
    const lowerBound = Math.min(cost, costBound(this.problem, outcome.lowerBound));
    return { skills, cost, lowerBound, work, outcome };
  }

  /** The least costs with some swaps, each searched with what the ones before it proved. */
  *swapCosts(swaps: readonly Swap[], budget: SearchBudget): Generator<void, SwapCosts> {
    const key = swaps.map(({ wanted, barred }) => `${wanted} ${barred}`).join();
    const before = this.swapsKept.get(key);
    if (holdsFor(before, budget)) return before.finding;
    const { problem } = this;
    const space = new SearchSpace(problem, budget);
    const search = new ChoiceSearch(space);
    const costs: SwapCost[] = [];
    for (const { wanted, barred } of swaps) {
      space.workLimit = Math.min(budget.maxWork, space.work + WORK_PER_ALTERNATIVE);
      const { plan, lowerBound } = yield* search.leastWith([wanted], [barred]);
      if (plan === undefined)
        costs.push({ cost: undefined, isExact: lowerBound === Number.POSITIVE_INFINITY });
      else {
        const cost = this.costOfSkills(this.skillsOf(plan));
        costs.push({ cost, isExact: cost <= costBound(problem, lowerBound) });
      }
    }
    const finding = { costs, work: space.work };
    if (budget.deadline === undefined) {
      if (this.swapsKept.size === MAX_REMEMBERED_SWAPS) this.swapsKept.clear();
      this.swapsKept.set(key, kept(finding, search, budget));
    }
    return finding;
  }

  private choices(): Weighed {
    if (this.weighed === undefined) {
      const nodes = nodesOf(this.content);
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

function kept<Finding extends { readonly work: number }>(
  finding: Finding,
  { isQuick }: ChoiceSearch,
  { maxWork }: SearchBudget,
): Kept<Finding> {
  const enough = finding.work + QUICK_WORK;
  // Of a short search cut short, and of a thorough one, the steps depend on how much work there is.
  return isQuick && maxWork >= enough
    ? { finding, from: enough, to: Number.POSITIVE_INFINITY }
    : { finding, from: maxWork, to: maxWork };
}

function holdsFor<Finding>(
  found: Kept<Finding> | undefined,
  { maxWork, deadline }: SearchBudget,
): found is Kept<Finding> {
  return found !== undefined && deadline === undefined && found.from <= maxWork && maxWork <= found.to;
}

interface Weighed extends WeighedChoices {
  readonly nodes: OpenNodes;
  /** Per reference: its node. */
  readonly nodeOf: ReadonlyMap<number, number>;
}

function nodesOf(content: Int32Array): OpenNodes {
  const starts: number[] = [];
  for (let at = 1; at < content.length; at += NODE_FIELDS + content[at + NODE_FIELDS - 1]!) starts.push(at);
  const memberStart = new Int32Array(starts.length + 1);
  const members = new Int32Array(content.length - 1 - NODE_FIELDS * starts.length);
  starts.forEach((at, node) => {
    const from = memberStart[node]!;
    const first = at + NODE_FIELDS;
    const count = content[first - 1]!;
    members.set(content.subarray(first, first + count), from);
    memberStart[node + 1] = from + count;
  });
  return {
    origin: Int32Array.from(starts, (at) => content[at]!),
    isGoal: Uint8Array.from(starts, (at) => content[at + 1]!),
    need: Int32Array.from(starts, (at) => content[at + 2]!),
    memberStart,
    members,
    hasLoop: content[0] === 1,
  };
}
