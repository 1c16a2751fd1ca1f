import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { coreBody, distinctBodies } from "./core-query.ts";
import { CONNECTIONS, type Contender, interleaved, type Spawned, spawnServer } from "./load.ts";
import { median } from "./measure.ts";
import type { Row } from "./report.ts";

export interface HttpOptions {
  readonly rounds: number;
  readonly seconds: number;
}

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
    return server;
  };
  try {
    const ours = await start("ours.ts");
    const answer = await ask(ours.url, coreBody([]));
    const file = join(folder, "answer.json");
    writeFileSync(file, answer);
    const slugs = slugsOf(answer);
    const bare = await start("bare.ts", { ANSWER_FILE: file });
    const mercurius = await start("mercurius.ts");
    const prisma = await start("prisma-relations.ts");
    const lengths: string[] = [];
    for (const [name, { url }] of Object.entries({ mercurius, prisma })) {
      const other = await ask(url, coreBody([]));
      lengths.push(`${name} ${slugsOf(other).length} steps, ${other.length} bytes`);
    }

    const cold = (round: number) => distinctBodies(slugs, round + 1);
    const delays: number[] = [];
    const contenders: Contender[] = [
      { name: "bare", server: bare, body: coreBody([]) },
      { name: "hot", server: ours, body: coreBody([]) },
      {
        name: "cold",
        server: ours,
        nextBody: cold,
        after: async () => delays.push(await ours.ask("delay")),
      },
      { name: "mercurius", server: mercurius, nextBody: cold },
    ];
    const results = new Map(await interleaved(contenders, rounds, seconds));
    // By itself: it would keep the others waiting for most of the time.
    const others = (round: number) => cold(rounds + 1 + round);
    const slow: Contender[] = [
      { name: "cold, beside prisma", server: ours, nextBody: others },
      { name: "prisma", server: prisma, nextBody: cold, amount: CONNECTIONS },
    ];
    for (const [name, runs] of await interleaved(slow, rounds, seconds)) results.set(name, runs);
    for (const [name, runs] of results) {
      if (runs.some(({ faults }) => faults > 0)) throw new Error(`faulty answers from ${name}`);
    }
    const rates = (name: string) => results.get(name)!.map((run) => run.requestsPerSecond);
    const ratio = (name: string, to: string) =>
      median(rates(name).map((rate, round) => rate / rates(to)[round]!));
    return [
      {
        what: "hot core query ÷ bare node:http",
        figure: ratio("hot", "bare"),
        unit: "",
        goal: { atLeast: 0.7, aim: 0.9 },
        note: `${slugs.length} steps, ${answer.length} bytes; ${CONNECTIONS} connections`,
      },
      {
        what: "cold core query ÷ Mercurius with JIT, in memory",
        figure: ratio("cold", "mercurius"),
        unit: "",
        goal: { atLeast: 0.6, aim: 1.5 },
        note: lengths[0]!,
      },
      {
        what: "cold core query ÷ bare node:http",
        figure: ratio("cold", "bare"),
        unit: "",
        goal: { atLeast: 0.08, aim: 0.25 },
      },
      {
        what: "cold core query ÷ graphql-js over nested Prisma relations",
        figure: ratio("cold, beside prisma", "prisma"),
        unit: "×",
        goal: { atLeast: 30, aim: 100 },
        note: lengths[1]!,
      },
      {
        what: "event loop's p99 delay under the cold load",
        figure: median(delays),
        unit: "ms",
        goal: { atMost: 20, aim: 20 },
        note: `${CONNECTIONS} connections, no pause`,
      },
      ...[...contenders, ...slow].map(({ name }) => ({
        what: `requests a second, ${name}`,
        figure: median(rates(name)),
        unit: "/s",
        note: `${median(results.get(name)!.map(({ cpuMs }) => cpuMs)).toPrecision(2)} ms of the server's processor time each`,
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

async function ask(url: string, body: string): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return response.text();
}

/** The skills of the path that was answered. */
function slugsOf(answer: string): string[] {
  const { data } = answerShape.parse(JSON.parse(answer));
  return data.learningPath.steps.map(({ skill }) => skill.slug);
}

const answerShape = z.object({
  data: z.object({
    learningPath: z.object({ steps: z.array(z.object({ skill: z.object({ slug: z.string() }) })).min(1) }),
  }),
});
