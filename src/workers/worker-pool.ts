import { extname, join } from "node:path";
import type { PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { HUNG_MS, IDLE_MS, MAX_TASKS_PER_THREAD, MAX_THREADS, START_AGAIN_MS } from "./limits.ts";
import { sharedGraph } from "./shared-graph.ts";
import type { Answer, Arguments, WorkerTaskName } from "./tasks.ts";
import { NoWorkerError, WorkerThread } from "./worker-thread.ts";

/** All workers have as many tasks as they may have. */
export class TooBusyError extends Error {}

export interface PoolOptions {
  /** The file that each thread runs. */
  readonly file: string;
  readonly threads: number;
  readonly tasksPerThread: number;
  readonly idleMs: number;
  /** A thread that has tasks and finishes none for so long is ended. */
  readonly hungMs: number;
}

const DEFAULTS: PoolOptions = {
  // Beside this one, and like it a source or what was built of it.
  file: join(import.meta.dirname, `worker${extname(import.meta.filename)}`),
  threads: MAX_THREADS,
  tasksPerThread: MAX_TASKS_PER_THREAD,
  idleMs: IDLE_MS,
  hungMs: HUNG_MS,
};

/**
 * Worker threads, started when there is something to do and ended when there has been nothing for a while. Each
 * has several tasks at a time, which take turns.
 *
 * Why not piscina, which is well kept: with threads started on demand, tasks that wait behind one that crashes or
 * is aborted are never done (tried with 5.3.2), it gives a thread one task after the other unless they are
 * asynchronous, so that a short one waits for long ones, and it brings 17 native packages for process priorities.
 */
export class WorkerPool {
  private readonly options: PoolOptions;
  private readonly threads = new Map<WorkerThread, NodeJS.Timeout | undefined>();
  private lastId = 0;
  private failedAt = Number.NEGATIVE_INFINITY;

  constructor(options: Partial<PoolOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
  }

  /**
   * Does a task in a worker. Rejects with what the task throws, with a `TooBusyError`, with a `NoWorkerError`
   * when no worker can be had and with a `WorkerEndedError` when the worker dies of this task or another.
   */
  async run<Name extends WorkerTaskName>(
    name: Name,
    graph: PrerequisiteGraph,
    rest: Arguments<Name>,
  ): Promise<Answer<Name>> {
    const shared = await sharedGraph(graph);
    const thread = this.leastBusy();
    clearTimeout(this.threads.get(thread));
    try {
      const answer = await thread.ask({ id: ++this.lastId, name, shared, rest });
      // The worker begins the task of this name from the same list.
      return answer as Answer<Name>;
    } catch (error) {
      if (error instanceof NoWorkerError) this.failedAt = performance.now();
      throw error;
    }
  }

  /** How many threads there are. */
  get size(): number {
    return this.threads.size;
  }

  /** Ends all threads; those that have tasks, when these are done. Whoever asks again afterwards starts new ones. */
  async close(): Promise<void> {
    const threads = [...this.threads.keys()];
    this.threads.clear();
    await Promise.all(threads.map((thread) => (thread.taskCount === 0 ? thread.stop() : undefined)));
  }

  private leastBusy(): WorkerThread {
    let least: WorkerThread | undefined;
    for (const thread of this.threads.keys())
      if (least === undefined || thread.taskCount < least.taskCount) least = thread;
    if (least === undefined || (least.taskCount > 0 && this.threads.size < this.options.threads))
      return this.start();
    if (least.taskCount >= this.options.tasksPerThread)
      throw new TooBusyError(
        `expected fewer than ${this.options.tasksPerThread} tasks in each of ${this.threads.size} workers`,
      );
    return least;
  }

  private start(): WorkerThread {
    if (performance.now() < this.failedAt + START_AGAIN_MS)
      throw new NoWorkerError("expected workers to start, but the last one did not");
    const thread = new WorkerThread(this.options, () => this.idle(thread));
    this.threads.set(thread, undefined);
    void thread.ended.then(() => this.threads.delete(thread));
    return thread;
  }

  private idle(thread: WorkerThread): void {
    // Of a pool that was closed meanwhile.
    if (!this.threads.has(thread)) void thread.stop();
    else this.threads.set(thread, setTimeout(() => this.end(thread), this.options.idleMs).unref());
  }

  private end(thread: WorkerThread): void {
    this.threads.delete(thread);
    void thread.stop();
  }
}
