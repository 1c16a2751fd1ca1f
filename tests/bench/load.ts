import { type ChildProcess, fork } from "node:child_process";
import autocannon from "autocannon";

/** How many connections the load keeps busy. */
export const CONNECTIONS = 16;

export interface Contender {
  readonly name: string;
  readonly url: string;
  /** The bodies sent in turn; one for a hot load. `undefined`: a GET of `url`. */
  readonly bodies?: (round: number) => readonly string[];
}

export interface Throughput {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  /** Answers that were not a 200. */
  readonly faults: number;
}

/** Loads one server for some seconds and counts. */
export async function load(contender: Contender, seconds: number, round: number): Promise<Throughput> {
  const bodies = contender.bodies?.(round);
  const result = await autocannon({
    url: contender.url,
    connections: CONNECTIONS,
    duration: seconds,
    requests:
      bodies === undefined
        ? [{ method: "GET" }]
        : bodies.map((body) => ({
            method: "POST",
            headers: { "content-type": "application/json", accept: "application/json" },
            body,
          })),
  });
  return {
    requestsPerSecond: result["2xx"] / result.duration,
    p99Ms: result.latency.p99,
    faults: result.non2xx + result.errors,
  };
}

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
  for (const contender of contenders) await load(contender, Math.min(seconds, 1), -1);
  for (let round = 0; round < rounds; round++)
    for (const contender of contenders)
      results.get(contender.name)!.push(await load(contender, seconds, round));
  return results;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export interface Spawned {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server of tests/bench/servers in a process of its own; it sends its URL when it listens. */
export function spawnServer(file: string, env: Record<string, string>): Promise<Spawned> {
  const child: ChildProcess = fork(new URL(`./servers/${file}`, import.meta.url), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ...env },
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGTERM");
    });
  return new Promise((resolve, reject) => {
    child.once("message", (url) => resolve({ url: String(url), stop }));
    child.once("exit", (code) => reject(new Error(`${file} ended with ${code} before it listened`)));
  });
}
