import { SLICE_MS } from "./limits.ts";

/**
 * The one scheduler of a thread: it limits how long work holds the thread in one turn of the event loop. What comes
 * when the time is used up waits for a later turn.
 */

/** Goes on with waiting work. Returns whether nothing of it is left to do here. */
type Turn = () => boolean;
/** Work that waits to begin, and searches that wait for another slice; each list in order. */
const fresh: Turn[] = [];
const begun: Turn[] = [];
let isBegunFirst = false;
/** When the first work of this turn of the event loop began; `undefined` while there is none. */
let turnBegan: number | undefined;
/** Whether work runs now: what it begins is a part of it. */
let isRunning = false;

/**
 * Runs a search to its end. A search that ends within one slice returns its result at once, unless others wait or the
 * time of this turn of the event loop is used up. All others return a promise and go on in slices, in later turns.
 * First slices go before further ones in every second turn, and after them in the others.
 *
 * With `elsewhere`, a search that does not end within its first slice is given up, and the answer is that of
 * `elsewhere`.
 */
export function inSlices<Result>(
  search: Generator<void, Result>,
  elsewhere?: () => Promise<Result>,
): Result | Promise<Result> {
  const isAtOnce = (isRunning || fresh.length === 0) && isTimeLeft();
  if (isAtOnce) {
    const step = slice(search);
    if (step.done) return step.value;
    if (elsewhere !== undefined) return elsewhere();
  }
  return new Promise((resolve, reject) => {
    (isAtOnce ? begun : fresh).push(() => {
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
  });
}

/** Does work of a few milliseconds that cannot be divided, when it is its turn; see `inSlices`. */
export function inTurn<Result>(work: () => Result): Result | Promise<Result> {
  return inSlices(whole(work));
}

/** Work that cannot be divided, as a search of one step. */
// biome-ignore lint/correctness/useYield: the search has only one step
export function* whole<Result>(work: () => Result): Generator<void, Result> {
  return work();
}

/** Whether work may begin in this turn of the event loop. The first always may. */
function isTimeLeft(): boolean {
  if (turnBegan === undefined) {
    turnBegan = performance.now();
    setImmediate(nextTurn);
  }
  return performance.now() - turnBegan < SLICE_MS;
}

function nextTurn(): void {
  turnBegan = undefined;
  for (const queue of isBegunFirst ? [begun, fresh] : [fresh, begun])
    for (let left = queue.length; left > 0 && isTimeLeft(); left--) {
      const next = queue[0]!;
      const isDone = next();
      queue.shift();
      if (!isDone) begun.push(next);
    }
  isBegunFirst = !isBegunFirst;
}

function slice<Result>(search: Generator<void, Result>): IteratorResult<void, Result> {
  const start = performance.now();
  const wasRunning = isRunning;
  isRunning = true;
  try {
    for (;;) {
      const step = search.next();
      if (step.done || performance.now() > start + SLICE_MS) return step;
    }
  } finally {
    isRunning = wasRunning;
  }
}
