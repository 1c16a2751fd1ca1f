import type { PrerequisiteGraph } from "../graph/prerequisite-graph.ts";
import { branchKey, branchSkills, meetsBranch } from "./branch.ts";
import { type ChoicePart, costBound, SearchSpace } from "./choice-problem.ts";
import { ChoiceSearch } from "./choice-search.ts";
import { ALTERNATIVES_BUDGET, type SearchBudget, WORK_PER_ALTERNATIVE } from "./limits.ts";
import { type OpenChoices, openChoices, skillsOfPlan } from "./open-choices.ts";
import { countedUses } from "./path-derivation.ts";
import type { PathQuestion, SolvedPath } from "./path-question.ts";
import { type RelevantProblem, relevantProblem } from "./relevant-problem.ts";

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
 * A step that the question chooses is priced as if it had not been chosen, other choices kept.
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
  const branches = rejectedBranches(graph, question, path.skills);
  const answer: RejectedAlternative[][] = [];
  if (branches.size === 0) return path.skills.map(() => []);
  const relevant = relevantProblem(graph, question);
  if (relevant === undefined)
    throw new RangeError("expected a path of this question, but its goals cannot be reached");
  const prices = new AlternativePrices(graph, question, relevant, path, budget);
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
  const has = new Set(path);
  for (const skill of question.known) has.add(skill);
  const found: { readonly skill: number; readonly owner: number; readonly reference: number }[] = [];
  for (const { skill, owner, group } of countedUses(graph, question, path)) {
    for (let g = group; g >= 0; g = ~groupParent[g]!) {
      const begin = groupStart[g]!;
      const end = groupStart[g + 1]!;
      if (groupNeed[g] === end - begin) continue;
      for (let m = begin; m < end; m++)
        if (!meetsBranch(graph, members[m]!, has)) found.push({ skill, owner, reference: members[m]! });
    }
  }
  const branches = new Map<number, Branch[]>();
  const seen = new Set<string>();
  for (const { skill, owner, reference } of found.sort((a, b) => a.owner - b.owner)) {
    const key = `${skill}:${branchKey(graph, reference)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const branch = { reference, skills: branchSkills(graph, reference), owner };
    const list = branches.get(skill);
    if (list === undefined) branches.set(skill, [branch]);
    else list.push(branch);
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
  private readonly budget: SearchBudget;
  private readonly choices: OpenChoices;
  private readonly space: SearchSpace;
  /** Per open reference: its node. */
  private readonly nodeOf = new Map<number, number>();
  /** Per node: its part. */
  private readonly partOf: Int32Array;
  private readonly searches: (ChoiceSearch | undefined)[] = [];
  private readonly withoutChoice = new Map<number, AlternativePrices>();

  constructor(
    graph: PrerequisiteGraph,
    question: PathQuestion,
    relevant: RelevantProblem,
    path: SolvedPath,
    budget: SearchBudget,
  ) {
    this.graph = graph;
    this.question = question;
    this.path = path;
    this.budget = budget;
    this.choices = openChoices(graph, relevant);
    const { problem, origin } = this.choices;
    this.space = new SearchSpace(problem, budget);
    this.partOf = new Int32Array(problem.nodeCount);
    for (let node = 0; node < problem.nodeCount; node++) this.nodeOf.set(origin[node]!, node);
    for (let p = 0; p < problem.parts.length; p++)
      this.partOf.fill(p, problem.parts[p]!.first, problem.parts[p]!.end);
  }

  *of(step: number, branch: number): Generator<void, Price> {
    if (this.question.choose.includes(step)) return yield* this.unchosen(step).of(step, branch);
    if (this.choices.necessary.includes(step)) return IMPOSSIBLE;
    const barred = this.nodeOf.get(step);
    const wanted = this.nodeOf.get(branch);
    const { bundle } = this.choices;
    const { space } = this;
    space.workLimit = Math.min(this.budget.maxWork, space.work + WORK_PER_ALTERNATIVE);
    if (barred === undefined || wanted === undefined) return yield* this.anew(step, branch);
    const index = this.partOf[barred]!;
    if (this.partOf[wanted] !== index || bundle[wanted] !== wanted) return yield* this.anew(step, branch);
    return yield* this.within(index, bundle[barred]!, wanted);
  }

  /** The prices where a chosen step is not chosen: what it was chosen over would otherwise be impossible. */
  private unchosen(step: number): AlternativePrices {
    let prices = this.withoutChoice.get(step);
    if (prices === undefined) {
      const question = { ...this.question, choose: this.question.choose.filter((skill) => skill !== step) };
      const relevant = relevantProblem(this.graph, question);
      if (relevant === undefined) throw new Error("expected a question without one choice to be met too");
      prices = new AlternativePrices(this.graph, question, relevant, this.path, this.budget);
      this.withoutChoice.set(step, prices);
    }
    return prices;
  }

  private *within(index: number, barred: number, wanted: number): Generator<void, Price> {
    const part = this.choices.problem.parts[index]!;
    let search = this.searches[index];
    if (search === undefined) {
      search = new ChoiceSearch(this.space, part);
      this.searches[index] = search;
    }
    const { plan, lowerBound } = yield* search.leastWith([wanted], [barred]);
    if (plan === undefined) return { extraCost: undefined, isExact: lowerBound === Number.POSITIVE_INFINITY };
    const cost = this.costOf(skillsOfPlan(this.choices, part, plan));
    return { extraCost: cost - this.costNow(part), isExact: cost <= costBound(part, lowerBound) };
  }

  private isOpen(node: number): boolean {
    return this.choices.problem.weight[this.choices.bundle[node]!]! > 0;
  }

  /** What the path's steps in a part cost. */
  private costNow({ first, end }: ChoicePart): number {
    const { origin } = this.choices;
    let cost = 0;
    for (let v = first; v < end; v++)
      if (origin[v]! >= 0 && this.isOpen(v) && this.path.skills.includes(origin[v]!))
        cost += this.graph.cost[origin[v]!]!;
    return cost;
  }

  /** For the rare branch outside the part, such as one beside a member that is necessary elsewhere. */
  private *anew(step: number, branch: number): Generator<void, Price> {
    const question = { ...this.question, avoid: [...this.question.avoid, step] };
    const relevant = relevantProblem(this.graph, question, [branch]);
    if (relevant === undefined) return IMPOSSIBLE;
    const choices = openChoices(this.graph, relevant);
    const { necessary, problem } = choices;
    const granted = Math.max(0, this.space.workLimit - this.space.work);
    const space = new SearchSpace(problem, { ...this.budget, maxWork: granted });
    let cost = this.costOf(necessary);
    let isExact = true;
    for (const part of problem.parts) {
      const outcome = yield* new ChoiceSearch(space, part).leastWith([], []);
      const partCost = this.costOf(skillsOfPlan(choices, part, outcome.plan!));
      if (partCost > costBound(part, outcome.lowerBound)) isExact = false;
      cost += partCost;
    }
    this.space.work += space.work;
    return { extraCost: cost - this.path.cost, isExact };
  }

  private costOf(skills: readonly number[]): number {
    let cost = 0;
    for (const skill of skills) cost += this.graph.cost[skill]!;
    return cost;
  }
}
