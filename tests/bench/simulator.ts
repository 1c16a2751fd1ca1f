import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type Bundle, bundleSimulator } from "../simulator/bundle.ts";
import { PLANTED_BUGS } from "../simulator/planted-bugs.ts";
import type { runSchedules } from "../simulator/schedule.ts";
import type { Row } from "./report.ts";

type Result = Awaited<ReturnType<typeof runSchedules>>;

const THREADS = 2;
/** Schedules that run before time is taken. */
const WARM_UP = 300;
/** Within so many schedules a planted bug is to be found. */
const MOST = 10_000;

/** A thread of its own for schedules of a bundle, which answers each range of seeds. */
const THREAD = `
const { parentPort, workerData } = require("node:worker_threads");
import(workerData).then(({ runSchedules }) => {
  parentPort.on("message", async ([from, to]) => parentPort.postMessage(await runSchedules(from, to)));
});`;

/** How many schedules of the simulator two cores run, that none of them fails, and how soon planted bugs are found. */
export async function benchSimulator({ schedules }: { readonly schedules: number }): Promise<Row[]> {
  const bundle = await bundleSimulator();
  const threads = Array.from(
    { length: THREADS },
    () => new Worker(THREAD, { eval: true, workerData: bundle.url }),
  );
  try {
    await inThreads(threads, 1, WARM_UP);
    const begun = performance.now();
    const before = process.cpuUsage();
    const results = await inThreads(threads, WARM_UP, schedules);
    const minutes = (performance.now() - begun) / 60_000;
    const { user, system } = process.cpuUsage(before);
    const count = (name: keyof Result["tally"]) => results.reduce((sum, { tally }) => sum + tally[name], 0);
    const failed = results.flatMap(({ failed }) => failed ?? []);
    const [first] = failed;
    return [
      {
        what: "schedules of the simulator that end otherwise than one write after the other",
        figure: failed.length,
        unit: `of ${count("schedules").toLocaleString("en")}`,
        goal: { atMost: 0, aim: 0 },
        note: `${count("revisions")} revisions, ${count("refusals")} refusals, ${count("replays")} replays, ${count("waits")} waits for the lock, ${count("kills")} kills, ${count("lostNotifications")} notifications lost ${first === undefined ? "" : `seed ${first.seed}: ${first.faults[0]}`}`,
      },
      {
        what: `schedules of the simulator in a minute, ${THREADS} threads`,
        figure: count("schedules") / minutes,
        unit: "",
        goal: { atLeast: 100_000, aim: 200_000 },
        note: `${((user + system) / 1_000 / count("schedules")).toFixed(2)} ms of processor time each`,
      },
      ...(await bugs()),
    ];
  } finally {
    for (const thread of threads) await thread.terminate();
    await bundle.remove();
  }
}

function inThreads(threads: readonly Worker[], from: number, count: number): Promise<Result[]> {
  const each = Math.ceil(count / threads.length);
  return Promise.all(
    threads.map(async (thread, nth) => {
      thread.postMessage([from + nth * each, from + (nth + 1) * each]);
      const [result]: Result[] = await once(thread, "message");
      return result!;
    }),
  );
}

async function bugs(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [bug, edits] of Object.entries(PLANTED_BUGS)) {
    const bundle: Bundle = await bundleSimulator(edits);
    const thread = new Worker(THREAD, { eval: true, workerData: bundle.url });
    const [result] = await inThreads([thread], 1, MOST);
    const failed = result?.failed;
    await thread.terminate();
    await bundle.remove();
    rows.push({
      what: `planted: ${bug}`,
      figure: failed?.seed,
      unit: "schedules until found",
      goal: { atMost: MOST, aim: 100 },
      note: failed?.faults[0]?.split("\n")[0] ?? "not found",
    });
  }
  return rows;
}
