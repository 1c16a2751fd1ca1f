import type { SharedGraph } from "./shared-graph.ts";
import type { Arguments, WorkerTaskName } from "./tasks.ts";

/** A task that is sent to a worker. */
export interface Asked<Name extends WorkerTaskName = WorkerTaskName> {
  readonly id: number;
  readonly name: Name;
  readonly shared: SharedGraph;
  readonly rest: Arguments<Name>;
}

/** A message from a worker: first that it is ready, then the result of each task, as soon as it ends. */
export type Said =
  | "ready"
  | { readonly id: number; readonly answer: unknown }
  /** Cloning keeps the message, the stack and, for errors of JavaScript itself, the class. */
  | { readonly id: number; readonly error: Error };
