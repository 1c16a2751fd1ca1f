import { commonDivisor } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { ChoiceProblem } from "./choice-problem.ts";

interface StepWeights extends Pick<ChoiceProblem, "costUnit" | "unit" | "rest" | "lackUnits"> {
  /** Per step: a whole number. */
  readonly weights: Float64Array;
}

/** What skills lack of a merit, per unit of their cost, and how much that weighs. */
interface Lack {
  readonly merit: Int32Array;
  /** The most that one of the skills has. */
  readonly most: number;
  readonly scale: number;
}

/**
 * What some steps weigh: sums of weights compare sets of them by cost, then by each merit of the graph, then by the number
 * of steps. Of two sets of equal cost the one with more merit, each skill's times its cost, is the one that lacks less of
 * what the best skill has; lacks are positive, as weights must be.
 *
 * Each level is scaled above all that the levels after it can come to together. Sums stay exact in a double: where they
 * would not, the last merits are left out. O(steps · merits).
 */
export function stepWeights({ cost, merits }: PrerequisiteGraph, skills: readonly number[]): StepWeights {
  let costUnit = 0;
  for (const skill of skills) costUnit = commonDivisor(cost[skill]!, costUnit);
  costUnit = Math.max(costUnit, 1);
  const units = skills.map((skill) => cost[skill]! / costUnit);
  const all = units.reduce((sum, each) => sum + each, 0);
  for (let kept = merits.length; ; kept--) {
    let rest = skills.length;
    const lacks: Lack[] = [];
    for (const merit of merits.slice(0, kept).toReversed()) {
      const most = skills.reduce((most, skill) => Math.max(most, merit[skill]!), 0);
      const lacking = skills.reduce((sum, skill, at) => sum + units[at]! * (most - merit[skill]!), 0);
      lacks.push({ merit, most, scale: rest + 1 });
      rest += lacking * (rest + 1);
    }
    const exact = Math.floor((Number.MAX_SAFE_INTEGER - rest) / Math.max(all, 1));
    if (exact <= rest && kept > 0) continue;
    const unit = Math.max(1, Math.min(rest + 1, exact));
    const weights = Float64Array.from(skills, (skill, at) => {
      const lack = lacks.reduce((sum, { merit, most, scale }) => sum + (most - merit[skill]!) * scale, unit);
      return units[at]! * lack + 1;
    });
    return { costUnit, unit, rest, lackUnits: lacks.map(({ scale }) => scale).toReversed(), weights };
  }
}
