/**
 * Tells a task on any thread that nobody waits for its answer any more. A flag in shared memory, not a message: a solver
 * that holds its thread for seconds hears no messages.
 */

/** Not 0 once the task is abandoned. */
export type Flag = Int32Array;

/** A task ended because nobody waited for it. */
export class AbandonedError extends Error {
  constructor() {
    super("expected somebody to wait for the answer, but all have left");
  }
}

const flags = new WeakMap<AbortSignal, Flag>();

/** The flag of all tasks of a signal, raised when that is aborted. */
export function flagOf(signal: AbortSignal): Flag {
  let flag = flags.get(signal);
  if (flag === undefined) {
    const raised = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const raise = () => void Atomics.store(raised, 0, 1);
    if (signal.aborted) raise();
    else signal.addEventListener("abort", raise, { once: true });
    flag = raised;
    flags.set(signal, flag);
  }
  return flag;
}

export function isRaised(flag: Flag | undefined): boolean {
  return flag !== undefined && Atomics.load(flag, 0) !== 0;
}

let isAbandonedNow: (() => boolean) | undefined;

/** Whether the task that this thread does at the moment is abandoned: for steps of it that take seconds. */
export function isTaskAbandoned(): boolean {
  return isAbandonedNow?.() === true;
}

/** A search that throws an `AbandonedError` before its next step, once it is abandoned. */
export function* unlessAbandoned<Result>(
  search: Generator<void, Result>,
  isAbandoned: () => boolean,
): Generator<void, Result> {
  for (;;) {
    if (isAbandoned()) throw new AbandonedError();
    const outer = isAbandonedNow;
    isAbandonedNow = isAbandoned;
    try {
      const step = search.next();
      if (step.done) return step.value;
    } finally {
      isAbandonedNow = outer;
    }
    yield;
  }
}
