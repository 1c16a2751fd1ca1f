import { MarkedValues } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { learningOrder } from "../../graph/walk/learning-order.ts";
import { improvedOrder } from "./improved-order.ts";
import { jobsOf } from "./least-order.ts";
import { type StepGraph, usedPrerequisites } from "./used-prerequisites.ts";

/** Larger graphs have no usual order: it takes some twenty milliseconds for so many, and exchanges end there. */
const MAX_SKILLS = 5_000;

/** The order of all skills of a graph, or the search for it: whichever question is there goes on with it. */
interface Usual {
  readonly search: Generator<void, readonly number[]>;
  order: RankedSkills | undefined;
}

/** Skills in an order, and the place of each in it; −1 for those that are not in it. */
interface RankedSkills {
  readonly skills: readonly number[];
  readonly rankOf: Int32Array;
}
const usual = new WeakMap<PrerequisiteGraph, Usual>();

/** All skills of a graph that can be learned, in one order that carries little. Worked out once, by as many questions as it takes. */
function* usualOrder(graph: PrerequisiteGraph): Generator<void, RankedSkills> {
  let kept = usual.get(graph);
  if (kept === undefined) {
    kept = { search: orderOfAll(graph), order: undefined };
    usual.set(graph, kept);
  }
  while (kept.order === undefined) {
    const step = kept.search.next();
    if (step.done) kept.order = ranked(step.value, graph.skillCount);
    // A question that takes longer than a slice goes to a worker, and what it has done here would be begun again by the next.
    else yield;
  }
  return kept.order;
}

function ranked(skills: readonly number[], skillCount: number): RankedSkills {
  const rankOf = new Int32Array(skillCount).fill(-1);
  skills.forEach((skill, rank) => {
    rankOf[skill] = rank;
  });
  return { skills, rankOf };
}

function* orderOfAll(graph: PrerequisiteGraph): Generator<void, readonly number[]> {
  const { skills } = learningOrder(graph, Array(graph.skillCount).keys());
  const path = Array.from(skills);
  const places = yield* improvedOrder(jobsOf(usedPrerequisites(graph, path)), [...path.keys()]);
  return places.map((place) => path[place]!);
}

/** The steps that are still to come. */
const placeOf = new MarkedValues();
const ORDERED = -2;

/**
 * Steps of a path in the order that all skills of the graph are in: a beginning from which a third of the exchanges
 * are left (`improvedOrder`). As they are given where the graph is large, where the
 * path uses alternatives that this order has the other way round, and where it has skills that nobody learns from nothing.
 * O(steps · log steps + uses), once the order of all is known.
 */
export function* inUsualOrder(
  graph: PrerequisiteGraph,
  path: readonly number[],
  { needs }: Pick<StepGraph, "needs">,
  steps: readonly number[],
): Generator<void, readonly number[]> {
  if (graph.skillCount > MAX_SKILLS) return steps;
  const { skills, rankOf } = yield* usualOrder(graph);
  const ranks = new Int32Array(steps.length);
  placeOf.begin(graph.skillCount);
  for (let at = 0; at < ranks.length; at++) {
    const skill = path[steps[at]!]!;
    // What only a learner who knows something can learn is not in the order of all.
    if (rankOf[skill] === -1) return steps;
    ranks[at] = rankOf[skill]!;
    placeOf.set(skill, steps[at]!);
  }
  ranks.sort();
  const ordered: number[] = new Array(ranks.length);
  for (let at = 0; at < ranks.length; at++) {
    const skill = skills[ranks[at]!]!;
    const step = placeOf.get(skill);
    for (const before of needs[step]!) if (placeOf.get(path[before]!) >= 0) return steps;
    placeOf.set(skill, ORDERED);
    ordered[at] = step;
  }
  return ordered;
}
