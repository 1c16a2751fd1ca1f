import { performance } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import { ask } from "../../src/workers/ask.ts";
import { type HardGraph, hardGraphs } from "../support/hard-graphs.ts";
import type { Row } from "./report.ts";

/** Hard synthetic cases: how long the budget lasts, what gap is left, and how long others wait meanwhile. */
export async function benchHard(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const hard of hardGraphs()) rows.push(...(await bench(hard)));
  return rows;
}

async function bench({ name, graph, goal }: HardGraph): Promise<Row[]> {
  let longestWait = 0;
  let isOver = false;
  const others = (async () => {
    while (!isOver) {
      const asked = performance.now();
      await turn();
      longestWait = Math.max(longestWait, performance.now() - asked);
    }
  })();
  const start = performance.now();
  const question = { goals: [goal], known: [], choose: [], avoid: [] };
  const path = await ask("learningPath", graph, question);
  const time = performance.now() - start;
  isOver = true;
  await others;
  if (path.kind !== "path") throw new Error(`${name}: expected a path`);
  const gap = (path.cost - path.lowerBound) / path.cost;
  const note = path.isOptimal ? "proved" : `${path.cost / 100} h found, at least ${path.lowerBound / 100} h`;
  return [
    { what: `${name}: gap`, figure: 100 * gap, unit: "%", note },
    { what: `${name}: time`, figure: time, unit: "ms" },
    {
      what: `${name}: longest wait of another request`,
      figure: longestWait,
      unit: "ms",
      goal: { atMost: 100, aim: 50 },
    },
  ];
}
