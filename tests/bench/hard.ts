import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { type HardGraph, hardGraphs } from "../support/hard-graphs.ts";
import { solveLearningPath } from "../support/solve.ts";
import { learner } from "./core-query.ts";
import { type Spawned, spawnServer } from "./load.ts";
import { quantile } from "./measure.ts";
import type { Row } from "./report.ts";

/** How many clients ask hard questions at the same time, and how many each of them asks. */
const CLIENTS = 4;
const QUESTIONS = 5;
/** Between one easy question and the next: who asks as fast as answers come takes the core that others would have. */
const PAUSE_MS = 10;

/**
 * Hard synthetic cases: what gap the quick search leaves, here, and what the server answers, which passes what is
 * unproved to the exact solver; and how long its event loop and other requests, asked one after the other on a
 * connection of their own, wait meanwhile.
 */
export async function benchHard(): Promise<Row[]> {
  const server = await spawnServer("hard.ts");
  try {
    const rows: Row[] = [];
    for (const [nth, hard] of hardGraphs().entries()) {
      rows.push(...(await rowsOf(`${hard.name}, quick search`, () => quickly(hard))));
      rows.push(...(await rowsOf(`${hard.name}, exact solver`, () => askHard(server, nth, []))));
    }
    return [...rows, ...(await underLoad(server))];
  } finally {
    await server.stop();
  }
}

async function rowsOf(what: string, answer: () => Answer | Promise<Answer>): Promise<Row[]> {
  const start = performance.now();
  const { totalHours, lowerBoundHours, isOptimal } = await answer();
  const time = performance.now() - start;
  const gap = (100 * (totalHours - lowerBoundHours)) / totalHours;
  const note = isOptimal ? `${totalHours} h, proved` : `${totalHours} h found, at least ${lowerBoundHours} h`;
  return [
    { what: `${what}: gap`, figure: gap, unit: "%", note },
    { what: `${what}: time`, figure: time, unit: "ms" },
  ];
}

/** What the quick search alone comes to. */
function quickly({ graph, goal }: HardGraph): Answer {
  const path = solveLearningPath(graph, { goals: [goal], known: [], choose: [], avoid: [] });
  if (path.kind !== "path") throw new Error("expected a path");
  const { cost, lowerBound, isOptimal } = path;
  return { totalHours: cost / 100, lowerBoundHours: lowerBound / 100, isOptimal };
}

async function underLoad(server: Spawned): Promise<Row[]> {
  const waits: number[] = [];
  let isOver = false;
  const others = async () => {
    for (let nth = 0; !isOver; nth++) {
      const asked = performance.now();
      await askEasy(server, nth);
      waits.push(performance.now() - asked);
      await pause(PAUSE_MS);
    }
  };
  const client = async (nth: number) => {
    for (let known = 1; known <= QUESTIONS; known++)
      await askHard(server, nth % hardGraphs().length, [known]);
  };
  await server.ask("reset");
  const start = performance.now();
  const other = others();
  await Promise.all(Array.from({ length: CLIENTS }, (_, nth) => client(nth)));
  isOver = true;
  await other;
  const seconds = (performance.now() - start) / 1000;
  const note = `${CLIENTS} clients with ${QUESTIONS} hard questions each, in ${seconds.toFixed(1)} s; ${waits.length} others`;
  return [
    {
      what: "event loop's p99 delay under hard questions",
      figure: await server.ask("delay"),
      unit: "ms",
      goal: { atMost: 20, aim: 20 },
      note,
    },
    { what: "its longest delay", figure: await server.ask("longest"), unit: "ms" },
    { what: "p99 of another request meanwhile", figure: quantile(waits, 0.99), unit: "ms" },
    {
      what: "the longest wait of another request",
      figure: Math.max(...waits),
      unit: "ms",
      goal: { atMost: 100, aim: 50 },
    },
  ];
}

const skill = (graph: number, index: number) => `hard-${graph}-skill-${String(index).padStart(4, "0")}`;

/** A hard question: whoever knows another skill has another one, hardly easier, of which nothing is remembered. */
function askHard(server: Spawned, graph: number, known: readonly number[]) {
  return ask(server, {
    goals: [{ role: `hard-${graph}` }],
    ...learner(known.map((index) => skill(graph, index))),
  });
}

/** A question about one skill, another each time. */
function askEasy(server: Spawned, nth: number) {
  return ask(server, { goals: [{ skill: skill(0, nth % 150) }], known: [skill(1, Math.floor(nth / 150))] });
}

async function ask({ url }: Spawned, input: object): Promise<Answer> {
  const query = `query ($input: LearningPathInput!) {
    learningPath(input: $input) { ... on LearningPath { totalHours lowerBoundHours isOptimal steps { skill { slug } } } }
  }`;
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data } = z.object({ data: z.object({ learningPath: answerShape }) }).parse(await response.json());
  return data.learningPath;
}

type Answer = z.infer<typeof answerShape>;
const answerShape = z.object({ totalHours: z.number(), lowerBoundHours: z.number(), isOptimal: z.boolean() });
