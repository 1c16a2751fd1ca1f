import type { PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import type { Effort } from "../planning/limits.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "../planning/path-question.ts";
import type { Layout, Picture } from "../render/picture.ts";
import { unlessAbandoned } from "./abandon.ts";
import {
  HUNG_PICTURE_MS,
  HUNG_PROOF_MS,
  MAX_PICTURES_PER_THREAD,
  MAX_PROOF_THREADS,
  MAX_PROOFS_PER_THREAD,
} from "./limits.ts";
import { metered } from "./metered.ts";
import { inSlices } from "./slices.ts";
import { type Answer, type Arguments, maxOwnersHere, type TaskName, tasks } from "./tasks.ts";
import { type PoolLoad, type Waiting, WorkerPool } from "./worker-pool.ts";
import { NoWorkerError, WorkerEndedError } from "./worker-thread.ts";

/** The workers for tasks that take turns on their thread. */
const workers = new WorkerPool();
/** The workers for proofs, each of which holds its thread for seconds. */
const provers = new WorkerPool({
  threads: MAX_PROOF_THREADS,
  tasksPerThread: MAX_PROOFS_PER_THREAD,
  hungMs: HUNG_PROOF_MS,
});

/** The worker for layouts of pictures, which it cannot interrupt. */
const drawers = new WorkerPool({
  threads: 1,
  tasksPerThread: MAX_PICTURES_PER_THREAD,
  hungMs: HUNG_PICTURE_MS,
});

/** Who asks. */
export interface Asker extends Waiting {
  readonly graph: PrerequisiteGraph;
}

/**
 * Does a task without blocking this thread. An easy task is done here at once. One that does not end within a
 * slice is started again in a worker, and gives the same answer there. A pass over a large graph goes to a worker
 * from the beginning. If no worker can be started, everything is done here in slices. Returns a promise only if
 * the task takes long.
 *
 * Throws, or rejects with, what the task throws, a `TooBusyError`, a `WorkerEndedError`, or the reason of the signal.
 */
export function ask<Name extends TaskName>(
  name: Name,
  { graph, signal, spent, since }: Asker,
  ...rest: Arguments<Name>
): Answer<Name> | Promise<Answer<Name>> {
  signal?.throwIfAborted();
  const task = tasks[name](graph, ...rest);
  const search = spent ? metered(task, spent) : task;
  const elsewhere = () =>
    workers.run(name, graph, rest, { signal, spent, since }).catch((error: unknown) => {
      if (!(error instanceof NoWorkerError)) throw error;
      return inSlices(signal ? unlessAbandoned(search, () => signal.aborted) : search);
    });
  if (graph.ownerCount > (maxOwnersHere[name] ?? Number.POSITIVE_INFINITY)) return elsewhere();
  return inSlices(search, elsewhere, since);
}

/**
 * The cheapest learning path. In the rare case that the quick search ends without a proof, of hours or of ties, an exact solver goes on in
 * a worker, unless the effort is `INSTANT`. Returns a promise only if it takes long. Throws as `ask` does.
 */
export function askPath(
  asker: Asker,
  question: PathQuestion,
  effort: Effort,
): SolvedPath | Unreachable | Promise<SolvedPath | Unreachable> {
  const proved = (quick: SolvedPath | Unreachable) =>
    quick.kind === "unreachable" || quick.isPreferred || effort === "INSTANT"
      ? quick
      : provers.run("provedPath", asker.graph, [question, effort], asker).catch((error: unknown) => {
          // The answer of the quick search is still true.
          if (error instanceof NoWorkerError || error instanceof WorkerEndedError) return quick;
          throw error;
        });
  const quick = ask("learningPath", asker, question);
  return quick instanceof Promise ? quick.then(proved) : proved(quick);
}

/** What the workers do, and have done since the start. */
export function workerLoads(): Readonly<Record<"searches" | "proofs" | "pictures", PoolLoad>> {
  return { searches: workers.load, proofs: provers.load, pictures: drawers.load };
}

/**
 * Places a picture of a graph in a worker. Rejects with a `TooBusyError`, a `NoWorkerError`, or a `WorkerEndedError`
 * when it takes too long.
 */
export function askLayout({ graph, ...waiting }: Asker, picture: Picture): Promise<Layout> {
  return drawers.run("layout", graph, [picture], waiting);
}

/** Ends the workers; see `WorkerPool.close`. */
export async function closeWorkers(): Promise<void> {
  await Promise.all([workers.close(), provers.close(), drawers.close()]);
}
