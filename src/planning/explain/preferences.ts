import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { RejectedAlternative } from "./alternatives.ts";

/** What one of two ways of equal cost has. */
export interface Standing {
  /** Per merit of the graph: what speaks for its skills, on average over their cost. */
  readonly merits: readonly number[];
  readonly steps: number;
}

/** Why a step was taken and not an alternative that costs as much. */
export interface Preference {
  /** The place of the alternative among those of the step. */
  readonly at: number;
  /** The first in which they differ, in this order: a merit, by its place in the graph; the number of steps; the order of skills. */
  readonly by: number | "STEPS" | "ORDER";
  readonly taken: Standing;
  readonly passedOver: Standing;
}

/**
 * Why those alternatives to a step were passed over that cost as much as what they would have taken the place of. One that has more
 * for it, which a search that ran out of budget leaves, is no such alternative. O(skills of the alternatives).
 */
export function preferences(
  graph: PrerequisiteGraph,
  alternatives: readonly RejectedAlternative[],
): Preference[] {
  return alternatives.flatMap(({ skills, dropped, extraCost }, at): Preference[] => {
    if (extraCost !== 0) return [];
    const [taken, passedOver] = [standingOf(graph, dropped), standingOf(graph, skills)];
    const merit = taken.merits.findIndex((mine, nth) => mine !== passedOver.merits[nth]);
    if (merit >= 0)
      return taken.merits[merit]! > passedOver.merits[merit]! ? [{ at, by: merit, taken, passedOver }] : [];
    if (taken.steps > passedOver.steps) return [];
    return [{ at, by: taken.steps < passedOver.steps ? "STEPS" : "ORDER", taken, passedOver }];
  });
}

/** Whole sums are divided last and by the same number on both sides, so that equal ones stay equal. */
function standingOf({ cost, merits }: PrerequisiteGraph, skills: readonly number[]): Standing {
  const all = skills.reduce((sum, skill) => sum + cost[skill]!, 0);
  return {
    merits: merits.map((merit) => {
      const sum = skills.reduce((sum, skill) => sum + merit[skill]! * cost[skill]!, 0);
      return all === 0 ? 0 : sum / all;
    }),
    steps: skills.length,
  };
}
