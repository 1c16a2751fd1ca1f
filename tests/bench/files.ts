import { mkdtemp, rm } from "node:fs/promises";
import { Session } from "node:inspector/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { readConfig } from "../../src/config.ts";
import { coreBody } from "./core-query.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";

const SOURCE = new URL("../../src/", import.meta.url);

const skillBody = (slug: string) =>
  JSON.stringify({ query: `{ skill(slug: "${slug}") { slug name summary kind level hours } }` });

/**
 * How many files of ours run for one request to a server that has answered others before: what somebody reads to follow
 * it. From V8's precise coverage: a file counts when any of its functions was called between the request and its answer.
 */
export async function benchFiles(): Promise<Row[]> {
  const { serve } = await import("../../src/main.ts");
  const dataDir = await mkdtemp(join(tmpdir(), "skills-graph-bench-"));
  const service = await serve(
    readConfig({ PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "warn" }),
    pino({ level: "warn" }),
  );
  const close = untilStopped(async () => {
    await service.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  try {
    return [
      await filesOf(service.url, "learningPath", [coreBody(["git"]), coreBody(["git", "http"])], {
        atMost: 30,
        aim: 25,
      }),
      await filesOf(service.url, "skill(slug)", [skillBody("git"), skillBody("http")], {
        atMost: 15,
        aim: 12,
      }),
    ];
  } finally {
    await close();
  }
}

/** Asks the first bodies to warm up, then counts what the last one runs. */
async function filesOf(
  url: string,
  what: string,
  bodies: readonly [string, string],
  goal: { readonly atMost: number; readonly aim: number },
): Promise<Row> {
  // Yoga is loaded in the background; what it answers, a fault, shows that it is there.
  await fetch(`${url}/graphql?query=`);
  await ask(url, bodies[0]);
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  await session.post("Profiler.takePreciseCoverage");
  await ask(url, bodies[1]);
  const { result } = await session.post("Profiler.takePreciseCoverage");
  session.disconnect();
  const files = result
    .filter((script) => script.url.startsWith(SOURCE.href))
    .filter((script) => script.functions.some(({ ranges }) => ranges.some(({ count }) => count > 0)))
    .map((script) => script.url.slice(SOURCE.href.length).replace(/\.ts$/, ""));
  return {
    what: `files of ours that one ${what} runs`,
    figure: files.length,
    unit: "",
    goal,
    note: files.sort().join(" "),
  };
}

async function ask(url: string, body: string): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const answer: unknown = await response.json();
  if (typeof answer !== "object" || answer === null || "errors" in answer)
    throw new Error(`expected an answer without errors, got ${JSON.stringify(answer)}`);
}
