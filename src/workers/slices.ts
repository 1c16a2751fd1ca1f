import { LATER_SLICE_MS, LOOK_AGAIN_MS, SLICE_MS } from "./limits.ts";
import { hasSpareTime } from "./spare-time.ts";

/**
 * The one scheduler of a thread: it limits how long work holds the thread in one turn of the event loop. What comes
 * when the time is used up waits for a later turn.
 */

/** Work that waits. */
interface Turn {
  /** Goes on with it. Returns whether nothing of it is left to do here. */
  readonly go: () => boolean;
  /** From when it counts as waiting, in milliseconds of `performance.now()`. */
  readonly since: number;
}

/** Work that waits to begin, in order of how long it has waited, and searches that wait for another slice, in turn. */
const fresh: Turn[] = [];
const begun: Turn[] = [];
let isBegunFirst = false;
/** When the first work of this turn of the event loop began; `undefined` while there is none. */
let turnBegan: number | undefined;
let isComingBack = false;
/** Since when the work that runs now has waited; `undefined`: none runs. What it begins is a part of it. */
let running: number | undefined;
/** When its slice is over. */
let sliceEnds = 0;

/**
 * Runs a search to its end. A search that ends within one slice returns its result at once, unless others wait or the
 * time of this turn of the event loop is used up. All others return a promise and go on in slices, in later turns.
 * First slices go before further ones in every second turn, and after them in the others.
 *
 * With `elsewhere`, a search that does not end within its first slice is given up, and the answer is that of
 * `elsewhere`.
 *
 * What has waited longest begins first. `since`: from when it counts as waiting, in milliseconds of
 * `performance.now()`; absent: as the work that begins it, or from now. Until then it begins, and goes on, only in time
 * that nobody else needs. When `signal` is aborted before, it begins at once, and is to end at once.
 */
export function inSlices<Result>(
  search: Generator<void, Result>,
  elsewhere?: () => Promise<Result>,
  since = running ?? performance.now(),
  signal?: AbortSignal,
): Result | Promise<Result> {
  const isNow =
    running === undefined ? isNext(since) && mayRun(since) && isTimeLeft(mostMsOf(since)) : !isOverdue();
  const isAtOnce = isNow || signal?.aborted === true;
  if (isAtOnce) {
    const step = slice(search, since);
    if (step.done) return step.value;
    if (elsewhere !== undefined) return elsewhere();
  }
  return inLaterTurns(search, elsewhere, since, isAtOnce, signal);
}

function inLaterTurns<Result>(
  search: Generator<void, Result>,
  elsewhere: (() => Promise<Result>) | undefined,
  since: number,
  isBegun: boolean,
  signal?: AbortSignal,
): Promise<Result> {
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
    const turn = { go, since };
    if (isBegun) begun.push(turn);
    else enqueue(turn);
    // What nobody waits for would otherwise be kept until its turn comes.
    const begin = () => {
      if (isTakenOut(turn) && !go()) begun.push(turn);
    };
    if (!isBegun) signal?.addEventListener("abort", begin, { once: true });
    comeBack();
  });
}

/** Does work of a few milliseconds that cannot be divided, when it is its turn; see `inSlices`. */
export function inTurn<Result>(
  work: () => Result,
  since?: number,
  signal?: AbortSignal,
): Result | Promise<Result> {
  return inSlices(whole(work), undefined, since, signal);
}

/** Goes on with work that was begun and is overdue, in a later turn. `since` as in `inSlices`. */
export function inLaterTurn<Result>(work: () => Result, since: number): Promise<Result> {
  return inLaterTurns(whole(work), undefined, since, true);
}

/** Whether what runs now, in a slice or after a wait, has held the thread for as long as it may in one turn. */
export function isOverdue(): boolean {
  return running === undefined ? !isTimeLeft() : performance.now() > sliceEnds;
}

/** Since when what runs now counts as waiting, for its parts that come after a wait. */
export function waitingSince(): number {
  return running ?? performance.now();
}

/** Puts it behind all that have waited at least as long. O(those that have waited less), most often none. */
function enqueue(turn: Turn): void {
  let at = fresh.length;
  while (at > 0 && fresh[at - 1]!.since > turn.since) at--;
  fresh.splice(at, 0, turn);
}

/** Whether it waited to begin, and does so no more. O(those that wait). */
function isTakenOut(turn: Turn): boolean {
  const at = fresh.indexOf(turn);
  if (at >= 0) fresh.splice(at, 1);
  return at >= 0;
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

/** Whether work may be done that counts as waiting from then. */
function mayRun(since: number): boolean {
  return isOrdinary(since) || hasSpareTime();
}

function isOrdinary(since: number): boolean {
  return since <= performance.now();
}

/** How long work that counts as waiting from then may hold the thread in one turn, with what was done in it before. */
function mostMsOf(since: number): number {
  return isOrdinary(since) ? SLICE_MS : LATER_SLICE_MS;
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
function isTimeLeft(withinMs = SLICE_MS): boolean {
  if (turnBegan === undefined) {
    turnBegan = performance.now();
    setImmediate(nextTurn);
  }
  return performance.now() - turnBegan < withinMs;
}

/** Ordinary work first, then in spare time what counts as waiting only later. */
function nextTurn(): void {
  turnBegan = undefined;
  const parts = isBegunFirst ? [goOn, begin] : [begin, goOn];
  for (const part of parts) part(isOrdinary);
  // Looked at once: what waits may be hundreds, and each look takes as long as a small piece of work.
  if (hasSpareTime()) for (const part of parts) part(() => true, LATER_SLICE_MS);
  isBegunFirst = !isBegunFirst;
  if (fresh.length + begun.length > 0) comeBack();
}

function begin(may: (since: number) => boolean, withinMs?: number): void {
  for (let left = fresh.length; left > 0 && may(fresh[0]!.since) && isTimeLeft(withinMs); left--) {
    const turn = fresh.shift()!;
    if (!turn.go()) begun.push(turn);
  }
}

function goOn(may: (since: number) => boolean, withinMs?: number): void {
  for (let left = begun.length; left > 0; left--) {
    const mayGoOn = may(begun[0]!.since);
    if (mayGoOn && !isTimeLeft(withinMs)) return;
    const turn = begun.shift()!;
    if (!mayGoOn || !turn.go()) begun.push(turn);
  }
}

function slice<Result>(search: Generator<void, Result>, since: number): IteratorResult<void, Result> {
  const start = performance.now();
  const before = { running, sliceEnds };
  running = since;
  sliceEnds = start + (since > start ? LATER_SLICE_MS : SLICE_MS);
  const ends = sliceEnds;
  try {
    for (;;) {
      const step = search.next();
      if (step.done || performance.now() > ends) return step;
    }
  } finally {
    ({ running, sliceEnds } = before);
  }
}
