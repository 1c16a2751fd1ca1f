/** How long searches may hold the thread before other requests get their turn. */
const SLICE_MS = 10;

/** Searches that go on, the one whose turn it is first. Each calls back whether it is done. */
const waiting: (() => boolean)[] = [];
/** How long searches have held the thread since the event loop last came round. */
let heldMs = 0;
let isCounting = false;

/**
 * Runs a search to its end. What ends within one slice is returned at once, as long as the searches of this turn
 * of the event loop together have not used it up. All others go on in slices, one for each turn of the loop in
 * the order they came, with other requests in between; the result is a promise.
 */
export function shareThread<Result>(search: Generator<void, Result>): Result | Promise<Result> {
  if (heldMs < SLICE_MS) {
    const step = slice(search);
    if (step.done) return step.value;
  }
  return new Promise((resolve, reject) => {
    waiting.push(() => {
      try {
        const step = slice(search);
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

/** Does work that cannot be divided and takes some milliseconds, when there is time for it; see `shareThread`. */
export function inTurn<Result>(work: () => Result): Result | Promise<Result> {
  return shareThread(whole(work));
}

// biome-ignore lint/correctness/useYield: it is done in one step
function* whole<Result>(work: () => Result): Generator<void, Result> {
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
  const end = start + SLICE_MS;
  try {
    for (;;) {
      const step = search.next();
      if (step.done || performance.now() > end) return step;
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
