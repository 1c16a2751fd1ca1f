import { parentPort } from "node:worker_threads";
import type { Asked, Said } from "./messages.ts";
import { inSlices } from "./slices.ts";
import { begin, type TaskName } from "./tasks.ts";

/** A worker thread. Its tasks take turns, as on the main thread: a short one does not wait for a long one to end. */

const port = parentPort;
if (port === null) throw new Error("expected to be started as a worker thread, by WorkerThread");
const say = (said: Said) => port.postMessage(said);

async function work<Name extends TaskName>({ id, name, graph, rest }: Asked<Name>): Promise<void> {
  try {
    const answer = await inSlices(begin(name, graph, ...rest));
    say({ id, answer });
  } catch (fault) {
    const error = fault instanceof Error ? fault : new Error(String(fault));
    say({ id, error });
  }
}

port.on("message", (asked: Asked) => void work(asked));
say("ready");
