import { SLICE_MS } from "./limits.ts";

/** Gives a search its next slice; whether it is done here. */
type Turn = () => boolean;
/** Searches that wait for their first slice, and those that go on; whoever comes next is first. */
const fresh: Turn[] = [];
const begun: Turn[] = [];
let isBegunFirst = false;
/** How long searches have held the thread since the event loop last came round. */
let heldMs = 0;
let isCounting = false;

/**
 * Runs a search to its end. What ends within one slice is returned at once, as long as nobody waits and the
 * searches of this turn of the event loop together have not used the slice up. All others go on in slices, which
 * together hold the thread for one slice in each turn of the loop, with other requests in between; the result is
 * a promise. First slices and further ones have precedence in turn.
 *
 * Where there is an `elsewhere`, a search that has had its slice is left where it is, and the answer from there
 * counts.
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

/** Does work that cannot be divided and takes some milliseconds, when there is time for it; see `inSlices`. */
export function inTurn<Result>(work: () => Result): Result | Promise<Result> {
  return inSlices(whole(work));
}

/** Work that cannot be divided, as a search. */
// biome-ignore lint/correctness/useYield: it is done in one step
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
