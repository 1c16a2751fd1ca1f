import { randomBytes } from "node:crypto";
import { PRIVACY_LOSS } from "../limits.ts";

/**
 * A median that can be told although everybody but one may be made up. Rounding alone does not do that: with as many made-up
 * learners below as above, the median is the one who is not. So it is chosen at random, by the exponential mechanism
 * (McSherry and Talwar, Mechanism Design via Differential Privacy, 2007): the further a step is from the middle, the less likely.
 */

/** What hours are rounded to, as multiples of the estimate: what is below the first or above the last counts as these. */
export const STEPS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const;

/** The step that hours are nearest to, by the ratio of both. Expects an estimate above 0. */
export function stepOf(hours: number, estimate: number): number {
  const distance = (step: number) => Math.abs(Math.log(hours / (estimate * step)));
  let nearest = 0;
  for (const [at, step] of STEPS.entries()) if (distance(step) < distance(STEPS[nearest]!)) nearest = at;
  return nearest;
}

/**
 * How likely each step is told as the median of so many learners at each step. Where one learner is at another step, each of
 * the chances is at most e^`PRIVACY_LOSS` times what it was: its distance from the middle changes by at most one.
 */
export function medianChances(counts: readonly number[]): number[] {
  const middle = counts.reduce((sum, count) => sum + count, 0) / 2;
  let below = 0;
  const weights = counts.map((count) => {
    const distance = Math.max(0, below - middle, middle - below - count);
    below += count;
    return Math.exp((-PRIVACY_LOSS / 2) * distance);
  });
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The median that is told of hours, in hours of two decimals. `random` is from 0 to below 1, and nobody may foresee it. */
export function toldMedian(hours: readonly number[], estimate: number, random = unforeseeable()): number {
  const counts = STEPS.map(() => 0);
  for (const spent of hours) counts[stepOf(spent, estimate)]!++;
  let left = random;
  const told = medianChances(counts).findIndex((chance) => {
    left -= chance;
    return left < 0;
  });
  return Math.round(STEPS.at(told)! * estimate * 100) / 100;
}

function unforeseeable(): number {
  return randomBytes(6).readUIntBE(0, 6) / 2 ** 48;
}
