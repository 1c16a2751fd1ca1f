import type { SharedGraph } from "./shared-graph.ts";
import type { Arguments, WorkerTaskName } from "./tasks.ts";

/** What a worker is asked. */
export interface Asked<Name extends WorkerTaskName = WorkerTaskName> {
  readonly id: number;
  readonly name: Name;
  readonly shared: SharedGraph;
  readonly rest: Arguments<Name>;
}

/** What a worker says: first that it is ready, then how each task ended, in the order they end. */
export type Said =
  | "ready"
  | { readonly id: number; readonly answer: unknown }
  /** Cloning keeps the message and the stack, and which of JavaScript's own classes of errors it is. */
  | { readonly id: number; readonly error: Error };
