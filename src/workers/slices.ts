import { LOOK_AGAIN_MS, SLICE_MS } from "./limits.ts";
import { hasSpareTime } from "./spare-time.ts";

/**
 * The one scheduler of a thread: it limits how long work holds the thread in one turn of the event loop. What comes
 * when the time is used up waits for a later turn.
 */

/** Goes on with waiting work. Returns whether nothing of it is left to do here. */
type Turn = () => boolean;
/** Work that waits to begin. */
interface Fresh {
  readonly go: Turn;
  /** From when it counts as waiting, in milliseconds of `performance.now()`. */
  readonly since: number;
}

/** Work that waits to begin, in order of how long it has waited, and searches that wait for another slice, in turn. */
const fresh: Fresh[] = [];
const begun: Turn[] = [];
let isBegunFirst = false;
/** When the first work of this turn of the event loop began; `undefined` while there is none. */
let turnBegan: number | undefined;
let isComingBack = false;
/** Since when the work that runs now has waited; `undefined`: none runs. What it begins is a part of it. */
let running: number | undefined;

/**
 * Runs a search to its end. A search that ends within one slice returns its result at once, unless others wait or the
 * time of this turn of the event loop is used up. All others return a promise and go on in slices, in later turns.
 * First slices go before further ones in every second turn, and after them in the others.
 *
 * With `elsewhere`, a search that does not end within its first slice is given up, and the answer is that of
 * `elsewhere`.
 *
 * What has waited longest begins first. `since`: from when it counts as waiting, in milliseconds of
 * `performance.now()`; absent: as the work that begins it, or from now. Until then it begins only in time that nobody
 * else needs.
 */
export function inSlices<Result>(
  search: Generator<void, Result>,
  elsewhere?: () => Promise<Result>,
  since = running ?? performance.now(),
): Result | Promise<Result> {
  const isAtOnce = (running !== undefined || (isNext(since) && mayBegin(since))) && isTimeLeft();
  if (isAtOnce) {
    const step = slice(search, since);
    if (step.done) return step.value;
    if (elsewhere !== undefined) return elsewhere();
  }
  return new Promise((resolve, reject) => {
    const go = () => {
      try {
        const step = slice(search, since);
        if (step.done) resolve(step.value);
        else if (elsewhere !== undefined) resolve(elsewhere());
        return step.done === true || elsewhere !== undefined;
      } catch (error) {
        reject(error);
        return true;
      }
    };
    if (isAtOnce) begun.push(go);
    else {
      enqueue({ go, since });
      comeBack();
    }
  });
}

/** Does work of a few milliseconds that cannot be divided, when it is its turn; see `inSlices`. */
export function inTurn<Result>(work: () => Result, since?: number): Result | Promise<Result> {
  return inSlices(whole(work), undefined, since);
}

/** Puts it behind all that have waited at least as long. O(those that have waited less), most often none. */
function enqueue(turn: Fresh): void {
  let at = fresh.length;
  while (at > 0 && fresh[at - 1]!.since > turn.since) at--;
  fresh.splice(at, 0, turn);
}

/** Work that cannot be divided, as a search of one step. */
// biome-ignore lint/correctness/useYield: the search has only one step
export function* whole<Result>(work: () => Result): Generator<void, Result> {
  return work();
}

/** Whether nothing has waited longer than what counts as waiting from then. */
function isNext(since: number): boolean {
  const [first] = fresh;
  return first === undefined || first.since > since;
}

/** Whether work may begin that counts as waiting from then. */
function mayBegin(since: number): boolean {
  return since <= performance.now() || hasSpareTime();
}

/** Sees to it that there is another turn: the next, or a little later where what waits is to leave time to others. */
function comeBack(): void {
  if (turnBegan !== undefined || isComingBack) return;
  isComingBack = true;
  setTimeout(() => {
    isComingBack = false;
    if (turnBegan === undefined) nextTurn();
  }, LOOK_AGAIN_MS);
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
  const begin = () => {
    for (let left = fresh.length; left > 0 && mayBegin(fresh[0]!.since) && isTimeLeft(); left--) {
      const { go } = fresh.shift()!;
      if (!go()) begun.push(go);
    }
  };
  const goOn = () => {
    for (let left = begun.length; left > 0 && isTimeLeft(); left--) {
      const go = begun.shift()!;
      if (!go()) begun.push(go);
    }
  };
  for (const part of isBegunFirst ? [goOn, begin] : [begin, goOn]) part();
  isBegunFirst = !isBegunFirst;
  if (fresh.length > 0) comeBack();
}

function slice<Result>(search: Generator<void, Result>, since: number): IteratorResult<void, Result> {
  const start = performance.now();
  const before = running;
  running = since;
  try {
    for (;;) {
      const step = search.next();
      if (step.done || performance.now() > start + SLICE_MS) return step;
    }
  } finally {
    running = before;
  }
}
