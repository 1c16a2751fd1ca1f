import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import type { Highs, Model } from "highs";
import { EXACT_WORK_PER_WORK } from "../limits.ts";
import { type ChoiceProblem, weightParts } from "../problem/choice-problem.ts";
import type { SearchOutcome } from "../search/branch.ts";
import { withoutIdle } from "../search/plan.ts";
import { SearchSpace } from "../search/space.ts";
import type { PreferredPlan, Prover } from "../search/subproblem.ts";
import { workDone } from "../search/work-done.ts";
import { integerProgramme, type Row } from "./integer-programme.ts";
import { loopCuts, metBy } from "./loop-cuts.ts";

/** Weights are whole numbers: what is within less than one of the bound is proved. */
const ABSOLUTE_GAP = 0.5;
/** By how much of itself a bound of HiGHS, which computes in doubles, may be too high. */
const BOUND_TOLERANCE = 1e-7;
/** Plans that weigh more are left unproved, since the tolerance would be worth hundreds of steps. */
const MAX_WEIGHT = 1e9;
/** Problems whose work would end at fewer of HiGHS's checkpoints are not begun. In large ones each takes seconds. */
const LEAST_CHECKPOINTS = 50;

/** What a checkpoint is counted as at least: in small problems the cuts that HiGHS finds take the most of its time. */
const LEAST_WORK = 2e6;

/**
 * What HiGHS is told. Measured on the hard cases: restarts at the root cost more than they gave, and the smaller pool
 * of cuts halves the memory at the same speed.
 */
const OPTIONS = {
  output_flag: false,
  mip_rel_gap: 0,
  mip_abs_gap: ABSOLUTE_GAP,
  mip_allow_restart: false,
  mip_pool_soft_limit: 1000,
};

let loaded: Promise<Highs> | undefined;

/** Loads HiGHS, once per thread: 3.5 MB of WebAssembly, compiled in some 50 ms. */
export function loadHighs(): Promise<Highs> {
  // The store has told V8 to leave its own WebAssembly unoptimised; long proofs gain by it.
  setFlagsFromString("--wasm-dynamic-tiering");
  // Its types describe an ES module, it is a CommonJS one.
  const load: typeof import("highs").default = createRequire(import.meta.url)("highs");
  loaded ??= load();
  return loaded;
}

/** What was found of a problem, as long as the problem is remembered; see `SubproblemMemory`. */
interface Remembered<Answer> {
  /** What was known before. */
  readonly known: unknown;
  readonly answer: Answer;
  /** How much work was left before, and how much it took. */
  readonly workLeft: number;
  readonly work: number;
}

const improved = new WeakMap<ChoiceProblem, Remembered<SearchOutcome>>();
const preferred = new WeakMap<ChoiceProblem, Remembered<PreferredPlan>>();

/**
 * Improves on plans and proves them by mixed integer programming. It holds its thread until it is done, for seconds,
 * so it belongs into a worker.
 *
 * Its work is counted, not timed, so the same problems in the same order give the same answers. It is counted at the
 * checkpoints of HiGHS, about one for each linear programme that it solves: (nodes + members)² each, since the simplex
 * method takes about as many iterations as there are rows, and each of them goes over the members.
 */
export class ExactSolver implements Prover {
  private readonly highs: Highs;
  private workLeft: number;
  private readonly isStopped: () => boolean;

  /** `maxWork` is for all problems together. Once `isStopped` says so, the solver throws at its next checkpoint. */
  constructor(highs: Highs, maxWork: number, isStopped: () => boolean = () => false) {
    this.highs = highs;
    this.workLeft = maxWork;
    this.isStopped = isStopped;
  }

  /**
   * A plan at least as good as the one given, and a bound at least as high; equal when the plan was proved to weigh
   * least. Of several plans of least weight it finds the same one each time, not necessarily the most preferred.
   */
  improve(problem: ChoiceProblem, known: SearchOutcome): SearchOutcome {
    if (!this.isWithinReach(problem, known)) return known;
    const isProved = ({ lowerBound, weight }: SearchOutcome) => lowerBound === weight;
    return this.remembered(improved, problem, known, isProved, () => this.solved(problem, known, []));
  }

  /**
   * Of the plans that cost as little as one of least cost, one that lacks least of the merits, the weightiest first, and
   * then has the fewest steps: merit by merit, with the cost and what the merits before it lack held where they are.
   */
  prefer(problem: ChoiceProblem, plan: readonly number[]): PreferredPlan {
    const isProved = (found: PreferredPlan) => found.isProved;
    return this.remembered(preferred, problem, String(plan), isProved, () => this.preferred(problem, plan));
  }

  private preferred(problem: ChoiceProblem, known: readonly number[]): PreferredPlan {
    const { costs, lacks, steps } = weightParts(problem);
    const stepUnit = steps.reduce((sum, each) => sum + each, 1);
    const held = [costs];
    let best = known;
    for (const lack of lacks) {
      // No node weighs nothing: it would be taken to be in every plan.
      const weight = lack.map((each, node) => each * stepUnit + steps[node]!);
      const byLack = { ...problem, weight };
      const before = { plan: best, weight: sumOf(weight, best), lowerBound: 0 };
      if (!this.isWithinReach(byLack, before)) return { plan: best, isProved: false };
      const rows = held.map((part) => noMoreThan(part, best));
      const { plan = best, lowerBound, weight: least } = this.solved(byLack, before, rows);
      // Rows hold within the tolerance of HiGHS only.
      const isWithin = held.every((part) => sumOf(part, plan) <= sumOf(part, best));
      if (isWithin && sumOf(problem.weight, plan) < sumOf(problem.weight, best)) best = plan;
      if (!isWithin || lowerBound < least) return { plan: best, isProved: false };
      held.push(lack);
    }
    return { plan: best, isProved: true };
  }

  /** Whether there is enough work left to begin with a problem, and weights are not too large. */
  private isWithinReach(problem: ChoiceProblem, { plan, weight }: SearchOutcome): boolean {
    return (
      plan !== undefined &&
      weight <= MAX_WEIGHT &&
      this.workLeft >= LEAST_CHECKPOINTS * workPerCheckpoint(problem)
    );
  }

  /** Solves a problem unless solving it again would come to the same: then answers do not depend on what was asked before. */
  private remembered<Answer>(
    memory: WeakMap<ChoiceProblem, Remembered<Answer>>,
    problem: ChoiceProblem,
    known: unknown,
    isProved: (answer: Answer) => boolean,
    solve: () => Answer,
  ): Answer {
    const { workLeft } = this;
    try {
      const before = memory.get(problem);
      if (before !== undefined && before.known === known) {
        const isSame = isProved(before.answer) ? before.work < workLeft : before.workLeft === workLeft;
        if (isSame) {
          this.workLeft -= before.work;
          return before.answer;
        }
      }
      const answer = solve();
      memory.set(problem, { known, answer, workLeft, work: workLeft - this.workLeft });
      return answer;
    } finally {
      workDone.total += (workLeft - this.workLeft) / EXACT_WORK_PER_WORK;
    }
  }

  /** Goes on from what is known, among the plans that satisfy some rows besides the requirements. */
  private solved(problem: ChoiceProblem, known: SearchOutcome, rows: readonly Row[]): SearchOutcome {
    return this.highs.withModel(integerProgramme(problem, this.highs.infinity), (model) => {
      model.options.set(OPTIONS);
      this.addRows(model, rows);
      return this.improveWith(model, problem, known);
    });
  }

  private improveWith(model: Model, problem: ChoiceProblem, known: SearchOutcome): SearchOutcome {
    let best = known;
    // Where there are loops, rows say more of a programme that they are in from the start.
    if (problem.hasLoop) this.addRows(model, loopCuts(problem, new Uint8Array(problem.nodeCount)));
    for (;;) {
      const isDone = this.run(model, problem, best.plan!);
      const taken = takenNodes(problem, model.getSolution().colValue);
      const cuts = loopCuts(problem, taken);
      if (cuts.length === 0) best = lighter(problem, best, taken);
      else if (!problem.hasLoop)
        throw new Error(`HiGHS: expected a plan that meets goals ${problem.goals.join(", ")}`);
      const bound = boundOf(model, best.weight);
      if (isDone && cuts.length === 0) return { ...best, lowerBound: best.weight };
      best = { ...best, lowerBound: Math.max(best.lowerBound, bound) };
      if (!isDone || best.lowerBound === best.weight) return best;
      this.addRows(model, cuts);
    }
  }

  private addRows(model: Model, rows: readonly Row[]): void {
    for (const { lower, indices, values } of rows)
      model.addRow(lower, this.highs.infinity, { indices, values });
  }

  /** Solves the programme starting from a plan; false when the work was used up before. */
  private run(model: Model, problem: ChoiceProblem, plan: readonly number[]): boolean {
    const { callbackType, modelStatus } = this.highs.constants;
    const isTaken = new Uint8Array(problem.nodeCount);
    for (const node of plan) isTaken[node] = 1;
    model.setSolution({ colValue: Float64Array.from(metBy(problem, isTaken)) });
    const work = workPerCheckpoint(problem);
    const { modelStatus: ended } = model.run({
      [callbackType.mipInterrupt]: (event) => {
        this.workLeft -= work;
        if (this.workLeft <= 0 || this.isStopped()) event.interrupt();
        return undefined;
      },
    });
    if (ended === modelStatus.optimal) return true;
    // What it has found is less than the same work finds next time, so it must not be remembered.
    if (this.isStopped()) throw new Error("expected to go on until the work is used up, but was stopped");
    if (ended === modelStatus.interrupted) return false;
    throw new Error(`HiGHS: expected an optimum or an interruption, got model status ${ended}`);
  }
}

function workPerCheckpoint({ nodeCount, members }: ChoiceProblem): number {
  return Math.max(LEAST_WORK, (nodeCount + members.length) ** 2);
}

/** The least weight that no plan falls below, as far as HiGHS has proved it; at most that of the plan known. */
function boundOf(model: Model, weight: number): number {
  const bound = model.info.get("mip_dual_bound");
  if (typeof bound !== "number") throw new Error(`HiGHS: expected a number as bound, got ${bound}`);
  const proved = bound - Math.max(ABSOLUTE_GAP, BOUND_TOLERANCE * Math.abs(bound));
  if (proved > weight)
    throw new Error(`HiGHS: expected a bound of at most ${weight}, a plan's weight, got ${bound}`);
  // Weights are whole: the next whole number is proved as well.
  return Math.min(weight, Math.floor(proved) + 1);
}

/** The better of the plan known and the one of these nodes, without what is idle in it. */
function lighter(problem: ChoiceProblem, known: SearchOutcome, isTaken: Uint8Array): SearchOutcome {
  const nodes: number[] = [];
  for (let v = 0; v < isTaken.length; v++) if (isTaken[v] === 1) nodes.push(v);
  const space = new SearchSpace(problem, 0);
  const plan = withoutIdle(space, nodes, []);
  const weight = space.weightOf(plan);
  return weight < known.weight ? { ...known, plan, weight } : known;
}

/** The nodes with weight that a solution takes. */
function takenNodes({ nodeCount, weight }: ChoiceProblem, solution: Float64Array): Uint8Array {
  const isTaken = new Uint8Array(nodeCount);
  for (let v = 0; v < nodeCount; v++) if (weight[v]! > 0 && solution[v]! > 0.5) isTaken[v] = 1;
  return isTaken;
}

function sumOf(values: ArrayLike<number>, nodes: readonly number[]): number {
  return nodes.reduce((sum, node) => sum + values[node]!, 0);
}

/** Plans of which some values come to no more than those of a plan. */
function noMoreThan(values: Float64Array, plan: readonly number[]): Row {
  const indices = [...values.keys()].filter((node) => values[node] !== 0);
  return { indices, values: indices.map((node) => -values[node]!), lower: -sumOf(values, plan) };
}
