import { SLICE_MS } from "./limits.ts";

/** Gives a search its next slice. Returns whether nothing is left to do here. */
type Turn = () => boolean;
/** Searches that wait for their first slice, and searches that wait for another one; each list in order. */
const fresh: Turn[] = [];
const begun: Turn[] = [];
let isBegunFirst = false;
/** How long searches have held the thread in this turn of the event loop. */
let heldMs = 0;
let isCounting = false;

/**
 * Runs a search to its end. A search that ends within one slice returns its result at once, unless others wait or
 * the searches of this turn of the event loop have used up the slice together. All others return a promise and go on
 * in slices. In each turn of the event loop, all slices together hold the thread for the time of one, so that other
 * requests come in between. First slices go before further ones in every second turn, and after them in the others.
 *
 * With `elsewhere`, a search that does not end within its first slice is given up, and the answer is that of
 * `elsewhere`.
 */
export function inSlices<Result>(
  search: Generator<void, Result>,
  elsewhere?: () => Promise<Result>,
): Result | Promise<Result> {
  const isAtOnce = fresh.length === 0 && heldMs < SLICE_MS;
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
    if (fresh.length + begun.length === 1) setImmediate(goOn);
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

function goOn(): void {
  heldMs = 0;
  for (const queue of isBegunFirst ? [begun, fresh] : [fresh, begun])
    for (let left = queue.length; left > 0 && heldMs < SLICE_MS; left--) {
      const next = queue[0]!;
      const isDone = next();
      queue.shift();
      if (!isDone) begun.push(next);
    }
  isBegunFirst = !isBegunFirst;
  if (fresh.length + begun.length > 0) setImmediate(goOn);
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
