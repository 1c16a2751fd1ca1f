import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Flag } from "./abandon.ts";
import { MAX_THREAD_HEAP_MB } from "./limits.ts";
import type { SharedGraph } from "./shared-graph.ts";
import type { Arguments, WorkerTaskName } from "./tasks.ts";

/** A task that is sent to a worker. */
export interface Asked<Name extends WorkerTaskName = WorkerTaskName> {
  readonly id: number;
  readonly name: Name;
  readonly shared: SharedGraph;
  readonly rest: Arguments<Name>;
  /** Raised when nobody waits for the answer any more. */
  readonly flag: Flag | undefined;
  /** In how many milliseconds it counts as waiting; until then others go first. */
  readonly laterMs: number;
}

/** The answer to a task, and what it took; see `Spent`. */
interface Answered {
  readonly answer: unknown;
  readonly work: number;
}

/** A message from a worker: first that it is ready, then the result of each task, as soon as it ends. */
export type Said =
  | "ready"
  | ({ readonly id: number } & Answered)
  /** Cloning keeps the message, the stack and, for errors of JavaScript itself, the class. */
  | { readonly id: number; readonly error: Error };

/** The worker could not be started. The task can be done elsewhere. */
export class NoWorkerError extends Error {}

/** A worker ended before its tasks did. They must not be tried elsewhere, since one of them may be the cause. */
export class WorkerEndedError extends Error {}

interface Waiting {
  resolve(answered: Answered): void;
  reject(error: Error): void;
}

export interface ThreadOptions {
  /** The file that the thread runs. */
  readonly file: string;
  /** The thread is ended when it finishes none of its tasks for this long. */
  readonly hungMs: number;
}

/**
 * One worker thread and its tasks. It keeps the process alive only while it has any. When it ends, for whatever
 * reason, its tasks are rejected: with a `NoWorkerError` if it never started, else with a `WorkerEndedError`.
 */
export class WorkerThread {
  /** Resolves when the thread has ended, for whatever reason. */
  readonly ended: Promise<void>;
  private readonly worker: Worker;
  private readonly tasks = new Map<number, Waiting>();
  private readonly hungMs: number;
  private readonly onIdle: () => void;
  private hasStarted = false;
  private fault: Error | undefined;
  private hung: NodeJS.Timeout | undefined;

  /** `onIdle` is called when the last of its tasks is done, each time. */
  constructor({ file, hungMs }: ThreadOptions, onIdle: () => void) {
    this.hungMs = hungMs;
    this.onIdle = onIdle;
    this.worker = startWorker(file);
    this.worker.unref();
    this.worker.on("message", (said: Said) => this.heard(said));
    this.worker.on("messageerror", (error) => this.stop(error));
    this.worker.on("error", (error) => {
      this.fault ??= error;
    });
    this.ended = new Promise((resolve) => {
      this.worker.once("exit", (code) => {
        this.rejectAll(code);
        resolve();
      });
    });
  }

  get taskCount(): number {
    return this.tasks.size;
  }

  ask<Name extends WorkerTaskName>(asked: Asked<Name>): Promise<Answered> {
    return new Promise((resolve, reject) => {
      this.worker.postMessage(asked);
      this.tasks.set(asked.id, { resolve, reject });
      this.worker.ref();
      this.watch();
    });
  }

  /** Ends the thread at once. */
  async stop(fault = new Error("it was stopped")): Promise<void> {
    this.fault ??= fault;
    await this.worker.terminate();
  }

  private heard(said: Said): void {
    this.hasStarted = true;
    if (said === "ready") return;
    const task = this.tasks.get(said.id);
    this.tasks.delete(said.id);
    this.watch();
    if (this.tasks.size === 0) {
      this.worker.unref();
      this.onIdle();
    }
    if ("error" in said) task?.reject(said.error);
    else task?.resolve(said);
  }

  /** Gives the thread `hungMs` from now to finish one of its tasks. */
  private watch(): void {
    clearTimeout(this.hung);
    if (this.tasks.size === 0) return;
    const fault = new Error(`it finished no task within ${this.hungMs / 1000} s`);
    this.hung = setTimeout(() => void this.stop(fault), this.hungMs).unref();
  }

  private rejectAll(code: number): void {
    clearTimeout(this.hung);
    const why = this.fault?.message ?? `it ended with code ${code}`;
    const error = this.hasStarted
      ? new WorkerEndedError(`expected the worker to finish its tasks, but ${why}`, { cause: this.fault })
      : new NoWorkerError(`expected a worker to start, but ${why}`, { cause: this.fault });
    for (const { reject } of this.tasks.values()) reject(error);
    this.tasks.clear();
  }
}

function startWorker(file: string): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: MAX_THREAD_HEAP_MB };
  if (!file.endsWith(".ts")) return new Worker(file, { resourceLimits });
  // TypeScript, as in tests and benches. In Node 20, a worker cannot be given a loader before its file runs.
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const url = JSON.stringify(pathToFileURL(file).href);
  const code = `import(${loader}).then(({ register }) => { register(); return import(${url}); })`;
  return new Worker(code, { eval: true, execArgv: [], resourceLimits });
}
