import type { StepGraph } from "../../src/planning/order/used-prerequisites.ts";

/** With more steps than this, the sets do not fit. */
export const MAX_STEPS_BY_SETS = 18;

/** The least that an order of all steps carries, by going through all sets that hold with each step what it needs. O(2ⁿ · n). */
export function leastCarriedBySets(graph: StepGraph): number {
  return fewestSectionsBySets(
    graph,
    graph.cost.map(() => 0),
  ).carried;
}

/**
 * The fewest sections in which all steps can be learned, where each section is of one label, and the least that an order
 * of so few sections carries: by going through all sets that hold with each step what it needs, and the label of the last
 * step. While a step is learned, all prerequisites are carried whose use is still to come. O(2ⁿ · n · labels).
 */
export function fewestSectionsBySets(
  { cost, needs, usedBy }: StepGraph,
  labelAt: readonly number[],
): { readonly sections: number; readonly carried: number } {
  const { length } = cost;
  if (length > MAX_STEPS_BY_SETS) throw new RangeError(`expected at most ${MAX_STEPS_BY_SETS} steps`);
  const maskOf = (steps: readonly number[]) => steps.reduce((mask, step) => mask | (1 << step), 0);
  const needed = needs.map(maskOf);
  const labels = Math.max(0, ...labelAt) + 1;
  const states = labels << length;
  const sections = new Float64Array(states).fill(Number.POSITIVE_INFINITY);
  const carried = new Float64Array(states);
  const improve = (state: number, count: number, load: number) => {
    if (count > sections[state]! || (count === sections[state]! && load >= carried[state]!)) return;
    sections[state] = count;
    carried[state] = load;
  };
  for (let done = 0; done < 1 << length; done++)
    for (let step = 0; step < length; step++) {
      if ((done >> step) & 1 || (needed[step]! & ~done) !== 0) continue;
      let open = 0;
      for (let before = 0; before < length; before++)
        if ((done >> before) & 1)
          for (const user of usedBy[before]!) if (user !== step && !((done >> user) & 1)) open++;
      const label = labelAt[step]!;
      const next = (done | (1 << step)) * labels + label;
      if (done === 0) improve(next, 1, 0);
      else
        for (let last = 0; last < labels; last++) {
          const state = done * labels + last;
          const count = sections[state]! + (last === label ? 0 : 1);
          improve(next, count, carried[state]! + open * cost[step]!);
        }
    }
  const all = (1 << length) - 1;
  let best = { sections: Number.POSITIVE_INFINITY, carried: 0 };
  for (let last = 0; last < labels; last++) {
    const state = all * labels + last;
    const found = { sections: sections[state]!, carried: carried[state]! };
    if (found.sections > best.sections) continue;
    if (found.sections < best.sections || found.carried < best.carried) best = found;
  }
  return best;
}
