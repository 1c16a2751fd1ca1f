import { fork } from "node:child_process";
import autocannon from "autocannon";
import { untilStopped } from "./running.ts";

/** How many connections the load keeps busy. */
export const CONNECTIONS = 16;

export interface Contender {
  readonly name: string;
  readonly server: Spawned;
  /** How many requests make a round, for servers too slow for one of some seconds. */
  readonly amount?: number;
  /** What is sent again and again, */
  readonly body?: string;
  /** or what gives the next body of a round. */
  readonly nextBody?: (round: number) => () => string;
  /** Done after the load of each round. */
  readonly after?: () => Promise<unknown>;
}

export interface Throughput {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  /** What an answer took of the server process's processor time: the same however busy the machine is. */
  readonly cpuMs: number;
  /** Answers that were not a 200. */
  readonly faults: number;
}

/** Loads one server for some seconds and counts. */
export async function load(contender: Contender, seconds: number, round: number): Promise<Throughput> {
  const { server, amount, body } = contender;
  const nextBody = contender.nextBody?.(round);
  await server.ask("reset");
  const result = await autocannon({
    url: server.url,
    connections: CONNECTIONS,
    timeout: REQUEST_TIMEOUT_S,
    method: "POST",
    headers: HEADERS,
    ...(amount === undefined ? { duration: seconds } : { amount }),
    ...(nextBody === undefined
      ? { body }
      : // Made when it is sent: a list made before would count as time of the server.
        {
          requests: [{ setupRequest: (request: autocannon.Request) => ({ ...request, body: nextBody() }) }],
        }),
  });
  const cpu = await server.ask("cpu");
  return {
    requestsPerSecond: result["2xx"] / result.duration,
    cpuMs: cpu / result["2xx"],
    p99Ms: result.latency.p99,
    faults: result.non2xx + result.errors,
  };
}

/** V8 compiles what is used often better and better for some thousand requests. */
const WARM_UP_S = 6;
/** Longer than any answer takes, on a busy machine, too. */
const REQUEST_TIMEOUT_S = 60;
const HEADERS = { "content-type": "application/json", accept: "application/json" };

/**
 * Loads the contenders in turn, A B A B …, for some rounds, so that a machine that gets slower does so for all
 * of them. Returns the rounds of each.
 */
export async function interleaved(
  contenders: readonly Contender[],
  rounds: number,
  seconds: number,
): Promise<ReadonlyMap<string, readonly Throughput[]>> {
  const results = new Map<string, Throughput[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) await load(contender, WARM_UP_S, -1);
  for (let round = 0; round < rounds; round++)
    for (const contender of contenders) {
      results.get(contender.name)!.push(await load(contender, seconds, round));
      await contender.after?.();
    }
  return results;
}

export interface Spawned {
  readonly url: string;
  /** Sends the server a word and resolves with the number it answers. */
  ask(word: string): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts a server of tests/bench/servers in a process of its own; it sends its URL when it listens, and ends when
 * this process does.
 */
export function spawnServer(file: string, env: Record<string, string> = {}): Promise<Spawned> {
  const child = fork(new URL(`./servers/${file}`, import.meta.url), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ...env },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = untilStopped(async () => {
    const force = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
    child.kill("SIGTERM");
    await ended;
    clearTimeout(force);
  });
  const ask = (word: string) =>
    new Promise<number>((resolve) => {
      child.once("message", (answer) => resolve(Number(answer)));
      child.send(word);
    });
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => {
      void stop();
      reject(new Error(`${file} did not listen within ${START_WITHIN_MS / 1000} s`));
    }, START_WITHIN_MS);
    child.once("message", (url) => {
      clearTimeout(giveUp);
      resolve({ url: String(url), ask, stop });
    });
    child.once("exit", (code) => {
      clearTimeout(giveUp);
      reject(new Error(`${file} ended with ${code} before it listened`));
    });
  });
}

/** A first start makes a database, which takes ten seconds on a quiet machine. */
const START_WITHIN_MS = 120_000;
/** A server that has not stopped by then is killed. */
const STOP_WITHIN_MS = 10_000;
