import { getPriority, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import type { PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { isRaised, unlessAbandoned } from "./abandon.ts";
import { LOW_PRIORITY, MAX_GRAPHS_OF_THREAD } from "./limits.ts";
import { metered } from "./metered.ts";
import type { SharedGraph } from "./shared-graph.ts";
import { inSlices } from "./slices.ts";
import { type WorkerTaskName, workerTasks } from "./tasks.ts";
import type { Asked, Said } from "./worker-thread.ts";

/** A worker thread. Its tasks take turns, as on the main thread, so that short ones do not wait for long ones. */

const port = parentPort;
if (port === null) throw new Error("expected to be started as a worker thread, by WorkerThread");
// Only on Linux is this the priority of the calling thread alone: with more threads than cores, the main one goes first.
if (process.platform === "linux" && getPriority() < LOW_PRIORITY) setPriority(LOW_PRIORITY);
const say = (said: Said) => port.postMessage(said);

/** The graphs of the last tasks, by id, the most recent at the end. */
const graphs = new Map<number, PrerequisiteGraph>();

function graphOf({ id, graph }: SharedGraph): PrerequisiteGraph {
  const known = graphs.get(id) ?? graph;
  graphs.delete(id);
  graphs.set(id, known);
  if (graphs.size > MAX_GRAPHS_OF_THREAD) graphs.delete(graphs.keys().next().value!);
  return known;
}

async function work<Name extends WorkerTaskName>({
  id,
  name,
  shared,
  rest,
  flag,
  laterMs,
}: Asked<Name>): Promise<void> {
  try {
    const spent = { work: 0 };
    const search = metered(await workerTasks[name](graphOf(shared), ...rest), spent);
    const since = performance.now() + laterMs;
    const answer = await inSlices(
      unlessAbandoned(search, () => isRaised(flag)),
      undefined,
      since,
    );
    say({ id, answer, ...spent });
  } catch (fault) {
    const error = fault instanceof Error ? fault : new Error(String(fault));
    say({ id, error });
  }
}

port.on("message", (asked: Asked) => void work(asked));
say("ready");
