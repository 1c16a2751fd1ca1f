import type { StepGraph } from "../../src/planning/order/used-prerequisites.ts";

/** With more steps than this, the sets do not fit. */
export const MAX_STEPS_BY_SETS = 18;

/**
 * The least that an order of all steps carries, by going through all sets that hold with each step what it needs: while
 * a step is learned, all prerequisites are carried whose use is still to come. Steps of `beginning` come before the others.
 * O(2ⁿ · n).
 */
export function leastCarriedBySets(
  { cost, needs, usedBy }: StepGraph,
  beginning: readonly number[] = [],
): number {
  const { length } = cost;
  if (length > MAX_STEPS_BY_SETS) throw new RangeError(`expected at most ${MAX_STEPS_BY_SETS} steps`);
  const maskOf = (steps: readonly number[]) => steps.reduce((mask, step) => mask | (1 << step), 0);
  const begun = maskOf(beginning);
  const needed = needs.map((before, step) => maskOf(before) | (beginning.includes(step) ? 0 : begun));
  const least = new Float64Array(1 << length).fill(Number.POSITIVE_INFINITY);
  least[0] = 0;
  for (let done = 0; done < least.length; done++) {
    if (least[done] === Number.POSITIVE_INFINITY) continue;
    for (let step = 0; step < length; step++) {
      if ((done >> step) & 1 || (needed[step]! & ~done) !== 0) continue;
      let open = 0;
      for (let before = 0; before < length; before++)
        if ((done >> before) & 1)
          for (const user of usedBy[before]!) if (user !== step && !((done >> user) & 1)) open++;
      const next = done | (1 << step);
      least[next] = Math.min(least[next]!, least[done]! + open * cost[step]!);
    }
  }
  return least[least.length - 1]!;
}
