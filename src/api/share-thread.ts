import { setImmediate } from "node:timers/promises";

/** How long a search may hold the thread before other requests get their turn. */
const SLICE_MS = 10;

/**
 * Runs a search to its end. What ends within one slice is returned at once; a longer one goes on in slices
 * with other requests in between, and its result is a promise.
 */
export function shareThread<Result>(search: Generator<void, Result>): Result | Promise<Result> {
  const step = slice(search);
  return step.done ? step.value : goOn(search);
}

async function goOn<Result>(search: Generator<void, Result>): Promise<Result> {
  for (;;) {
    await setImmediate();
    const step = slice(search);
    if (step.done) return step.value;
  }
}

function slice<Result>(search: Generator<void, Result>): IteratorResult<void, Result> {
  const end = performance.now() + SLICE_MS;
  for (;;) {
    const step = search.next();
    if (step.done || performance.now() > end) return step;
  }
}
