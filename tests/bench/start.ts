import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { startPostgresql } from "../support/postgresql-server.ts";
import { distinctBodies } from "./core-query.ts";
import { launch, megabytesOf } from "./launch.ts";
import { median } from "./measure.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";

/** How many times at most the server starts on an empty folder. */
const EMPTY_STARTS = 2;
/** How many paths are asked for before the memory is looked at, each by another learner. */
const QUESTIONS = 50;
/** What the learners know some of. */
const LEARNT = ["css", "git", "html", "http", "json", "linux", "python", "sql"];

/**
 * `npm start` with the shipped graph: from the start of the process to the first answer, on an empty data folder and on
 * the one it leaves, and the memory of the process on the embedded database and on PostgreSQL.
 */
export async function benchStart({ rounds }: { readonly rounds: number }): Promise<Row[]> {
  const first: StartUp[] = [];
  const second: StartUp[] = [];
  for (let round = 0; round < Math.min(rounds, EMPTY_STARTS); round++) {
    const dataDir = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
    const remove = untilStopped(async () => rmSync(dataDir, { recursive: true, force: true }));
    try {
      first.push(await startUp({ DATA_DIR: dataDir }));
      second.push(await startUp({ DATA_DIR: dataDir }));
    } finally {
      await remove();
    }
  }
  const seconds = (starts: readonly StartUp[]) => median(starts.map(({ answered }) => answered)) / 1000;
  return [
    {
      what: "npm start on an empty folder: first answer",
      figure: seconds(first),
      unit: "s",
      goal: { atMost: 3, aim: 1 },
      note: "9.9 s when each start made the database and imported the shipped graph",
    },
    {
      what: "npm start on an existing folder: first answer",
      figure: seconds(second),
      unit: "s",
      goal: { atMost: 1.5, aim: 0.7 },
      note: "2.9 s when a thousand modules were loaded one by one",
    },
    {
      what: "memory of a server of the shipped graph, embedded",
      figure: second[0]!.megabytes,
      unit: "MB",
      goal: { atMost: 220, aim: 150 },
      note: `resident, after ${QUESTIONS} paths; 440 to 580 MB with the buffers and the optimised code of before`,
    },
    {
      what: "memory of a server of the shipped graph, PostgreSQL",
      figure: await megabytesOnPostgresql(),
      unit: "MB",
      goal: { atMost: 140, aim: 100 },
      note: "the second start, without PostgreSQL's own processes; 170 MB with texts of two bytes a letter and a large young generation",
    },
  ];
}

async function megabytesOnPostgresql(): Promise<number | undefined> {
  const server = await startPostgresql();
  const stop = untilStopped(() => server.stop());
  try {
    const DATABASE_URL = await server.createDatabase("memory");
    await startUp({ DATABASE_URL });
    return (await startUp({ DATABASE_URL })).megabytes;
  } finally {
    await stop();
  }
}

/** What the start of a server took, in milliseconds, and what it holds. */
interface StartUp {
  /** Until it says where it is. */
  readonly ready: number;
  /** Until a question is answered. */
  readonly answered: number;
  /** What the process holds, in MB, once `QUESTIONS` more have been answered; where the system tells it. */
  readonly megabytes: number | undefined;
}

/** Starts the server as `npm start` does, asks it questions, and stops it. */
export async function startUp(env: Readonly<Record<string, string>>): Promise<StartUp> {
  const start = performance.now();
  const { url, pid, stop } = await launch(env);
  try {
    const ready = performance.now() - start;
    const answer = await fetch(`${url}/graphql?query=${encodeURIComponent("{ graph { revision } }")}`);
    const text = await answer.text();
    const answered = performance.now() - start;
    if (!answer.ok || !text.includes('"revision":'))
      throw new Error(`expected ${url}/graphql to tell the revision, got ${answer.status}: ${text}`);
    const state = await fetch(`${url}/ready`);
    if (!state.ok) throw new Error(`expected ${url}/ready to answer 200, got ${state.status}`);
    const nextBody = distinctBodies(LEARNT, 0);
    for (let question = 0; question < QUESTIONS; question++) {
      const path = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: nextBody(),
      });
      if (!path.ok) throw new Error(`expected a path, got ${path.status}: ${await path.text()}`);
      await path.text();
    }
    return { ready, answered, megabytes: megabytesOf(pid) };
  } finally {
    await stop();
  }
}
