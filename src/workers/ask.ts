import type { PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { inSlices } from "./slices.ts";
import { type Answer, type Arguments, begin, isLongPass, type TaskName } from "./tasks.ts";
import { WorkerPool } from "./worker-pool.ts";
import { NoWorkerError } from "./worker-thread.ts";

/** The workers of this process. */
const workers = new WorkerPool();

/**
 * Does a task without keeping others waiting: what is easy at once and here, what is not within a slice in a
 * worker and from the beginning, since equal questions have equal answers; passes over a large graph in a worker.
 * Where no worker can be had, everything is done here in slices. A promise only where it takes long.
 *
 * Throws, or rejects with, what the task throws, `TooBusyError` and `WorkerEndedError`.
 */
export function ask<Name extends TaskName>(
  name: Name,
  graph: PrerequisiteGraph,
  ...rest: Arguments<Name>
): Answer<Name> | Promise<Answer<Name>> {
  const search = begin(name, graph, ...rest);
  const elsewhere = () =>
    workers.run(name, graph, rest).catch((error: unknown) => {
      if (error instanceof NoWorkerError) return inSlices(search);
      throw error;
    });
  if (isLongPass(name, graph)) return elsewhere();
  return inSlices(search, elsewhere);
}

/** Ends the workers; see `WorkerPool.close`. */
export function closeWorkers(): Promise<void> {
  return workers.close();
}
