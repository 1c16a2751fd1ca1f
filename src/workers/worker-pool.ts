import { extname, join } from "node:path";
import type { PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { flagOf } from "./abandon.ts";
import { HUNG_MS, IDLE_MS, MAX_TASKS_PER_THREAD, MAX_THREADS, START_AGAIN_MS } from "./limits.ts";
import type { Spent } from "./metered.ts";
import { sharedGraph } from "./shared-graph.ts";
import type { Answer, Arguments, WorkerTaskName } from "./tasks.ts";
import { NoWorkerError, WorkerThread } from "./worker-thread.ts";

/** Every worker has as many tasks as the limit allows. */
export class TooBusyError extends Error {}

export interface PoolOptions {
  /** The file that each thread runs. */
  readonly file: string;
  readonly threads: number;
  readonly tasksPerThread: number;
  readonly idleMs: number;
  /** A thread that finishes none of its tasks for this long is ended. */
  readonly hungMs: number;
}

/** What a pool does, and has done since the start. */
export interface PoolLoad {
  readonly threads: number;
  /** Tasks that the threads have. */
  readonly tasks: number;
  /** How many tasks they were given. */
  readonly begun: number;
  /** How many tasks were refused because every thread had as many as it may. */
  readonly refused: number;
}

const DEFAULTS: PoolOptions = {
  // In this folder, with the ending of this file: a source or compiled.
  file: join(import.meta.dirname, `worker${extname(import.meta.filename)}`),
  threads: MAX_THREADS,
  tasksPerThread: MAX_TASKS_PER_THREAD,
  idleMs: IDLE_MS,
  hungMs: HUNG_MS,
};

/** Who waits for an answer. */
export interface Waiting {
  /** Aborted when the answer is not waited for any more: the task then ends soon, and throws the reason. */
  readonly signal?: AbortSignal | undefined;
  /** Where what the task takes is added up. */
  readonly spent?: Spent | undefined;
  /** From when the task counts as waiting for its first slice, in milliseconds of `performance.now()`; see `inSlices`. */
  readonly since?: number | undefined;
}

/**
 * Worker threads that are started when there is something to do and ended when they have been idle for a while. A
 * thread has several tasks at a time, which take turns.
 *
 * Not piscina, although it is well maintained: when its threads start on demand, tasks behind one that crashes or is
 * aborted are never done (5.3.2); a thread does synchronous tasks one after the other, so that short ones wait for
 * long ones; and it brings 17 native packages for process priorities.
 */
export class WorkerPool {
  private readonly options: PoolOptions;
  private readonly threads = new Map<WorkerThread, NodeJS.Timeout | undefined>();
  private lastId = 0;
  private refused = 0;
  private failedAt = Number.NEGATIVE_INFINITY;

  constructor(options: Partial<PoolOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
  }

  /**
   * Does a task in a worker. Rejects with what the task throws, with a `TooBusyError`, with a `NoWorkerError` if no
   * worker can be started, or with a `WorkerEndedError` if the worker dies, because of this task or another. When the
   * signal is aborted, the task ends at its next step, which frees its place, and it rejects with the signal's reason.
   */
  async run<Name extends WorkerTaskName>(
    name: Name,
    graph: PrerequisiteGraph,
    rest: Arguments<Name>,
    { signal, spent, since = 0 }: Waiting = {},
  ): Promise<Answer<Name>> {
    const shared = await sharedGraph(graph);
    signal?.throwIfAborted();
    const { tasksPerThread } = this.options;
    // Whoever has caused much leaves half of the places to the others.
    const places = since > performance.now() ? Math.ceil(tasksPerThread / 2) : tasksPerThread;
    const thread = this.leastBusy(places);
    clearTimeout(this.threads.get(thread));
    try {
      const { answer, work } = await thread.ask({
        id: ++this.lastId,
        name,
        shared,
        rest,
        flag: signal && flagOf(signal),
        laterMs: Math.max(0, since - performance.now()),
      });
      if (spent !== undefined) spent.work += work;
      // The worker takes the task from the same list, so its answer has this type.
      return answer as Answer<Name>;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof NoWorkerError) this.failedAt = performance.now();
      throw error;
    }
  }

  /** How many threads there are. */
  get size(): number {
    return this.threads.size;
  }

  get load(): PoolLoad {
    let tasks = 0;
    for (const thread of this.threads.keys()) tasks += thread.taskCount;
    return { threads: this.threads.size, tasks, begun: this.lastId, refused: this.refused };
  }

  /** Ends all threads; those with tasks end when the tasks are done. A later task starts a new thread. */
  async close(): Promise<void> {
    const threads = [...this.threads.keys()];
    this.threads.clear();
    await Promise.all(threads.map((thread) => (thread.taskCount === 0 ? thread.stop() : undefined)));
  }

  private leastBusy(places: number): WorkerThread {
    let least: WorkerThread | undefined;
    for (const thread of this.threads.keys())
      if (least === undefined || thread.taskCount < least.taskCount) least = thread;
    if (least === undefined || (least.taskCount > 0 && this.threads.size < this.options.threads))
      return this.start();
    if (least.taskCount >= places) {
      this.refused++;
      throw new TooBusyError(`expected fewer than ${places} tasks in each of ${this.threads.size} workers`);
    }
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
    // The pool was closed while the thread had tasks.
    if (!this.threads.has(thread)) void thread.stop();
    else this.threads.set(thread, setTimeout(() => this.end(thread), this.options.idleMs).unref());
  }

  private end(thread: WorkerThread): void {
    this.threads.delete(thread);
    void thread.stop();
  }
}
