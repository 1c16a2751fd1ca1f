import { HERE_MS, SLICE_MS } from "./limits.ts";

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
 * A search that has run for `HERE_MS` in all is left where it is when there is an `elsewhere`, whose answer then
 * counts.
 */
export function inSlices<Result>(
  search: Generator<void, Result>,
  elsewhere?: () => Promise<Result>,
): Result | Promise<Result> {
  const sliced = new Sliced(search);
  if (heldMs < SLICE_MS) {
    const step = sliced.next();
    if (step.done) return step.value;
  }
  return new Promise((resolve, reject) => {
    waiting.push(() => {
      try {
        if (elsewhere !== undefined && sliced.usedMs >= HERE_MS) {
          resolve(elsewhere());
          return true;
        }
        const step = sliced.next();
        if (step.done) resolve(step.value);
        return step.done === true;
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

/** A search, a slice at a time. */
class Sliced<Result> {
  usedMs = 0;
  private readonly search: Generator<void, Result>;

  constructor(search: Generator<void, Result>) {
    this.search = search;
  }

  next(): IteratorResult<void, Result> {
    const start = performance.now();
    try {
      for (;;) {
        const step = this.search.next();
        if (step.done || performance.now() > start + SLICE_MS) return step;
      }
    } finally {
      const took = performance.now() - start;
      this.usedMs += took;
      count(took);
    }
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
