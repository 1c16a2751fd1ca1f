import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { coreBody, distinctBodies } from "./core-query.ts";
import { type Launched, launch, megabytesOf } from "./launch.ts";
import { median, quantile } from "./measure.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";

export interface CrowdOptions {
  /** How long the hostile clients are there. */
  readonly minutes: number;
}

/** Ordinary clients, and how long each reads before it asks again, on average. */
const ORDINARY = 490;
const READING_MS = 1_000;
/** Hostile clients besides: two in a hundred. */
const HOSTILE = 10;
/** How long the ordinary clients are alone, before and after the server has warmed up. */
const WARM_UP_MS = 20_000;
const ALONE_MS = 60_000;
const MINUTE_MS = 60_000;
/** How often whatever watches the server asks whether it lives. */
const WATCH_EVERY_MS = 100;
/** A client that has waited for so long is counted as one that got no answer. */
const TIMEOUT_MS = 30_000;
/** How often memory is looked at; the median of a minute counts. */
const MEMORY_EVERY_MS = 2_000;

/**
 * Many clients at once, each with an address of its own, on the server as `npm start` starts it, with its ordinary budgets:
 * first ordinary ones alone, then hostile ones among them (`crowd-hostile.ts`). Ordinary clients may get no error, wait
 * at most three times as long, the server may not take more memory, and whoever watches it is told at once that it lives.
 */
export async function benchCrowd({ minutes }: CrowdOptions): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
  const remove = untilStopped(async () => rmSync(dataDir, { recursive: true, force: true }));
  const server = await launch({ DATA_DIR: dataDir });
  const crowd = new Crowd(server.url, await coreSlugs(server.url));
  try {
    crowd.come();
    await pause(WARM_UP_MS);
    crowd.since();
    await pause(ALONE_MS);
    const alone = crowd.since();
    const hostile = await invite(server.url);
    const watch = watching(server.url);
    const own = monitorEventLoopDelay({ resolution: 1 });
    own.enable();
    const memory: number[] = [];
    for (let minute = 0; minute < minutes; minute++) memory.push(await memoryOfMinute(server));
    const among = crowd.since();
    own.disable();
    const health = await watch.end();
    const attacks = await hostile.leave();
    await crowd.leave();
    const share = 100 * (memory.at(-1)! / memory[0]! - 1);
    const note = `${minutes} min; ${ORDINARY} clients, one question in ${READING_MS / 1_000} s each; ${HOSTILE} hostile: ${attacks}`;
    return [
      {
        what: "errors for ordinary clients among hostile ones",
        figure: among.faults.length,
        unit: `of ${among.waits.length}`,
        goal: { atMost: 0, aim: 0 },
        note: [note, ...among.faults.slice(0, 3)].join("; "),
      },
      {
        what: "p99 of ordinary clients among hostile ones ÷ alone",
        figure: quantile(among.waits, 0.99) / quantile(alone.waits, 0.99),
        unit: "×",
        goal: { atMost: 3, aim: 1.5 },
        note: `${told(among.waits)}; alone ${told(alone.waits)}; this process was late by p99 ${(own.percentile(99) / 1e6).toFixed(1)} ms itself`,
      },
      {
        what: "the longest that /health took among hostile ones",
        figure: quantile(health.waits, 1),
        unit: "ms",
        goal: { atMost: 50, aim: 20 },
        note: [`${health.waits.length} times; ${told(health.waits)}`, ...health.faults.slice(0, 3)].join(
          "; ",
        ),
      },
      {
        what: "memory of the server, last minute against the first",
        figure: share,
        unit: "%",
        goal: { atMost: 10, aim: 0 },
        note: `MB by minute: ${memory.map((each) => each.toFixed(0)).join(", ")}`,
      },
    ];
  } finally {
    await crowd.leave();
    await server.stop();
    await remove();
  }
}

const told = (waits: readonly number[]) =>
  `median ${median(waits).toFixed(1)} ms, p99 ${quantile(waits, 0.99).toFixed(1)} ms, longest ${quantile(waits, 1).toFixed(0)} ms`;

/** Asks for `/health` on one connection, again and again, until ended. */
function watching(url: string): { end(): Promise<Seen> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const seen: Seen = { waits: [], faults: [] };
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const start = performance.now();
      const fault = await ask(url, { method: "GET", path: "/health" }, agent);
      seen.waits.push(performance.now() - start);
      if (fault !== undefined) seen.faults.push(fault);
      await pause(WATCH_EVERY_MS);
    }
  })();
  const end = async () => {
    isOver = true;
    await asking;
    agent.destroy();
    return seen;
  };
  return { end };
}

async function memoryOfMinute({ pid }: Launched): Promise<number> {
  const seen: number[] = [];
  for (let at = 0; at < MINUTE_MS; at += MEMORY_EVERY_MS) {
    await pause(MEMORY_EVERY_MS);
    seen.push(megabytesOf(pid) ?? Number.NaN);
  }
  return median(seen);
}

interface Asked {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
}

/** What ordinary clients ask for; of ten questions four are ones that somebody has asked before. */
function questions(slugs: readonly string[]): readonly (() => Asked)[] {
  const graphql = (body: string): Asked => ({ method: "POST", path: "/graphql", body });
  const shipped = shippedOperations();
  const persisted = (name: string, variables: object) =>
    graphql(JSON.stringify({ documentId: shipped(name), variables }));
  const nextBody = distinctBodies(slugs, 0);
  const any = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)]!;
  const hot = () => graphql(coreBody([]));
  const cold = () => graphql(nextBody());
  const search = () => persisted("Search", { query: any(WORDS), first: 10 });
  const skill = () => persisted("Skill", { slug: any(slugs) });
  const page = () => ({ method: "GET", path: `/skills/${any(slugs)}` }) as const;
  const role = () => ({ method: "GET", path: `/roles/${any(ROLES)}` }) as const;
  return [hot, hot, hot, hot, cold, cold, search, skill, page, role];
}

const WORDS = ["fire", "pyton", "databases", "how to deploy", "c#", "tests", "cloud", "junior developer"];
const ROLES = ["backend-developer", "frontend-developer", "full-stack-developer"];

/** The ids of the operations that the server ships, by name. */
function shippedOperations(): (name: string) => string {
  const file = readFileSync(new URL("../../schema/persisted-operations.json", import.meta.url), "utf8");
  const texts = Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(file)));
  return (name) => {
    const found = texts.find(([, text]) => text.startsWith(`query ${name}(`));
    if (found === undefined) throw new Error(`expected a shipped operation ${name}`);
    return found[0];
  };
}

/** The skills of the path of the core query. */
async function coreSlugs(url: string): Promise<string[]> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: coreBody([]) });
  const { data } = coreShape.parse(await response.json());
  return data.learningPath.steps.map(({ skill }) => skill.slug);
}

const coreShape = z.object({
  data: z.object({
    learningPath: z.object({ steps: z.array(z.object({ skill: z.object({ slug: z.string() }) })).min(1) }),
  }),
});

/** What ordinary clients have seen for some time. */
interface Seen {
  readonly waits: number[];
  readonly faults: string[];
}

class Crowd {
  private readonly agents: Agent[];
  private readonly questions: readonly (() => Asked)[];
  private seen: Seen = { waits: [], faults: [] };
  private isOver = false;
  private clients: Promise<void>[] = [];

  constructor(
    private readonly url: string,
    slugs: readonly string[],
  ) {
    this.questions = questions(slugs);
    // Each client has an address of its own, as on the internet: 127.0.0.0/8 is all this machine.
    this.agents = Array.from(
      { length: ORDINARY },
      (_, nth) =>
        new Agent({ keepAlive: true, maxSockets: 1, localAddress: `127.1.${nth >> 7}.${1 + (nth & 127)}` }),
    );
  }

  come(): void {
    this.clients = this.agents.map((agent) => this.client(agent));
  }

  /** What was seen since this was asked last. */
  since(): Seen {
    const { seen } = this;
    this.seen = { waits: [], faults: [] };
    return seen;
  }

  async leave(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.clients);
    for (const agent of this.agents) agent.destroy();
  }

  private async client(agent: Agent): Promise<void> {
    while (!this.isOver) {
      // Exponential, as of people who know nothing of one another.
      await pause(Math.min(5 * READING_MS, -Math.log(1 - Math.random()) * READING_MS));
      if (this.isOver) return;
      const asked = this.questions[Math.floor(Math.random() * this.questions.length)]!();
      const { seen } = this;
      const start = performance.now();
      const fault = await ask(this.url, asked, agent);
      seen.waits.push(performance.now() - start);
      if (fault !== undefined) seen.faults.push(`${asked.path}: ${fault}`);
    }
  }
}

/** What is wrong with an answer, if anything. */
function ask(url: string, { method, path, body }: Asked, agent: Agent): Promise<string | undefined> {
  return new Promise((resolve) => {
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const sent = request(`${url}${path}`, { method, agent, headers, timeout: TIMEOUT_MS }, (response) => {
      // Only how an answer begins is kept: a client that has much to clear away would measure itself.
      let start = "";
      response.on("data", (chunk: Buffer) => {
        if (start === "") start = chunk.toString("latin1", 0, 100);
      });
      response.on("error", (error) => resolve(error.message));
      response.on("end", () => {
        if (response.statusCode !== 200) resolve(`${response.statusCode} ${start}`);
        else resolve(start.startsWith('{"errors"') ? start : undefined);
      });
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", (error) => resolve(error.message));
    sent.end(body);
  });
}

/** Lets hostile clients come, in a process of their own, so that those who are ordinary do not wait for them here. */
async function invite(url: string) {
  const child = fork(new URL("./crowd-hostile.ts", import.meta.url), [url, String(HOSTILE)], {
    execArgv: ["--import", "tsx"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = untilStopped(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  await new Promise((resolve) => child.once("message", resolve));
  return {
    /** Ends them; what they did, in words. */
    leave: async () => {
      const said = new Promise<string>((resolve) => child.once("message", (words) => resolve(String(words))));
      child.send("leave");
      const words = await said;
      await stop();
      return words;
    },
  };
}
