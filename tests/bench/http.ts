import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coreBody, distinctBodies } from "./core-query.ts";
import { type Contender, interleaved, median, type Spawned, spawnServer } from "./load.ts";
import type { Row } from "./report.ts";

export interface HttpOptions {
  readonly rounds: number;
  readonly seconds: number;
}

/** How many different questions a cold load asks in one round: more than can be answered in its time. */
const COLD_QUESTIONS = 40_000;

/**
 * The core query over HTTP: hot (the same question again), cold (every question different), and what others
 * make of the same shape, each in a process of its own, in turn, from 16 connections.
 */
export async function benchHttp({ rounds, seconds }: HttpOptions): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
  const servers: Spawned[] = [];
  const start = async (file: string, env: Record<string, string> = {}) => {
    const server = await spawnServer(file, env);
    servers.push(server);
    return server.url;
  };
  try {
    const ours = await start("ours.ts");
    const answer = await ask(ours, coreBody([]));
    const steps: { skill: { slug: string } }[] = answer.data.learningPath.steps;
    const slugs = steps.map(({ skill }) => skill.slug);
    const file = join(folder, "answer.json");
    writeFileSync(file, JSON.stringify(answer));
    const bare = await start("bare.ts", { ANSWER_FILE: file });
    const mercurius = await start("mercurius.ts");
    const prisma = await start("prisma-relations.ts");
    const hot = [coreBody([])];
    const cold = (round: number) => distinctBodies(slugs, COLD_QUESTIONS, round + 1);
    const few = (round: number) => distinctBodies(slugs, 2_000, round + 1);
    const contenders: Contender[] = [
      { name: "bare", url: bare, bodies: () => hot },
      { name: "hot", url: ours, bodies: () => hot },
      { name: "cold", url: ours, bodies: cold },
      { name: "mercurius", url: mercurius, bodies: cold },
      { name: "prisma", url: prisma, bodies: few },
    ];
    const results = await interleaved(contenders, rounds, seconds);
    const faults = [...results].filter(([, runs]) => runs.some(({ faults }) => faults > 0));
    if (faults.length > 0) throw new Error(`faulty answers from ${faults.map(([name]) => name).join(", ")}`);
    const ratio = (name: string, to: string) =>
      median(
        results.get(name)!.map((run, i) => run.requestsPerSecond / results.get(to)![i]!.requestsPerSecond),
      );
    const rate = (name: string) => median(results.get(name)!.map((run) => run.requestsPerSecond));
    const note = `${steps.length} steps, ${JSON.stringify(answer).length} bytes`;
    return [
      {
        what: "hot core query ÷ bare node:http",
        figure: ratio("hot", "bare"),
        unit: "",
        goal: { atLeast: 0.7, aim: 0.9 },
        note,
      },
      {
        what: "cold core query ÷ Mercurius with JIT, in memory",
        figure: ratio("cold", "mercurius"),
        unit: "",
        goal: { atLeast: 0.6, aim: 1.5 },
      },
      {
        what: "cold core query ÷ bare node:http",
        figure: ratio("cold", "bare"),
        unit: "",
        goal: { atLeast: 0.08, aim: 0.25 },
      },
      {
        what: "cold core query ÷ graphql-js over nested Prisma relations",
        figure: ratio("cold", "prisma"),
        unit: "×",
        goal: { atLeast: 30, aim: 100 },
      },
      ...contenders.map(({ name }) => ({
        what: `requests a second, ${name}`,
        figure: rate(name),
        unit: "/s",
      })),
      {
        what: "p99 of the cold core query",
        figure: median(results.get("cold")!.map(({ p99Ms }) => p99Ms)),
        unit: "ms",
      },
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ask(url: string, body: string) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return response.json();
}
