import { performance } from "node:perf_hooks";
import { COURSE_COST, quatalog, quatalogAbsent } from "../support/quatalog.ts";
import { solveLearningPath } from "../support/solve.ts";
import { leastCostByHighs } from "./highs.ts";
import { median, quantile } from "./measure.ts";
import type { Row } from "./report.ts";

const WHAT = "rpi-quatalog: 1,001 exact paths, one thread";
const GOAL = { atMost: 2, aim: 0.3 };
/** HiGHS solves every so many of the targets. */
const SAMPLE_EVERY = 20;

/** The exact path to every course of a catalogue, each checked against its known optimum, and beside HiGHS. */
export async function benchQuatalog({ rounds }: { readonly rounds: number }): Promise<Row[]> {
  if (quatalogAbsent !== undefined)
    return [{ what: WHAT, figure: undefined, unit: "s", goal: GOAL, note: quatalogAbsent }];
  const { graph, targets } = quatalog();
  const leastCost = await leastCostByHighs();
  const sample = targets.filter((_, at) => at % SAMPLE_EVERY === 0);
  const timesOf = (chosen: typeof targets, solve: (skill: number) => number) =>
    chosen.map(({ id, skill, minimum }) => {
      const start = performance.now();
      const cost = solve(skill);
      const time = performance.now() - start;
      if (cost !== (minimum + 1) * COURSE_COST)
        throw new Error(`${id}: expected ${minimum + 1}, got ${cost / COURSE_COST}`);
      return time;
    });
  const ours = (on: typeof graph) => (skill: number) => {
    const answer = solveLearningPath(on, { goals: [skill], known: [], choose: [], avoid: [] });
    if (answer.kind !== "path" || !answer.isOptimal) throw new Error("expected a path proven to be cheapest");
    return answer.cost;
  };
  const theirs = (skill: number) => leastCost(graph, skill);

  const all: number[][] = [];
  const ratios: number[] = [];
  const highs: number[] = [];
  timesOf(sample, ours({ ...graph }));
  timesOf(sample.slice(0, 3), theirs);
  for (let round = 0; round < rounds; round++) {
    // Each time on a copy, for which nothing is remembered.
    all.push(timesOf(targets, ours({ ...graph })));
    const theirTime = sum(timesOf(sample, theirs));
    ratios.push(theirTime / sum(timesOf(sample, ours({ ...graph }))));
    highs.push(theirTime);
  }
  const overRounds = (figure: (times: readonly number[]) => number) => median(all.map(figure));
  return [
    {
      what: WHAT,
      figure: overRounds(sum) / 1000,
      unit: "s",
      goal: GOAL,
      note: "all proven and equal to the known optimum",
    },
    { what: "rpi-quatalog: p50 of a path", figure: overRounds((times) => quantile(times, 0.5)), unit: "ms" },
    { what: "rpi-quatalog: p99 of a path", figure: overRounds((times) => quantile(times, 0.99)), unit: "ms" },
    { what: "rpi-quatalog: worst path", figure: overRounds((times) => Math.max(...times)), unit: "ms" },
    {
      what: `rpi-quatalog: HiGHS's time ÷ ours, ${sample.length} paths`,
      figure: median(ratios),
      unit: "×",
      note: `HiGHS ${(median(highs) / sample.length).toFixed(1)} ms a path, the writing of the programme included`,
    },
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
