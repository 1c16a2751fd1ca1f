import { SLICE_MS } from "./limits.ts";

/** Searches that go on, the one whose turn it is first. Each calls back whether it is done here. */
const waiting: (() => boolean)[] = [];
/** How long searches have held the thread since the event loop last came round. */
let heldMs = 0;
let isCounting = false;

/**
 * Runs a search to its end. What ends within one slice is returned at once, as long as the searches of this turn
 * of the event loop together have not used it up. All others go on in slices, one for each turn of the loop in
 * the order they came, with other requests in between; the result is a promise.
 *
 * Where there is an `elsewhere`, a search that has had its slice is left where it is, and the answer from there
 * counts.
 */
export function inSlices<Result>(
  search: Generator<void, Result>,
  elsewhere?: () => Promise<Result>,
): Result | Promise<Result> {
  if (heldMs < SLICE_MS) {
    const step = slice(search);
    if (step.done) return step.value;
    if (elsewhere !== undefined) return elsewhere();
  }
  return new Promise((resolve, reject) => {
    waiting.push(() => {
      try {
        const step = slice(search);
        if (step.done) resolve(step.value);
        else if (elsewhere !== undefined) resolve(elsewhere());
        return step.done === true || elsewhere !== undefined;
      } catch (error) {
        reject(error);
        return true;
      }
    });
    if (waiting.length === 1) setImmediate(goOn);
  });
}

/** Does work that cannot be divided and takes some milliseconds, when there is time for it; see `inSlices`. */
export function inTurn<Result>(work: () => Result): Result | Promise<Result> {
  return inSlices(whole(work));
}

// biome-ignore lint/correctness/useYield: it is done in one step
export function* whole<Result>(work: () => Result): Generator<void, Result> {
  return work();
}

function goOn(): void {
  const next = waiting[0]!;
  const isDone = next();
  waiting.shift();
  if (!isDone) waiting.push(next);
  if (waiting.length > 0) setImmediate(goOn);
}

function slice<Result>(search: Generator<void, Result>): IteratorResult<void, Result> {
  const start = performance.now();
  try {
    for (;;) {
      const step = search.next();
      if (step.done || performance.now() > start + SLICE_MS) return step;
    }
  } finally {
    count(performance.now() - start);
  }
}

function count(ms: number): void {
  heldMs += ms;
  if (isCounting) return;
  isCounting = true;
  setImmediate(() => {
    heldMs = 0;
    isCounting = false;
  });
}
