import { branchSkills } from "../../graph/model/fold.ts";
import { ascending, Marks } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { learningOrder } from "../../graph/walk/learning-order.ts";
import { ALTERNATIVES_BUDGET, type SearchBudget, WORK_PER_ALTERNATIVE } from "../limits.ts";
import type { PathQuestion, SolvedPath } from "../path-question.ts";
import { relevantProblem } from "../problem/relevant.ts";
import { choicesOf, choicesWithout, type OpenChoices, openChoices } from "../problem/split.ts";
import type { Subproblem, Swap, SwapChoice } from "../search/subproblem.ts";
import { type Offer, offersBeside } from "./offers.ts";
import type { PathDifference } from "./path-difference.ts";

/** Another way to the goals: by a branch of a requirement that the path does without, and not by a step. */
export interface RejectedAlternative {
  /** The first of `skills`, to name it by. */
  readonly skill: number;
  /**
   * The skills that the other path adds: those of the branch in the author's order, then what they bring along. Where
   * there is no other path, or none was found, the skills of the branch that this path does not have.
   */
  readonly skills: readonly number[];
  /** The steps that the other path does without. */
  readonly dropped: readonly number[];
  /** Whose requirement offers the choice; the first of them in index order. */
  readonly owner: number;
  /** The other path's cost minus this path's. `undefined` when there is no other path, or none was found. */
  readonly extraCost: number | undefined;
  /** False when the search ran out: a cheaper path may exist. */
  readonly isExact: boolean;
}

/** Per step of a path, in its order. */
export type RejectedAlternatives = readonly (readonly RejectedAlternative[])[];
const NONE_REJECTED: readonly RejectedAlternative[] = [];

/**
 * Per step of a path: what could have taken its place. At every group in which the step, or the branch it
 * belongs to, counts, these are the cheapest paths that meet a member which this path does not meet, and do without
 * the step. A member that leaves choices itself stands for one alternative for each of them. What the question
 * avoids is no alternative.
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
  const offers = offersBeside(graph, question, path);
  if (offers.size === 0) return path.skills.map(() => NONE_REJECTED);
  const search = new AlternativesSearch(graph, question, path, budget);
  yield* search.run(offers);
  return path.skills.map((step) => {
    const offered = offers.get(step);
    if (offered === undefined) return NONE_REJECTED;
    const alternatives: RejectedAlternative[] = [];
    for (const offer of offered) {
      const alternative = search.alternativeBy(offer);
      if (alternative !== undefined && !alternatives.some((other) => isSame(other, alternative)))
        alternatives.push(alternative);
    }
    return alternatives;
  });
}

function isSame(one: RejectedAlternative, other: RejectedAlternative): boolean {
  return areSame(one.skills, other.skills) && areSame(one.dropped, other.dropped);
}

function areSame(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((skill, at) => skill === others[at]);
}

/** What a search for an offer has come to: how the other path differs, as `RejectedAlternative` states it. */
type Outcome = Pick<RejectedAlternative, "skills" | "dropped" | "extraCost" | "isExact">;

const IMPOSSIBLE: Outcome = { skills: [], dropped: [], extraCost: undefined, isExact: true };

/** The outcomes of swaps in a subproblem when the path has these skills there: the same for most learners. */
interface Compared {
  readonly own: readonly number[];
  readonly outcomes: readonly Outcome[];
}
const compared = new WeakMap<readonly SwapChoice[], Compared>();

const inPath = new Marks();

interface OfferSwap extends Swap {
  readonly offer: Offer;
}

/** Searches the offers of one question, those in the same subproblem together. */
class AlternativesSearch {
  private readonly outcomes = new Map<Offer, Outcome>();
  private work = 0;

  constructor(
    private readonly graph: PrerequisiteGraph,
    private readonly question: PathQuestion,
    private readonly path: SolvedPath,
    private readonly budget: SearchBudget,
  ) {}

  /** Searches what is offered for each step. */
  *run(offers: ReadonlyMap<number, readonly Offer[]>): Generator<void, void> {
    const { choose } = this.question;
    const chosen = new Set(choose);
    yield* this.ask(this.question, choicesOf(this.graph, this.question), offers, (step) => !chosen.has(step));
    for (const step of chosen) {
      if (!offers.has(step)) continue;
      // What it was chosen over would otherwise be impossible.
      const question = { ...this.question, choose: choose.filter((skill) => skill !== step) };
      const choices = choicesWithout(this.graph, this.question, step);
      yield* this.ask(question, choices, offers, (other) => other === step);
    }
  }

  /** The alternative that an offer has come to; `undefined` when nothing is left to name it by. */
  alternativeBy(offer: Offer): RejectedAlternative | undefined {
    const { owner, wanted } = offer;
    const outcome = this.outcomes.get(offer)!;
    const { dropped, extraCost, isExact } = outcome;
    let { skills } = outcome;
    if (extraCost === undefined) {
      const had = [...this.path.skills, ...this.question.known, ...this.question.avoid];
      skills = branchSkills(this.graph, wanted.at(-1)!).filter((skill) => !had.includes(skill));
    }
    return skills.length === 0
      ? undefined
      : { skill: skills[0]!, skills, dropped, owner, extraCost, isExact };
  }

  /** Searches what is offered for some of the steps as alternatives in a question. */
  private *ask(
    question: PathQuestion,
    choices: OpenChoices | undefined,
    offers: ReadonlyMap<number, readonly Offer[]>,
    isAsked: (step: number) => boolean,
  ): Generator<void, void> {
    if (choices === undefined)
      throw new RangeError("expected a path of this question, but its goals cannot be reached");
    const swaps = choices.subproblems.map((): OfferSwap[] => []);
    for (const [step, offered] of offers) {
      if (!isAsked(step)) continue;
      const isNecessary = choices.necessary.includes(step);
      const index = choices.subproblems.findIndex((subproblem) => subproblem.nodeOf(step) !== undefined);
      for (const offer of offered) {
        if (isNecessary) {
          this.outcomes.set(offer, IMPOSSIBLE);
          continue;
        }
        const swap = index < 0 ? undefined : swapFor(choices.subproblems[index]!, step, offer);
        if (swap === undefined) this.outcomes.set(offer, yield* this.anew(question, step, offer));
        else swaps[index]!.push(swap);
      }
    }
    for (const [index, subproblem] of choices.subproblems.entries())
      if (swaps[index]!.length > 0) yield* this.within(subproblem, swaps[index]!);
  }

  private *within(subproblem: Subproblem, swaps: readonly OfferSwap[]): Generator<void, void> {
    const { choices, work } = yield* subproblem.withSwaps(swaps, this.budgetUpTo(this.budget.maxWork));
    this.work += work;
    inPath.begin(this.graph.skillCount);
    inPath.addAll(this.path.skills);
    const own = subproblem.skillsIn(inPath);
    let known = compared.get(choices);
    if (known === undefined || !areSame(known.own, own)) {
      const outcomes = choices.map((choice, at) => outcomeOf(this.graph, swaps[at]!.offer, own, choice));
      known = { own, outcomes };
      compared.set(choices, known);
    }
    for (let at = 0; at < swaps.length; at++) this.outcomes.set(swaps[at]!.offer, known.outcomes[at]!);
  }

  /** For the rare branch outside the subproblem, such as one beside a member that is necessary elsewhere. */
  private *anew(question: PathQuestion, step: number, offer: Offer): Generator<void, Outcome> {
    const { graph, budget } = this;
    const relevant = relevantProblem(graph, { ...question, avoid: [...question.avoid, step] }, offer.wanted);
    if (relevant === undefined) return IMPOSSIBLE;
    const { necessary, subproblems } = openChoices(graph, relevant);
    const skills = [...necessary];
    const limit = Math.min(budget.maxWork, this.work + WORK_PER_ALTERNATIVE);
    let isExact = true;
    for (const subproblem of subproblems) {
      const found = yield* subproblem.cheapest(this.budgetUpTo(limit));
      if (found.cost > found.lowerBound) isExact = false;
      skills.push(...found.skills);
      this.work += found.work;
    }
    return outcomeOf(graph, offer, this.path.skills, { skills, isExact });
  }

  private budgetUpTo(limit: number): SearchBudget {
    return { maxWork: limit - this.work };
  }
}

/** What it means for an offer that a path takes other skills in the place of some of its own. */
function outcomeOf(
  graph: PrerequisiteGraph,
  { wanted }: Offer,
  own: readonly number[],
  { skills: others, isExact }: SwapChoice,
): Outcome {
  if (others === undefined) return { ...IMPOSSIBLE, isExact };
  const [isOwn, isOther] = [new Set(own), new Set(others)];
  const added = new Set(others.filter((skill) => !isOwn.has(skill)).sort(ascending));
  const dropped = own.filter((skill) => !isOther.has(skill));
  let extraCost = 0;
  for (const skill of added) extraCost += graph.cost[skill]!;
  for (const skill of dropped) extraCost -= graph.cost[skill]!;
  // The skills of the branch come first.
  const named = branchSkills(graph, wanted[0]!).filter((skill) => added.has(skill));
  return { skills: [...new Set([...named, ...added])], dropped, extraCost, isExact };
}

/** The offer in terms of a subproblem that has the step; `undefined` when it does not lie within it. */
function swapFor(subproblem: Subproblem, step: number, offer: Offer): OfferSwap | undefined {
  const barred = subproblem.standsFor(subproblem.nodeOf(step)!);
  const wanted: number[] = [];
  for (const reference of offer.wanted) {
    const node = subproblem.nodeOf(reference);
    if (node === undefined) return undefined;
    const carrier = subproblem.standsFor(node);
    if (carrier === barred || (reference === offer.wanted[0] && carrier !== node)) return undefined;
    if (!wanted.includes(carrier)) wanted.push(carrier);
  }
  return { offer, wanted, barred };
}

/** How the path with an alternative differs from this one; `undefined` when there is none. O(requirements of both). */
export function differenceTo(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  path: SolvedPath,
  { skills, dropped, extraCost }: RejectedAlternative,
): PathDifference | undefined {
  if (extraCost === undefined) return undefined;
  const rest = path.skills.filter((skill) => !dropped.includes(skill));
  const order = learningOrder(graph, [...rest, ...skills], {
    known: question.known,
    towards: [...question.goals, ...question.choose.filter((skill) => !dropped.includes(skill))],
  });
  return {
    added: Array.from(order.skills).filter((skill) => skills.includes(skill)),
    dropped: path.skills.filter((skill) => dropped.includes(skill)),
    extraCost,
  };
}
