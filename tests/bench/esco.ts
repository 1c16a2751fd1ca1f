import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { importGraph } from "../../src/seeding/import-graph.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { type Esco, esco, escoAbsent } from "../support/esco.ts";
import { median, timedAsync } from "./measure.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";

const START = "ESCO: process start to ready, embedded, second start";
const START_GOAL = { atMost: 5, aim: 2 };
/** How many times at most the server starts on an empty folder. */
const EMPTY_STARTS = 2;
/** A server that is not ready by then is given up. */
const START_WITHIN_MS = 120_000;
/** How many writes of one edge are timed; the first ones find the database's code cold. */
const WRITES = 15;

/** How long `npm start` takes, with the shipped graph and with ESCO; and what ESCO takes to import and to change. */
export async function benchEsco({ rounds }: { readonly rounds: number }): Promise<Row[]> {
  return [...(await benchShipped(rounds)), ...(await benchClassification(rounds))];
}

/** From the start of the process to the first answer, on an empty data folder and on the one it leaves. */
async function benchShipped(rounds: number): Promise<Row[]> {
  const first: number[] = [];
  const second: number[] = [];
  for (let round = 0; round < Math.min(rounds, EMPTY_STARTS); round++) {
    const dataDir = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
    const remove = untilStopped(async () => rmSync(dataDir, { recursive: true, force: true }));
    try {
      first.push((await startUp(dataDir)).answered);
      second.push((await startUp(dataDir)).answered);
    } finally {
      await remove();
    }
  }
  return [
    {
      what: "npm start on an empty folder: first answer",
      figure: median(first) / 1000,
      unit: "s",
      goal: { atMost: 3, aim: 3 },
      note: "9.9 s when each start made the database and imported the shipped graph",
    },
    {
      what: "npm start on an existing folder: first answer",
      figure: median(second) / 1000,
      unit: "s",
      goal: { atMost: 1.5, aim: 1.5 },
      note: "2.9 s when a thousand modules were loaded one by one",
    },
  ];
}

async function benchClassification(rounds: number): Promise<Row[]> {
  if (escoAbsent !== undefined)
    return [{ what: START, figure: undefined, unit: "s", goal: START_GOAL, note: escoAbsent }];
  const dataDir = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
  const remove = untilStopped(async () => rmSync(dataDir, { recursive: true, force: true }));
  try {
    const classification = esco();
    const { importing, writing } = await importAndWrite(dataDir, classification);
    const starts: number[] = [];
    for (let round = 0; round < rounds; round++) starts.push((await startUp(dataDir)).ready);
    return [
      {
        what: START,
        figure: median(starts) / 1000,
        unit: "s",
        goal: START_GOAL,
        note: `${classification.nodes.toLocaleString("en")} nodes, ${classification.relations.toLocaleString("en")} relations; the look for changed sources at its beginning included`,
      },
      { what: "ESCO: import of the graph file, embedded", figure: importing / 1000, unit: "s" },
      {
        what: "ESCO: one edge written → visible to a read, embedded",
        figure: median(writing),
        unit: "ms",
        note: "the whole write: transaction, checks and the new snapshot",
      },
    ];
  } finally {
    await remove();
  }
}

async function importAndWrite(dataDir: string, { file }: Esco) {
  const store = await openStore({ dataDir });
  const close = untilStopped(() => store.close());
  try {
    const path = join(dataDir, "esco.json");
    writeFileSync(path, JSON.stringify(file));
    const importing = await timedAsync(async () => {
      const result = await importGraph(store, [path], { source: "ESCO" });
      if (result.kind !== "written")
        throw new Error(`expected ESCO to be imported: ${JSON.stringify(result.findings.slice(0, 3))}`);
    });
    const writing: number[] = [];
    for (let write = 0; write < WRITES; write++) writing.push(await writeEdge(store, file, write));
    return { importing, writing };
  } finally {
    await close();
  }
}

/** Lets a skill that needs nothing need another that needs nothing; milliseconds until the snapshot has it. */
async function writeEdge(store: Store, file: Esco["file"], number: number): Promise<number> {
  const [needed, ...free] = (file.skills ?? []).filter(({ requires }) => requires === undefined);
  const changed = free[number];
  if (needed === undefined || changed === undefined) throw new Error("expected skills without a requirement");
  const rows = toRows(graphFile.parse({ skills: [{ ...changed, requires: needed.slug }] }));
  const { revision } = store.snapshot();
  const time = await timedAsync(() => store.write(rows, "bench"));
  const { graph, skills, revision: now } = store.snapshot();
  const index = skills.indexOf.get(changed.slug)!;
  if (now !== revision + 1 || graph.requirement[index] !== skills.indexOf.get(needed.slug))
    throw new Error(`expected ${changed.slug} to need ${needed.slug} at revision ${revision + 1}`);
  return time;
}

/** Milliseconds from the start of a server. */
interface StartUp {
  /** Until it says where it is. */
  readonly ready: number;
  /** Until a question is answered. */
  readonly answered: number;
}

/** Starts the server on the folder as `npm start` does, asks it a question, and stops it. */
async function startUp(dataDir: string): Promise<StartUp> {
  const start = performance.now();
  const child = spawn(process.execPath, ["src/run.mjs", "serve"], {
    env: {
      ...process.env,
      DATABASE_URL: "",
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: dataDir,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const stop = untilStopped(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const giveUp = setTimeout(
        () => reject(new Error(`not ready within ${START_WITHIN_MS / 1000} s`)),
        START_WITHIN_MS,
      );
      let output = "";
      child.stdout.on("data", (chunk) => {
        output += chunk;
        const said = /"url":"(http[^"]+)"/.exec(output)?.[1];
        if (said !== undefined) resolve(said);
      });
      ended.then(([code]) => {
        clearTimeout(giveUp);
        reject(new Error(`the server ended with ${code} before it was ready`));
      }, reject);
    });
    const ready = performance.now() - start;
    const answer = await fetch(`${url}/graphql?query=${encodeURIComponent("{ graph { revision } }")}`);
    const text = await answer.text();
    const answered = performance.now() - start;
    if (!answer.ok || !text.includes('"revision":'))
      throw new Error(`expected ${url}/graphql to tell the revision, got ${answer.status}: ${text}`);
    const state = await fetch(`${url}/ready`);
    if (!state.ok) throw new Error(`expected ${url}/ready to answer 200, got ${state.status}`);
    return { ready, answered };
  } finally {
    await stop();
  }
}
